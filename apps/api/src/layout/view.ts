import type { FastifyRequest } from 'fastify';
import {
  docketZone,
  openingLine,
  sameWall,
  sayDay,
  sayMoment,
  sayTime,
  sayZone,
  type Status,
  type Touch,
} from '#domain';
import { isLanguage, type Language, markdownHtml, pageWords } from '#messages';
import type { Campaign, Coalition, GuideFile } from '#postgres';
import type { Deadline } from './deadline.js';
import type { Frame } from './page.js';
import type { PlannedMessage } from './planned.js';
import type { Guide } from './steps.js';

/** The page's language: asked for in its address, else the person's, else the browser's. */
export function languageOf(request: FastifyRequest, person?: string): Language {
  const asked = (request.query as { lang?: unknown }).lang;
  if (typeof asked === 'string' && isLanguage(asked)) return asked;
  if (person && isLanguage(person)) return person;
  const first = /^[a-z]{2}/.exec(request.headers['accept-language'] ?? '')?.[0] ?? 'en';
  return isLanguage(first) ? first : 'en';
}

/** The code of whoever sent this link, as an address may hold it; anything else is none, and the page works all the same. */
export function codeOf(request: FastifyRequest): string | undefined {
  const { by } = request.query as { by?: unknown };
  return typeof by === 'string' && /^[\w-]{22}$/.test(by) ? by : undefined;
}

/** The same for the end of an address, so that it stays from page to page. */
export function byOf(request: FastifyRequest): string {
  const code = codeOf(request);
  return code ? `&by=${code}` : '';
}

/** @param person their language */
export function frameOf(
  request: FastifyRequest,
  { person, coalition }: { person?: string; coalition?: Pick<Coalition, 'colour' | 'logo'> } = {},
): Frame {
  const language = languageOf(request, person);
  const path = request.url.split('?')[0]!;
  const other = language === 'en' ? 'es' : 'en';
  return {
    language,
    words: pageWords(language),
    languageHref: request.method === 'GET' ? `${path}?lang=${other}${byOf(request)}` : null,
    accentHref: coalition ? `/assets/accent/${coalition.colour.slice(1)}.css` : null,
    logo: coalition?.logo ? logoView(coalition.logo) : null,
  };
}

/** @param name `{hash}-{width}x{height}` */
export function logoView(name: string) {
  const [width = 0, height = 0] = name.split('-')[1]!.split('x').map(Number);
  return { href: `/assets/logo/${name}.png`, width, height };
}

type Shown = Pick<Coalition, 'name' | 'zone' | 'colour' | 'logo'>;

/** What a campaign's page begins with. @param person whose language and zone it is in; else it is the coalition's */
export function headOf(
  request: FastifyRequest,
  { campaign, coalition, now }: { campaign: Campaign; coalition: Shown; now: Date },
  person?: { language: string; zone: string },
) {
  const frame = frameOf(request, person ? { person: person.language, coalition } : { coalition });
  const zone = person?.zone ?? coalition.zone;
  return {
    frame,
    kind: campaign.kind,
    campaignTitle: campaign.wordsIn(frame.language).title,
    coalitionName: coalition.name,
    deadline: deadlineView(campaign, zone, person !== undefined, now, frame.language),
  };
}

/** The deadline as its agency counts it, and beside it in the reader's zone or the coalition's. */
export function deadlineView(
  campaign: Campaign,
  zone: string,
  yours: boolean,
  now: Date,
  language: Language,
): Deadline | null {
  const { deadlineAt, kind } = campaign;
  if (!deadlineAt) return null;
  const local = yours
    ? sayTime(deadlineAt, zone, language)
    : `${sayTime(deadlineAt, zone, language)} ${sayZone(zone, language)}`;
  return {
    kind,
    at: deadlineAt.toISOString(),
    moment: sayMoment(deadlineAt, docketZone, language),
    local: sameWall(deadlineAt, docketZone, zone) ? null : local,
    yours,
    past: deadlineAt <= now,
  };
}

/** @param formAction where the button to the official form POSTs; null where nobody is counted: then it is a link */
export function guideView(
  campaign: Campaign,
  coalition: Pick<Coalition, 'slug'>,
  files: GuideFile[],
  language: Language,
  formAction: string | null,
): Guide {
  const texts = campaign.wordsIn(language);
  const { url, docket } = campaign.official;
  const { minutes } = texts;
  const opening = texts.opening && openingLine(texts.opening, docket);
  const host = url && new URL(url).host;
  return {
    whatHtml: markdownHtml(texts.summary),
    whyHtml: texts.why ? markdownHtml(texts.why) : null,
    need: texts.need ?? [],
    minutes: minutes.to > 0 ? minutes : null,
    files: files.map(({ id, name, bytes }) => ({ name, bytes, href: fileHref(campaign.slug, id) })),
    steps: texts.steps.map((step) => markdownHtml(step)),
    phrases: opening ? [{ label: pageWords(language).guide.firstLine, text: opening }] : [],
    workshopHref: hasWorkshop(campaign, language)
      ? `/c/${campaign.slug}/${coalition.slug}/comment?lang=${language}`
      : null,
    public: publicWords(campaign, language),
    form: url && host ? { host, ...(formAction ? { action: formAction } : { href: url }) } : null,
  };
}

/** Whether there is something to do: not yet while it waits for its date, and no more when it is over. */
export const hasGuide = (status: Status) => status === 'running' || status === 'paused';

/** What becomes of what people send, in the campaign's own words; of a comment something is always said. */
export const publicWords = (campaign: Campaign, language: Language) =>
  campaign.wordsIn(language).public ??
  (campaign.kind === 'regulatory_comment' ? pageWords(language).guide.public : null);

/** Whether people are helped to write: in a comment campaign that asks questions. */
export const hasWorkshop = (campaign: Campaign, language: Language) =>
  campaign.kind === 'regulatory_comment' && (campaign.wordsIn(language).prompts ?? []).length > 0;

export const fileHref = (slug: string, id: string) => `/files/${slug}/${id}`;

/** What will come, as a person reads it. */
export function plannedView(touches: Touch[], zone: string, language: Language): PlannedMessage[] {
  const words = pageWords(language).rung;
  const about = (rung: Touch['rung']) => {
    if (rung === 'last_call') return words.lastCall;
    if ('daysBefore' in rung) return words.daysBefore(rung.daysBefore);
    if ('hoursBefore' in rung) return words.hoursBefore(rung.hoursBefore);
    return 'daysAfter' in rung ? words.daysAfter(rung.daysAfter) : words.alert;
  };
  return touches.flatMap(({ channel, at, rung }) =>
    at === null
      ? []
      : [{ channel, at: at.toISOString(), moment: sayMoment(at, zone, language), about: about(rung) }],
  );
}

/** A moment of the next days, from where the reader stands: "Tonight, 7 pm", "Sunday, November 29, 4 pm". */
export function whenView(moment: Date, now: Date, zone: string, language: Language): string {
  const words = pageWords(language).later;
  const time = sayTime(moment, zone, language);
  const dayOf = (at: Date) => Date.parse(new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at));
  const days = (dayOf(moment) - dayOf(now)) / 86_400_000;
  if (days === 1) return words.tomorrow(time);
  if (days !== 0) return words.on(sayDay(moment, zone, language), time);
  const hours = new Intl.DateTimeFormat('en-US', { timeZone: zone, hour: 'numeric', hourCycle: 'h23' });
  return Number(hours.format(moment)) >= 17 ? words.tonight(time) : words.today(time);
}
