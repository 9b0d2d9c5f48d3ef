import { CampaignClock } from '#postgres';
import { type Message, useDrumbeat } from '../support/use-drumbeat.js';

const drumbeat = useDrumbeat();

type Item = {
  rungId: string;
  channel: 'email' | 'sms';
  at: string | null;
  skipped: string | null;
  subject: string | null;
  text: string;
  segments: number | null;
};
type Someone = {
  email: string;
  phone?: string;
  zip: string;
  language?: 'en' | 'es';
  name?: string;
  coalition?: string;
};

const words = (en: string, es: string) => ({
  en: {
    subject: `${en}, {{ name | default: "neighbor" }}`,
    email: `${en}. Write by **{{ deadline }}** ({{ deadlineEastern }}).\n\n{% if daysLeft == 0 %}Today is the day.{% endif %}`,
    sms: `{{ shortName }}: ${en}, by {{ deadlineShort }}. {{ guideUrl }} Reply STOP to stop`,
  },
  es: {
    subject: `${es}, {{ name | default: "amigo" }}`,
    email: `${es}. Escribe antes del **{{ deadline }}**.`,
    sms: `{{ shortName }}: ${es}, hasta {{ deadlineShort }}. {{ guideUrl }} Responde ALTO para no recibir mas`,
  },
});
const ladder = [
  {
    id: 'three-days',
    daysBefore: 3,
    at: '12:00',
    channels: ['email', 'sms'],
    messages: words('Three days left', 'Faltan tres dias'),
  },
  {
    id: 'eve',
    daysBefore: 1,
    at: '20:30',
    channels: ['email', 'sms'],
    messages: words('Tomorrow it closes', 'Cierra pronto'),
  },
  {
    id: 'hours',
    hoursBefore: 4,
    channels: ['email', 'sms'],
    messages: words('The last hours', 'Las ultimas horas'),
  },
  {
    id: 'news',
    sendAt: '2027-03-04T13:00:00-08:00',
    channels: ['email'],
    messages: words('The board met', 'La junta se reunio'),
  },
  {
    id: 'after',
    daysAfter: 1,
    at: '12:00',
    channels: ['email'],
    messages: words('How did it go', 'Como te fue'),
  },
];
const deadlineAt = '2027-03-05T17:00:00-08:00';
const clockNow = async () => (await new CampaignClock(drumbeat.db.manager).now()).toISOString();
const on = (day: string, time: string) => drumbeat.clock(`2027-03-${day}T${time}:00-08:00`);

/** Everything planned for somebody as their signup stands now, from the API; what has passed is left out. */
async function rehearsed(
  campaign: { id: string },
  { email, language = 'en', name }: Someone,
): Promise<string[]> {
  const person = await signupOf(campaign, email);
  const place: Record<string, string> = /^strict/.test(person.smsWindow)
    ? { phone: '+15035550309' }
    : person.state
      ? { state: person.state }
      : {};
  const query = new URLSearchParams({
    zone: person.zone,
    ...place,
    language,
    ...(name && { name }),
    channels: [person.emailSince && 'email', person.smsSince && 'sms'].filter(Boolean).join(','),
    signedUpAt: person.signedUpAt.toISOString(),
    ...(person.emailSince && { emailSince: person.emailSince.toISOString() }),
    ...(person.smsSince && { smsSince: person.smsSince.toISOString() }),
    coalitionId: person.coalitionId,
  });
  const { status, json, text } = await drumbeat.api<{ items: Item[] }>(
    'GET',
    `/api/v1/campaigns/${campaign.id}/rehearsal?${query}`,
  );
  if (status !== 200) throw new Error(text);
  const now = Date.parse(await clockNow());
  return json.items.flatMap(({ channel, at, subject, text }) =>
    at !== null && Date.parse(at) > now ? [line(channel, at, subject ?? '', text)] : [],
  );
}

async function signupOf(campaign: { id: string }, email: string) {
  const key = drumbeat.keys.contactKeys(email);
  const [row] = await drumbeat.db.query<
    {
      zone: string;
      state: string | null;
      smsWindow: string;
      signedUpAt: Date;
      emailSince: Date | null;
      smsSince: Date | null;
      coalitionId: string;
    }[]
  >(
    `select p.zone, p.state, p.sms_window as "smsWindow", s.signed_up_at as "signedUpAt", s.email_since as "emailSince",
       s.sms_since as "smsSince", s.coalition_id as "coalitionId"
     from signups s join supporters p on p.id = s.supporter_id where s.campaign_id = $1 and p.email_key = any($2)`,
    [campaign.id, key],
  );
  return row!;
}

