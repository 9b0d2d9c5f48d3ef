import { generateKeyPairSync } from 'node:crypto';
import { type Channel, channels, type ReminderKind, reminderKinds } from '#domain';
import { countSegments, type Language, replies } from '#messages';
import { Signups } from '#postgres';
import {
  avoid,
  letterFaults,
  type LetterRules,
  personalIn,
  segmentsOf,
  textFaults,
} from '../support/letter-check.js';
import { type Message, useDrumbeat } from '../support/use-drumbeat.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const drumbeat = useDrumbeat({
  env: {
    MAIL_FROM: 'reminders@mail.drumbeat.example',
    DKIM_DOMAIN: 'drumbeat.example',
    DKIM_SELECTOR: 's1',
    DKIM_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().replaceAll('\n', '\\n'),
    LOG_LEVEL: 'debug',
  },
});

/** By which channels each kind of the ledger reaches people. */
const channelsOf: Record<ReminderKind, Channel[]> = {
  rung: ['email', 'sms'],
  alert: ['email', 'sms'],
  follow_up: ['email'],
  welcome: ['email'],
  nudge: ['email'],
  sms_optin: ['sms'],
  last_call: ['email', 'sms'],
  snooze: ['email', 'sms'],
  reply: ['sms'],
  ended: ['email'],
  result: ['email'],
  invitation: ['email'],
  data: ['email', 'sms'],
};

const languages: Language[] = ['en', 'es'];
const person = (language: Language, name: string, n: number) => ({
  name: `${name} Quillfeather`,
  email: `${name}.Quillfeather+${language}@example.org`,
  phone: `+150355501${n}`,
  language,
});
const people = languages.flatMap((language, at) => ({
  keen: person(language, ['Anastasia', 'Esperanza'][at]!, 40 + at),
  silent: person(language, ['Bartholomew', 'Bienvenido'][at]!, 50 + at),
  late: person(language, ['Cassiopeia', 'Consolacion'][at]!, 60 + at),
  /** Has a phone and no address. */
  mobile: { ...person(language, ['Demetrius', 'Dagoberto'][at]!, 70 + at), email: '' },
  /** Comes when it is over. */
  tardy: person(language, ['Evangeline', 'Evangelina'][at]!, 80 + at),
}));
const everybody = people.flatMap((each) => Object.values(each));
type Someone = (typeof everybody)[number];
const personal = everybody.flatMap(({ name, email, phone }) => [
  ...[name, name.split(' ')[0]!, phone, ...(email ? [email, email.split('@')[0]!] : [])],
  ...[
    `${phone.slice(2, 5)} ${phone.slice(5, 8)} ${phone.slice(8)}`,
    `${phone.slice(2, 5)}-${phone.slice(5, 8)}-${phone.slice(8)}`,
  ],
]);
const rules = (): LetterRules => ({ ours: drumbeat.url, personal, avoid, publicKey });

const alert = {
  id: 'extra',
  sendAt: '2027-03-03T18:00:00Z',
  channels: ['email', 'sms'],
  messages: {
    en: {
      subject: '{{ name | default: "Hello" }}: rooms are open',
      email:
        'Two more **rooms** are open & [the steps]({{ guideUrl }}) say where:\n\n1. First\n2. Second\n\n- one\n- two',
      sms: '{{ shortName }}: two more rooms are open. {{ guideUrl }} STOP to end',
    },
    es: {
      subject: '{{ name | default: "Hola" }}: hay más salas',
      email: 'Hay dos salas más y [los pasos]({{ guideUrl }}) dicen dónde.',
      sms: '{{ shortName }}: hay dos salas más. {{ guideUrl }} STOP para terminar',
    },
  },
};

