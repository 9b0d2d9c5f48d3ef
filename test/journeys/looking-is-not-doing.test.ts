import sharp from 'sharp';
import { Accounts, tokenHash } from '#postgres';
import { openBrowser, type TestBrowser } from '../support/browser.js';
import { withChromium } from '../support/parts.js';
import { addressesOf, type Look, pathsOf, Scanner, scanners } from '../support/scanner.js';
import { useDrumbeat } from '../support/use-drumbeat.js';

const drumbeat = useDrumbeat();

/** Tables that hold nothing of a person's state, and change by themselves. */
const mayChange: Record<string, string> = {
  tick: 'the turns of the workers’ timer',
  audit: 'who of the staff looked at what people wrote',
  limits: 'counts of wrong links and keys by network, as keyed hashes',
};

/** Places in paths whose answer is another than a page or data, and why. */
const answersNothing: Record<string, string> = {
  '*': 'what is not there, and the files under /assets',
  '/metrics': 'figures, for whoever watches with a token of their own',
};

/** What each table holds, as a sum; two of these are equal when nothing was written. */
async function state(): Promise<Record<string, string>> {
  const tables = await drumbeat.db.query<{ name: string }[]>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  );
  const sums: [string, string][] = [];
  for (const { name } of tables.filter(({ name }) => !(name in mayChange))) {
    const [row] = await drumbeat.db.query<{ sum: string }[]>(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '-') as sum from "${name}" t`,
    );
    sums.push([name, row!.sum]);
  }
  return Object.fromEntries(sums);
}

let values: Record<string, string[]>;
let paths: string[];
let links: string[];
/** What is asked of an address in its query. */
let questions: string[];
const staff = () => ({ authorization: `Bearer ${drumbeat.key}` });

/** Somebody at every step: asked, agreed, done, stopped, with a text unread; and every link that leads to them. */
beforeAll(async () => {
  const names = ['asked', 'agreed', 'done', 'stopped'];
  const arrivals: string[] = [];
  let colleague = '';
  for (const [at, name] of names.entries()) {
    const who = { email: `${name}@example.org`, phone: `+150355502${at}0`, name: 'Maria' };
    const { headers } = await drumbeat.signUp(who);
    arrivals.push(new URL(headers.get('location')!, drumbeat.url).pathname.split('/')[2]!);
    const welcome = await drumbeat.lastMail(who.email);
    await drumbeat.textsTo(who.phone, 1);
    if (name === 'asked') continue;
    await drumbeat.press(drumbeat.linkIn(welcome, 'yes'));
    await drumbeat.text(who.phone, 'YES');
    if (name === 'done') {
      const { text } = await drumbeat.press(drumbeat.linkIn(welcome, 'done'), { outcome: 'filed' });
      colleague = /http\S+\?by=[\w-]{22}/.exec(text)![0];
    }
    if (name === 'stopped') await drumbeat.press(drumbeat.linkIn(welcome, 'stop'), { scope: 'all' });
    if (name === 'agreed') {
      await drumbeat.text(who.phone, 'what is this about');
      await drumbeat.press(`${drumbeat.linkIn(welcome, 'me')}/data`);
    }
  }
  const over = await drumbeat.launch();
  await drumbeat.db.query(`update campaigns set status = 'ended', ended_at = campaign_now() where id = $1`, [
    over.id,
  ]);
  await drumbeat.press(`${drumbeat.url}/c/${over.slug}/many-hands/next`, { email: 'late@example.org' });
  const [next] = /\/next\/[\w-]{22}/.exec((await drumbeat.lastMail('late@example.org')).text)!;
  await drumbeat.press(drumbeat.url + next);
  const docketId = (await drumbeat.campaign()).id;
  await drumbeat.api('POST', `/api/v1/campaigns/${docketId}/invitations`, { fromCampaignIds: [over.id] });
  await drumbeat.lastMail('late@example.org', 2);
  const list = await fetch(
    `${drumbeat.url}/api/v1/campaigns/${docketId}/imports?coalitionId=${(await drumbeat.coalitions())['many-hands']}`,
    {
      method: 'POST',
      headers: { ...staff(), 'content-type': 'text/csv' },
      body: 'email,zip\nlisted@example.org,97201\n',
    },
  );
  const { id: importId } = (await list.json()) as { id: string };
  await drumbeat.clock('2027-03-05T12:00:00-08:00');
  const messages = (
    await drumbeat.api<{ items: { id: string; text: string; html?: string }[] }>('GET', '/sandbox/messages')
  ).json.items;
  links = [
    ...new Set(
      messages.flatMap(({ text, html = '' }) => `${text} ${html}`.match(/https?:\/\/[\w.:/-]*\w/g) ?? []),
    ),
    colleague,
  ];

  const docket = await drumbeat.campaign();
  const coalitions = await drumbeat.coalitions();
  const drawn = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#225588' } })
    .png()
    .toBuffer();
  const put = await fetch(`${drumbeat.url}/api/v1/coalitions/${coalitions['many-hands']}/logo?version=1`, {
    method: 'PUT',
    headers: { ...staff(), 'content-type': 'image/png' },
    body: new Uint8Array(drawn),
  });
  const { logo } = (await put.json()) as { logo: string };
  const attached = await fetch(`${drumbeat.url}/api/v1/campaigns/${docket.id}/files?name=outline.txt`, {
    method: 'POST',
    headers: { ...staff(), 'content-type': 'application/octet-stream' },
    body: 'An outline of a comment.',
  });
  const file = (await attached.json()) as { id: string };
  const invitation = await new Accounts(drumbeat.db.manager, drumbeat.keys).invite(
    {
      email: { address: 'new@example.org', lookup: 'new@example.org' },
      role: 'organizer',
      coalitionId: null,
      language: 'en',
    },
    'command:test',
  );
  const signIn = drumbeat.parts.signInUrl.split('/').at(-1)!;
  questions = [
    `/api/v1/campaigns/${docket.id}/reminders?state=skipped`,
    `/api/v1/coalitions/${coalitions['many-hands']}/merge?into=${coalitions['many-hands-portland']}`,
  ];
  const columns = async (query: string) =>
    (await drumbeat.db.query<{ v: string }[]>(query)).map(({ v }) => v);
  const leader = (await drumbeat.leaderPage(docket, 'many-hands-portland')).split('/').at(-1)!;
  const written = links.flatMap((link) => /[/=]([\w-]{22})$/.exec(link)?.[1] ?? []);
  values = {
    token: [
      ...new Set([...written, ...arrivals, leader, invitation.token, signIn, 'AAAAAAAAAAAAAAAAAAAAAA']),
    ],
    campaign: [...(await columns(`select slug as v from campaigns`)), 'nothing'],
    coalition: [...(await columns(`select slug as v from coalitions`)), 'nothing'],
    id: [
      ...(await columns(`select id::text as v from campaigns`)),
      ...(await columns(`select id::text as v from signups`)),
      importId,
      ...drumbeat.parts.mailbox
        .list()
        .slice(0, 4)
        .map(({ id }) => id),
    ],
    colour: ['225588.css'],
    coalitionId: [coalitions['many-hands']!, '00000000-0000-4000-8000-000000000000'],
    name: [logo.split('/').at(-1)!, 'nothing.png'],
    file: [file.id, '00000000-0000-4000-8000-000000000000'],
  };
  paths = pathsOf(drumbeat.parts.api);
  await drumbeat.settle();
}, 120_000);

/** Files under a prefix are no routes of their own. */
const routes = () => paths.filter((path) => !path.includes('*'));

const everyAddress = () => [...routes().flatMap((path) => addressesOf(path, values)), ...questions, ...links];

it('knows a link of every purpose that somebody can hold', async () => {
  const held = await drumbeat.db.query<{ purpose: string; n: number }[]>(
    `select purpose, count(*)::int as n from tokens where hash = any($1) group by 1`,
    [values['token']!.map((token) => tokenHash(token))],
  );
  const issued = await drumbeat.db.query<{ purpose: string }[]>(`select distinct purpose from tokens`);
  expect(held.map(({ purpose }) => purpose).sort()).toEqual(issued.map(({ purpose }) => purpose).sort());
});

describe('a scanner that asks for everything, with every link in every place, and follows what it finds', () => {
  it.each(['anybody', 'staff'])(
    'changes nothing, seen as %s',
    async (as) => {
      const before = await state();
      const scanner = new Scanner(drumbeat.url, { ...scanners['a browser'], ...(as === 'staff' && staff()) });
      await scanner.walk(everyAddress());
      expect(await state()).toEqual(before);
      expect(scanner.looks.filter(({ status }) => status >= 500)).toEqual([]);
      expect(scanner.looks.length).toBeGreaterThan(400);
      if (as === 'staff') expect(unanswered(scanner.looks)).toEqual([]);
    },
    120_000,
  );
});

it.each(Object.keys(scanners))(
  '%s that follows the links of every message changes nothing',
  async (name) => {
    const before = await state();
    const scanner = new Scanner(drumbeat.url, scanners[name]!);
    await scanner.walk(links);
    expect(await state()).toEqual(before);
    expect(scanner.looks.length).toBeGreaterThan(2 * links.length - 1);
  },
  60_000,
);

/** Paths of the router that no address was found for. */
const unanswered = (looks: Look[]) =>
  routes().filter((path) => {
    const shape = new RegExp(`^${path.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`);
    const is = ({ url, status }: Look) => status < 400 && shape.test(new URL(url).pathname);
    return !(path in answersNothing) && !looks.some(is);
  });

withChromium('a scanner with a browser', () => {
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = await openBrowser({ viewport: { width: 360, height: 780 } });
  }, 60_000);
  afterAll(() => browser?.stop());

  it('runs every page, hovers over its links and focuses its buttons, and nothing is sent or changed', async () => {
    const scanner = new Scanner(drumbeat.url, scanners['a browser']!);
    await scanner.walk([...routes().filter((path) => !path.includes(':')), ...links]);
    const pages = scanner.looks.filter(
      ({ method, status, html }) => method === 'GET' && status === 200 && html,
    );
    const kinds = new Map(
      pages.map(({ url }) => [
        new URL(url).pathname.replace(/[\w-]{22,}/g, ':token') + new URL(url).search,
        url,
      ]),
    );
    for (const { url } of pages) if (links.includes(url)) kinds.set(url, url);
    expect(kinds.size).toBeGreaterThan(15);

    const before = await state();
    const sent: string[] = [];
    await browser.context.addInitScript(
      'addEventListener("submit", () => fetch("/a-form-submitted-itself"))',
    );
    browser.context.on('request', (request) => {
      if (!['GET', 'HEAD'].includes(request.method()) || request.url().endsWith('submitted-itself'))
        sent.push(
          `${request.method()} ${new URL(request.url()).pathname.split('/')[1]} from ${request.frame().url()}`,
        );
    });
    const page = await browser.context.newPage();
    for (const url of kinds.values()) {
      await page.goto(url, { waitUntil: 'load' });
      await page.evaluate(`for (const each of document.querySelectorAll('a, button, input, select, summary')) {
        for (const type of ['pointerover', 'mouseover', 'mouseenter', 'touchstart', 'pointerdown'])
          each.dispatchEvent(new Event(type, { bubbles: true }));
        each.focus();
        if (each.href) document.head.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href: each.href }));
      }
      scrollTo(0, document.body.scrollHeight);
      document.dispatchEvent(new Event('visibilitychange'));`);
    }
    await page.goto('about:blank'); // leaving a page is when a beacon would go
    await page.close();
    expect(sent).toEqual([]);
    expect(await state()).toEqual(before);
  }, 120_000);
});