const line = (channel: string, at: string, subject: string, text: string) =>
  `${new Date(at).toISOString().slice(0, 16)} ${channel} ${subject} | ${plain(text)}`;
/** Links are each person's own; a line may be folded anywhere. */
const plain = (text: string) =>
  text
    .replace(/https?:\/\/[^\s)]+\/(\w+)\/[\w-]+/g, '<$1>')
    .replace(/\s+/g, ' ')
    .trim();

/** What the mail sink and the phones have of the ladder, since a moment. */
async function received({ email, phone }: Someone, since: string): Promise<string[]> {
  const all: Message[] = [...(await drumbeat.mailTo(email)), ...(phone ? await drumbeat.textsTo(phone) : [])];
  return all
    .filter(({ at }) => Date.parse(at) > Date.parse(since))
    .map(({ channel, at, subject = '', text }) => line(channel, at, subject, text))
    .toSorted();
}

it('ten people in six zones get what their rehearsals said, to the minute and to the word', async () => {
  await drumbeat.backToMonday();
  const campaign = await drumbeat.launch({ ladder, deadlineAt, avoidWords: ['peer', 'recovery'] });
  await on('01', '11:00');
  const slug = campaign.slug;
  const people: Someone[] = [
    { email: 'ada@example.org', phone: '+15035550301', zip: '10001', name: 'Ada' },
    { email: 'bo@example.org', zip: '60601' },
    { email: 'cy@example.org', phone: '+15035550303', zip: '85001', language: 'es', name: 'Cy' },
    { email: 'ed@example.org', phone: '+15035550305', zip: '96813' },
    { email: 'fen@example.org', zip: '96910' },
    { email: 'gus@example.org', phone: '+15035550307', zip: '75201' },
    { email: 'kim@example.org', phone: '+15035550310', zip: '97201' },
  ];
  for (const person of people) await drumbeat.join({ campaign: slug, ...person });
  // In two coalitions: one reminder, in the name of the first.
  await drumbeat.signUp({ campaign: slug, ...people[6]!, coalition: 'many-hands' });
  const start = await clockNow();
  const expected = new Map<string, string[]>();
  for (const person of people) expected.set(person.email, await rehearsed(campaign, person));

  // Two who share a phone: one text for both, the mail to each.
  const pair: Someone[] = [
    { email: 'ida@example.org', phone: '+15035550320', zip: '75201' },
    { email: 'jo@example.org', phone: '+15035550320', zip: '75201' },
  ];
  await drumbeat.join({ campaign: slug, ...pair[0]! });
  await drumbeat.signUp({ campaign: slug, ...pair[1]! });
  await drumbeat.press(drumbeat.linkIn(await drumbeat.lastMail('jo@example.org'), 'yes'));
  for (const person of pair) expected.set(person.email, await rehearsed(campaign, person));

  // Says YES to texts only on Wednesday.
  const hal: Someone = { email: 'hal@example.org', phone: '+15035550308', zip: '97201' };
  await drumbeat.signUp({ campaign: slug, ...hal });
  await drumbeat.press(drumbeat.linkIn(await drumbeat.lastMail(hal.email), 'yes'));
  await drumbeat.textsTo(hal.phone!, 1);
  const halBefore = await rehearsed(campaign, hal);

  // Moves from Los Angeles to New York on Wednesday.
  const di: Someone = { email: 'di@example.org', zip: '90012' };
  await drumbeat.join({ campaign: slug, ...di });
  const diBefore = await rehearsed(campaign, di);

  await on('03', '13:00');
  const wednesday = await clockNow();
  await drumbeat.text(hal.phone!, 'YES');
  await drumbeat.press(drumbeat.linkIn(await drumbeat.lastMail(di.email), 'me'), {
    language: 'en',
    zone: 'America/New_York',
  });
  await drumbeat.settle();
  const upTo = (lines: string[]) => lines.filter((entry) => entry < wednesday);
  expected.set(hal.email, [...upTo(halBefore), ...(await rehearsed(campaign, hal))]);
  expected.set(di.email, [...upTo(diBefore), ...(await rehearsed(campaign, di))]);

  // Joins five hours before the deadline.
  await on('05', '12:00');
  const late: Someone = { email: 'late@example.org', phone: '+15035550330', zip: '97201' };
  await drumbeat.join({ campaign: slug, ...late });
  expected.set(late.email, await rehearsed(campaign, late));

  await on('07', '13:00');
  for (const person of [...people, hal, di]) {
    const planned = expected.get(person.email)!;
    const got = (await received(person, start)).filter((entry) => !isAside(entry));
    expect({ [person.email]: got }).toEqual({ [person.email]: planned.toSorted() });
    expect(planned.length).toBeGreaterThanOrEqual(3);
  }
  const lateGot = (await received(late, '2027-03-05T12:00-08:00')).filter((entry) => !isAside(entry));
  expect(lateGot).toEqual(expected.get(late.email)!.toSorted());
  expect(lateGot.length).toBeGreaterThanOrEqual(2);

  const [one, other] = pair;
  const mails = (lines: string[]) => lines.filter((entry) => / email /.test(entry)).toSorted();
  for (const person of pair)
    expect(mails(await received(person, start)).filter((entry) => !isAside(entry))).toEqual(
      mails(expected.get(person.email)!),
    );
  const texts = (await received(one!, start)).filter((entry) => / sms /.test(entry) && !isAside(entry));
  expect(texts).toEqual(
    expected
      .get(one!.email)!
      .filter((entry) => / sms /.test(entry))
      .toSorted(),
  );
  expect(expected.get(other!.email)!.filter((entry) => / sms /.test(entry))).toEqual([]);
}, 240_000);

