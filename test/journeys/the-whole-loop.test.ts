import { useDrumbeat, walls } from '../support/use-drumbeat.js';

const drumbeat = useDrumbeat();

describe('the docket, from launch to the day after', () => {
  const ana = { email: 'Ana@example.org', phone: '+15035550142', name: 'Ana' };
  const ben = { email: 'ben@example.org' };
  const cleo = { email: 'cleo@example.org' };
  const dina = { email: 'dina@example.org', phone: '+15035550143' };
  const eli = { email: 'eli@example.org' };
  let docket: { id: string };
  let salem: string;
  let leader: { before: string; after: string };

  const portland = (day: string, time: string) => drumbeat.clock(`2027-03-${day}T${time}:00-08:00`);
  const confirmedOn = (page: string) => /data-figure="total.confirmed">([^<]+)</.exec(page)![1]!;

  beforeAll(async () => {
    docket = await drumbeat.campaign('soc-docket');
    const { 'many-hands-oregon': parentId, ...others } = await drumbeat.coalitions();
    const form = { slug: 'many-hands-salem', name: 'Many Hands Salem', parentId };
    salem = (await drumbeat.api<{ id: string }>('POST', '/api/v1/coalitions', form)).json.id;
    const coalitionIds = [parentId, salem, ...Object.values(others)];
    await drumbeat.api('PATCH', `/api/v1/campaigns/${docket.id}`, { coalitionIds });

    await drumbeat.signUp(ben);
    for (const person of [ana, cleo, dina, eli]) await drumbeat.join(person);
    await drumbeat.signUp({ ...cleo, coalition: 'many-hands-salem' });

    await portland('08', '11:00');
    const { headers } = await drumbeat.lastMail(dina.email);
    const oneClick = /<(http[^>]+)>/.exec(headers!['List-Unsubscribe']!)![1]!;
    await drumbeat.press(oneClick, { 'List-Unsubscribe': 'One-Click' });

    await portland('10', '12:30');
    await drumbeat.text(dina.phone, 'STOP');
    const page = await drumbeat.leaderPage(docket, 'many-hands-portland');
    await drumbeat.tallyBecomes(docket, { signups: 5 });
    leader = { before: confirmedOn((await drumbeat.visit(page)).text), after: '' };
    await drumbeat.text(ana.phone, 'Done!');
    await drumbeat.tallyBecomes(docket, { confirmed: 1 });
    leader.after = confirmedOn((await drumbeat.visit(page)).text);

    await portland('11', '09:00');
    await drumbeat.text(dina.phone, 'START');
    const letter = await drumbeat.lastMail(cleo.email);
    await drumbeat.press(drumbeat.linkIn(letter, 'done'), { outcome: 'filed' });

    await portland('13', '12:00');
  }, 90_000);

  it('was launched once, and has ended by itself at its deadline', async () => {
    expect(await drumbeat.campaign('soc-docket')).toMatchObject({ status: 'ended' });
    const launches = `select from audit where campaign_id = $1 and action = 'campaign.launched'`;
    expect(await drumbeat.db.query(launches, [docket.id])).toHaveLength(1);
  });

  it('reminds who said yes at the local moment of every rung, once, and asks the day after', async () => {
    expect(walls(await drumbeat.mailTo(eli.email))).toEqual([
      'Mon 1 09:00',
      'Thu 4 10:00',
      'Mon 8 10:30',
      'Wed 10 12:00',
      'Thu 11 08:30',
      'Fri 12 10:00',
    ]);
  });

  it('ends every reminder on every channel with DONE by text', async () => {
    expect(walls(await drumbeat.mailTo(ana.email))).toEqual([
      'Mon 1 09:00',
      'Thu 4 10:00',
      'Mon 8 10:30',
      'Wed 10 12:00',
    ]);
    const texts = await drumbeat.textsTo(ana.phone);
    expect(walls(texts)).toEqual([
      'Mon 1 09:00',
      'Mon 1 09:00',
      'Mon 8 10:30',
      'Wed 10 12:00',
      'Wed 10 12:30',
    ]);
    expect(texts[0]!.text).toMatch(/Reply YES/);
    expect(texts[1]!.text).toMatch(/you're in/);
    expect(texts[4]!.text).toMatch(/you're counted/);
  });

  it("raises the leader's figure by one", () => {
    expect(leader).toEqual({ before: '0', after: '1' });
  });

  it('sends somebody who never presses yes a welcome, two nudges and nothing else', async () => {
    const letters = await drumbeat.mailTo(ben.email);
    expect(letters.map((letter) => `${walls([letter])[0]}: ${letter.subject}`)).toEqual([
      'Mon 1 09:00: Do you want reminders?',
      'Tue 2 09:00: Shall we remind you?',
      'Thu 4 09:00: Shall we remind you?',
    ]);
  });

  it('reminds somebody in two coalitions once, and credits both, their parents and the total with one', async () => {
    expect(walls(await drumbeat.mailTo(cleo.email))).toEqual([
      'Mon 1 09:00',
      'Thu 4 10:00',
      'Mon 8 10:30',
      'Wed 10 12:00',
      'Thu 11 08:30',
    ]);
    const { total, coalitions } = await drumbeat.tallyBecomes(docket, { confirmed: 2 });
    const ids = await drumbeat.coalitions();
    const of = (slug: string) => coalitions.find(({ coalitionId }) => coalitionId === ids[slug]);
    expect(total).toMatchObject({ signups: 5, optedIn: 4, confirmed: 2, verified: 0, pledged: 0 });
    expect(of('many-hands-portland')).toMatchObject({ signups: 5, confirmed: 2 });
    expect(of('many-hands-salem')).toMatchObject({ signups: 1, confirmed: 1 });
    expect(of('many-hands-oregon')).toMatchObject({ signups: 5, confirmed: 2 });
    expect(of('many-hands')).toMatchObject({ signups: 5, confirmed: 2 });
  });

  it('ends mail with one click and texts with STOP, each by itself, until START', async () => {
    expect(walls(await drumbeat.mailTo(dina.email))).toEqual(['Mon 1 09:00', 'Thu 4 10:00', 'Mon 8 10:30']);
    const texts = (await drumbeat.textsTo(dina.phone)).slice(2);
    expect(walls(texts)).toEqual([
      'Mon 8 10:30',
      'Wed 10 12:00',
      'Wed 10 12:30',
      'Thu 11 09:00',
      'Thu 11 14:59',
    ]);
    expect(texts[2]!.text).toMatch(/the last text/);
    expect(texts[3]!.text).toMatch(/on again/);
  });

  it('carries both headers of RFC 8058 on every letter', async () => {
    for (const { headers } of await drumbeat.mailTo(eli.email)) {
      expect(headers).toMatchObject({
        'List-Unsubscribe': expect.stringMatching(/<http[^>]+\/stop\/[\w-]{22}>/) as string,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      });
    }
  });

  it('answers a late signup that it is over, and writes nothing', async () => {
    const before = await everyRow();
    const answer = await drumbeat.signUp({ email: 'late@example.org' });
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('This one is over');
    expect(await everyRow()).toEqual(before);
    expect(await drumbeat.mailTo('late@example.org')).toEqual([]);
  });
});

it('changes nothing when links are only looked at', async () => {
  await drumbeat.backToMonday();
  const { id, slug } = await drumbeat.launch();
  const answer = await drumbeat.signUp({ campaign: slug, email: 'fay@example.org' });
  const letter = await drumbeat.lastMail('fay@example.org');
  const welcome = drumbeat.url + answer.headers.get('location')!;
  const leader = await drumbeat.leaderPage({ id }, 'many-hands-portland');
  const links = [...drumbeat.linksIn(letter), welcome, leader];
  expect(links).toHaveLength(7);
  await drumbeat.settle();

  const before = await everyRow();
  for (const link of links) {
    for (const method of ['GET', 'HEAD', 'GET'] as const) {
      const page = await drumbeat.visit(link, method);
      expect(page.status).toBe(200);
      // A scanner that runs scripts finds none that could press a button.
      expect(page.text.match(/<script[^>]*>/g) ?? []).toEqual(
        link === leader && method === 'GET' ? ['<script type="module" src="/assets/live.js">'] : [],
      );
    }
  }
  expect(await everyRow()).toEqual(before);
});

/** A digest of every table that says something about people or campaigns; queue, pulse and waves' book-keeping aside. */
async function everyRow(): Promise<Record<string, string>> {
  const tables = await drumbeat.db.query<{ name: string }[]>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
       and not relispartition and relname not in ('tick', 'waves') order by 1`,
  );
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['signups', 'reminders', 'tokens']));
  const digests: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await drumbeat.db.query<{ digest: string }[]>(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest from ${name} t`,
    );
    digests[name] = row!.digest;
  }
  return digests;
}