/** A copy of everything that is ever written into the queue's tables: jobs go when they are done. */
async function keepJobs(): Promise<void> {
  await drumbeat.db.query(`create table kept_jobs (line text)`);
  await drumbeat.db.query(
    `create function keep_job() returns trigger language plpgsql as
     $$ begin insert into public.kept_jobs values (new::text); return null; end $$`,
  );
  const tables = await drumbeat.db.query<{ name: string }[]>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('public', 'information_schema') and n.nspname not like 'pg\\_%'`,
  );
  for (const { name } of tables)
    await drumbeat.db.query(
      `create trigger keep_job after insert or update on ${name} for each row execute function keep_job()`,
    );
}

const locations: string[] = [];
async function signUp(who: Someone, campaign?: string): Promise<void> {
  const answer = await drumbeat.signUp({ ...who, ...(campaign && { campaign }) });
  locations.push(answer.headers.get('location') ?? '');
}
async function join(who: Someone, campaign?: string): Promise<void> {
  const [mails, texts] = [
    (await drumbeat.mailTo(who.email)).length,
    (await drumbeat.textsTo(who.phone)).length,
  ];
  await signUp(who, campaign);
  if (who.email) await drumbeat.press(drumbeat.linkIn(await drumbeat.lastMail(who.email, mails + 1), 'yes'));
  await drumbeat.textsTo(who.phone, texts + 1);
  await drumbeat.text(who.phone, 'YES');
}

/** The first signup of somebody. */
async function signupOf({ email, phone }: Someone) {
  const key = drumbeat.keys.contactKey(email ? email.toLowerCase() : phone);
  const [row] = await drumbeat.db.query<{ id: string }[]>(
    `select s.id from signups s join supporters p on p.id = s.supporter_id
     where $1 in (p.email_key, p.phone_key) order by s.signed_up_at limit 1`,
    [key],
  );
  return (await new Signups(drumbeat.db.manager, drumbeat.keys).byId(row!.id))!;
}

/** A person's own link, as a message of theirs carries it. */
async function linkOf(who: Someone, page: 'done' | 'me' | 'next'): Promise<string> {
  const { id, tokenKey } = await signupOf(who);
  const token = drumbeat.keys.token(tokenKey, id, page === 'next' ? 'join' : page);
  return `${drumbeat.url}/${page}/${token}`;
}

async function askForLater(who: Someone): Promise<void> {
  await drumbeat.press(`${await linkOf(who, 'done')}/later`, { later: 'tomorrow' });
}

async function askForData(who: Someone): Promise<void> {
  await drumbeat.press(`${await linkOf(who, 'me')}/data`);
}

/** The form on the page of a campaign that is over. */
async function askForNext({ email, language }: Someone): Promise<void> {
  const page = `${drumbeat.url}/c/soc-docket/many-hands-portland/next?lang=${language}`;
  await drumbeat.press(page, { email });
}

/** Says "done" on the page, and asks there how it will turn out. */
async function askForResult(who: Someone): Promise<void> {
  const done = await linkOf(who, 'done');
  await drumbeat.press(done, { outcome: 'filed' });
  await drumbeat.press(`${done}/details`, { tellResult: 'on' });
}

let texts: Message[];
beforeAll(async () => {
  await keepJobs();
  const second = await drumbeat.draft({ ladder: [alert], title: 'Come to the hearing' });
  for (const { keen, silent, mobile } of people) {
    await join(keen);
    await join(mobile);
    await signUp(silent);
    for (const one of [keen, mobile]) {
      await askForLater(one);
      await askForData(one);
    }
  }
  await drumbeat.clock('2027-03-02T09:30:00-08:00');
  await drumbeat.turn(second, 'launch');
  for (const { keen } of people) await join(keen, second.slug);
  await drumbeat.clock('2027-03-11T15:00:00-08:00');
  for (const { late } of people) await join(late);
  await drumbeat.clock('2027-03-11T20:00:00-08:00');
  for (const { keen } of people) {
    for (const words of ['HELP', 'is anybody there', 'done', 'done', 'STOP', 'START']) {
      await drumbeat.text(keen.phone, words);
      await drumbeat.settle();
    }
  }
  await drumbeat.clock('2027-03-13T12:00:00-08:00');
  for (const { keen, tardy } of people) {
    await askForResult(keen);
    await askForNext(tardy);
  }
  await drumbeat.settle();
  for (const { tardy } of people) await drumbeat.press(await linkOf(tardy, 'next'));
  const next = await drumbeat.launch({ title: 'Come again', deadlineAt: '2027-05-07T17:00:00-07:00' });
  await drumbeat.api('POST', `/api/v1/campaigns/${next.id}/invitations`, {
    fromCampaignIds: [(await drumbeat.campaign()).id],
  });
  await drumbeat.clock('2027-03-20T12:00:00-08:00');
  await drumbeat.clock('2027-03-30T12:00:00-08:00');
  for (const { late } of people) await drumbeat.text(late.phone, 'done');
  await drumbeat.settle();
  const { items } = (await drumbeat.api<{ items: Message[] }>('GET', '/sandbox/messages')).json;
  texts = items.filter(({ channel }) => channel === 'sms');
}, 180_000);

describe('every message of a campaign, from the first question to the day after', () => {
  it('is one that the ledger says was sent, and of every kind that there is', async () => {
    const sent = await drumbeat.db.query<{ what: string; channel: string; n: number }[]>(
      `select r.kind || case when r.kind = 'reply' then ' ' || split_part(r.key, ':', 1) else '' end || ' ' || p.language as what,
         r.channel, count(*)::int as n
       from reminders r join supporters p on p.id = r.supporter_id where r.state = 'sent' group by 1, 2`,
    );
    const count = (channel: string) =>
      sent.filter((row) => row.channel === channel).reduce((sum, { n }) => sum + n, 0);
    expect([count('email'), count('sms')]).toEqual([drumbeat.parts.mailbox.list().length, texts.length]);

    const whats = (kind: ReminderKind) =>
      kind === 'reply' ? replies.map((reply) => `reply ${reply}`) : [kind];
    const expected = (channel: Channel) =>
      reminderKinds
        .filter((kind) => channelsOf[kind].includes(channel))
        .flatMap(whats)
        .flatMap((what) => languages.map((language) => `${what} ${language}`));
    for (const channel of channels)
      expect(
        sent
          .filter((row) => row.channel === channel)
          .map(({ what }) => what)
          .sort(),
      ).toEqual(expected(channel).sort());
    const [row] = await drumbeat.db.query<{ rule: string }[]>(
      `select pg_get_constraintdef(oid) as rule from pg_constraint where conname = 'reminders_kind_check' and conrelid = 'reminders'::regclass`,
    );
    const kinds = [...row!.rule.matchAll(/'(\w+)'/g)].map(([, kind]) => kind!);
    expect(kinds.sort()).toEqual([...reminderKinds].sort());
  });

  it('is a sound letter: whole, signed, the same in both parts, with a way out, and about nobody', async () => {
    const mail = drumbeat.parts.mailbox.list();
    expect(mail.length).toBeGreaterThan(20);
    const faults = await Promise.all(
      mail.map(async ({ raw }) => {
        const subject = /^Subject: .*$/m.exec(raw.toString())![0];
        return (await letterFaults(raw, rules())).map((fault) => `${subject}: ${fault}`);
      }),
    );
    expect([...new Set(faults.flat())]).toEqual([]);
  });

  it('is a sound text: in few parts, without a link at first, and about nobody', () => {
    expect(texts.length).toBeGreaterThan(20);
    const faults = texts.flatMap((message) => {
      const { text, to } = message;
      const { language } = everybody.find(({ phone }) => phone === to)!;
      const first = texts.find((other) => other.to === to) === message;
      return textFaults(text, { ...rules(), language, first }).map((fault) => `${text}: ${fault}`);
    });
    expect([...new Set(faults)]).toEqual([]);
    for (const { text } of texts) expect(countSegments(text)).toMatchObject(segmentsOf(text));
  });
});

describe('nobody is named', () => {
  it('in the address of a page that a form leads to', () => {
    expect(locations).toHaveLength(10);
    expect(locations.flatMap((location) => personalIn(location, personal))).toEqual([]);
  });

  it('in the log', () => {
    expect(drumbeat.log).toContain('/hooks/twilio/inbound');
    expect(drumbeat.log.split('\n').length).toBeGreaterThan(50);
    expect(personalIn(drumbeat.log, personal)).toEqual([]);
  });

  it('in a job', async () => {
    const jobs = await drumbeat.db.query<{ line: string }[]>(`select line from kept_jobs`);
    const all = jobs.map(({ line }) => line).join('\n');
    expect(all).toContain('campaignId');
    expect(personalIn(all, personal)).toEqual([]);
  });
});