it('under a deadline that is extended by ten days, what comes next is what the rehearsal says then', async () => {
  await drumbeat.backToMonday();
  const campaign = await drumbeat.launch({ ladder: ladder.filter(({ id }) => id !== 'news'), deadlineAt });
  const lu: Someone = { email: 'lu@example.org', phone: '+15035550340', zip: '97201' };
  await drumbeat.join({ campaign: campaign.slug, ...lu });
  const start = await clockNow();
  const before = await rehearsed(campaign, lu);
  await on('04', '13:00');
  const moved = await clockNow();
  await drumbeat.api('PUT', `/api/v1/campaigns/${campaign.id}/deadline`, {
    deadlineAt: '2027-03-15T17:00:00-07:00',
    deadlineZone: 'America/Los_Angeles',
  });
  const after = await rehearsed(campaign, lu);
  await drumbeat.clock('2027-03-17T13:00:00-07:00');
  const planned = [...before.filter((entry) => entry < moved), ...after];
  expect((await received(lu, start)).filter((entry) => !isAside(entry))).toEqual(planned.toSorted());
  expect(after.length).toBeGreaterThanOrEqual(6);
}, 120_000);

it('under a deadline that comes earlier, the rehearsal knows which rung goes at once and which are left out', async () => {
  await drumbeat.backToMonday();
  const campaign = await drumbeat.launch({ ladder: ladder.filter(({ id }) => id !== 'news'), deadlineAt });
  const mo: Someone = { email: 'mo@example.org', zip: '97201' };
  await drumbeat.join({ campaign: campaign.slug, ...mo });
  await on('02', '13:00');
  const moved = await clockNow();
  await drumbeat.api('PUT', `/api/v1/campaigns/${campaign.id}/deadline`, {
    deadlineAt: '2027-03-03T09:00:00-08:00',
    deadlineZone: 'America/Los_Angeles',
  });
  const after = await rehearsed(campaign, mo);
  await on('05', '13:00');
  expect((await received(mo, moved)).filter((entry) => !isAside(entry))).toEqual(after.toSorted());
  expect(after.length).toBe(3);
}, 120_000);

/** What is no touch of the ladder: how somebody is asked, and answers. */
const isAside = (entry: string) =>
  /Do you want reminders|Shall we remind you|this number was entered|you.re in\. |¿Quieres recordatorios|¿Te avisamos|se escribió este|ya estás en/.test(
    entry,
  );
