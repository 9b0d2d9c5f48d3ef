import { kindOf } from '#domain';
import {
  checkLockScreen,
  checkRungWords,
  costOf,
  languages,
  type RungWords,
  straighten,
  strangersIn,
  type WordsRemark,
} from '#messages';
import type { Campaign, CampaignKind, CampaignTexts, Coalition, LadderRung } from '#postgres';
import { bad, Problem, type WrongPart } from '../problems/problem.js';
import type { ApiSettings } from '../settings.js';
import type { WordsAnswer, WordsForm } from './words.schema.js';

type WordsCampaign = Pick<Campaign, 'texts' | 'official' | 'avoidWords' | 'wordsIn'>;
type Named = Pick<Coalition, 'shortName'>;

/** What a rung's words are checked against. Links may go to us, to the official form, to the campaign's sources, and to any .gov. */
export function wordsRulesOf(
  campaign: WordsCampaign,
  coalitions: Named[],
  publicUrl: string,
): Omit<RungWords, 'kind' | 'words'> {
  const { texts, official, avoidWords } = campaign;
  const sources = Object.values(texts).flatMap((words) => words.sources.map(({ url }) => url));
  const allowedHosts = [publicUrl, official.url, ...sources].flatMap((url) =>
    url ? [new URL(url).hostname] : [],
  );
  return {
    languages: Object.keys(texts),
    campaign: (language) => campaign.wordsIn(language),
    avoidWords,
    shortNames: [...new Set(coalitions.map(({ shortName }) => shortName))],
    allowedHosts,
  };
}

/** What is wrong with a ladder's words, part by part with line and column: problems refuse it, warnings are shown beside it. */
export function checkWords(
  ladder: LadderRung[],
  campaign: WordsCampaign,
  coalitions: Named[],
  publicUrl: string,
): { problems: WrongPart[]; warnings: WrongPart[] } {
  const rules = wordsRulesOf(campaign, coalitions, publicUrl);
  const { avoidWords, shortNames } = rules;
  const checked = ladder.map((rung) =>
    checkRungWords({
      ...rules,
      kind: kindOf(rung) === 'follow_up' ? 'follow_up' : 'rung',
      words: rung.messages,
    }),
  );
  const named = shortNames.flatMap((shortName) =>
    checkLockScreen(shortName, avoidWords).map((word) =>
      bad('coalitionIds', 'lock_screen_sender', { word, name: shortName }),
    ),
  );
  return {
    problems: [...named, ...checked.flatMap(({ problems }, index) => problems.map(partOf(index)))],
    warnings: checked.flatMap(({ warnings }, index) => warnings.map(partOf(index))),
  };
}

/** @throws Problem what of a campaign's words no page has a place for: another kind's parts, a language that we have no words in */
export function refuseStrangers(texts: Record<string, CampaignTexts>, kind: CampaignKind): void {
  const known = Object.keys(languages);
  const wrong = Object.entries(texts).flatMap(([language, words]) => [
    ...(known.includes(language)
      ? []
      : [bad(`texts.${language}`, 'language_none', { language, known: known.join(', ') })]),
    ...strangersIn(words, kind).map(({ part, of }) =>
      bad(`texts.${language}.${part}`, of === 'regulatory_comment' ? 'comment_only' : 'census_only'),
    ),
  ]);
  const [first] = wrong;
  if (first) throw new Problem(400, 'invalid', `"${first.path}": ${first.message}`, wrong);
}

/** One message before it is saved: what saving would say of it, and what a made-up person would get. */
export function tryWords(
  form: WordsForm,
  campaign: WordsCampaign,
  coalitions: Named[],
  { PUBLIC_URL, SMS_CENTS_PER_SEGMENT }: Pick<ApiSettings, 'PUBLIC_URL' | 'SMS_CENTS_PER_SEGMENT'>,
): WordsAnswer {
  const { channel, language, kind, subject, avoidWords = campaign.avoidWords } = form;
  const body = form.straighten ? straighten(form.body) : form.body;
  const { problems, warnings, samples } = checkRungWords({
    ...wordsRulesOf(campaign, coalitions, PUBLIC_URL),
    languages: [language],
    avoidWords,
    kind,
    words: { [language]: channel === 'sms' ? { sms: body } : { subject, email: body } },
  });
  const { email = null, sms = null } = samples[language] ?? {};
  return {
    channel,
    body,
    problems: problems.map(remarkOf),
    warnings: warnings.map(remarkOf),
    subject: email && email.subject,
    text: email ? email.text : sms && sms.body,
    html: email && email.html,
    encoding: sms && sms.encoding,
    segments: sms && sms.segments,
    characters: sms && sms.units,
    costCents: sms && costOf(sms, SMS_CENTS_PER_SEGMENT),
  };
}

const remarkOf = ({ path: _, part, words, ...rest }: WordsRemark): WordsAnswer['problems'][number] => ({
  part: part === 'subject' ? 'subject' : 'body',
  message: words,
  ...rest,
});

const partOf =
  (rung: number) =>
  ({ path, line, column, words, code, values }: WordsRemark): WrongPart => ({
    path: `ladder.${rung}.messages.${path}`,
    message: `${words} (line ${line}, column ${column})`,
    code,
    values: { ...values, line, column },
  });
