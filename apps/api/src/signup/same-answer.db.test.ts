import { linkOf, type TestCampaign, useApi } from '../../../../test/support/use-api.js';

const plenty = {
  SIGNUPS_PER_IP_10_MINUTES: '100000',
  SIGNUPS_PER_IP_A_DAY: '100000',
  SMS_QUESTIONS_A_DAY: '0',
};
const world = useApi(plenty);
let made = 0;

type Form = { email: string } & Record<string, string>;

/** Who may be behind an address; the form of each is as long as every other's. */
const people: Record<string, (campaign: TestCampaign, form: Form) => Promise<unknown>> = {
  'is new': async () => undefined,
  'is known': ({ page }, form) => world.post(page, form),
  'is known from another campaign': async (_, form) => world.post((await world.aCampaign()).page, form),
  'said yes': async (campaign, form) => agree(campaign, form),
  'is done': async (campaign, form) => {
    const id = await agree(campaign, form);
    return world.post(linkOf(world.keys, id, 'done'), { outcome: 'filed' });
  },
  'stopped everything': async (campaign, form) => {
    const id = await agree(campaign, form);
    return world.post(linkOf(world.keys, id, 'stop'), { scope: 'all' });
  },
  complained: (_, { email }) =>
    world.db.query(
      `insert into suppressions (channel, contact_key, reason, source) values ('email', $1, 'complaint', 'test')`,
      [world.keys.contactKey(email)],
    ),
  'has had six mails this year': async (_, form) => {
    for (let n = 0; n < 3; n++) await world.post((await world.aCampaign()).page, form);
  },
};

async function agree({ id: campaignId, page }: TestCampaign, form: Form): Promise<string> {
  await world.post(page, form);
  const { id } = await world.one<{ id: string }>(
    `select s.id from signups s join supporters p on p.id = s.supporter_id where s.campaign_id = $1 and p.email_key = $2`,
    [campaignId, world.keys.contactKey(form.email)],
  );
  await world.post(linkOf(world.keys, id, 'opt_in'));
  return id;
}

const aForm = (): Form => {
  const n = String(100_000 + ++made);
  return {
    email: `p${n}@example.org`,
    phone: `212 73${n[3]} 5${n.slice(-3)}`,
    smsConsent: 'on',
    zip: '10001',
    language: 'en',
  };
};

type Answer = Awaited<ReturnType<typeof world.post>>;
/** Everything that a visitor gets, but for a token and a reference that are new each time. */
function seen({ statusCode, headers, rawPayload }: Answer) {
  const plain = (text: string) => text.replace(/[\w-]{22}/g, 'TOKEN').replace(/req-\w+/, 'req');
  expect(headers['content-length']).toBe(String(rawPayload.length));
  const body = plain(rawPayload.toString('utf8'));
  const same = {
    ...headers,
    date: '',
    'content-length': body.length,
    location: plain(String(headers.location)),
  };
  return { statusCode, headers: Object.entries(same), body };
}

it('a signup, the page after it and its buttons are the same to the byte, whoever the address is of', async () => {
  const campaign = await world.aCampaign();
  const answers = [];
  for (const [name, before] of Object.entries(people)) {
    const form = aForm();
    await before(campaign, form);
    const signup = await world.post(campaign.page, form);
    const next = String(signup.headers.location).split('?')[0]!;
    const after = [
      await world.get(next),
      await world.post(`${next}/form`),
      await world.post(`${next}/done`, { outcome: 'answered' }),
      await world.post(`${next}/done`, { outcome: 'filed' }),
      await world.get(next),
    ];
    answers.push({ name, seen: [signup, ...after].map(seen) });
  }
  const [first, ...others] = answers;
  expect(first!.seen.map(({ statusCode }) => statusCode)).toEqual([303, 200, 303, 422, 200, 200]);
  for (const { name, seen } of others) expect([name, seen]).toEqual([name, first!.seen]);
}, 120_000);

it('takes as long, whoever the address is of', async () => {
  const campaign = await world.aCampaign();
  const times = new Map(Object.keys(people).map((name) => [name, [] as number[]]));
  for (let round = 0; round < 9; round++) {
    for (const [name, before] of Object.entries(people)) {
      const form = aForm();
      await before(campaign, form);
      const from = performance.now();
      await world.post(campaign.page, form);
      times.get(name)!.push(performance.now() - from);
    }
  }
  const medianOf = (all: number[]) => all.toSorted((a, b) => a - b)[all.length >> 1]!;
  const medians = [...times].map(([name, all]) => [name, Math.round(medianOf(all) * 10) / 10] as const);
  const slowest = Math.max(...medians.map(([, ms]) => ms));
  const fastest = Math.min(...medians.map(([, ms]) => ms));
  expect({ medians, alike: slowest / fastest < 1.15 }).toEqual({ medians, alike: true });
}, 120_000);
