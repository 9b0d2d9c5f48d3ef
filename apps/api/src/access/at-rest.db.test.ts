import { useApi, linkOf, twilioToken } from '../../../../test/support/use-api.js';
import twilio from 'twilio';

const world = useApi();

const private_ = {
  email: 'Very.Private@Example.org',
  phone: '+12127365000',
  name: 'Prudence Quillfeather',
  said: 'my counsellor told me to write',
  ip: '203.0.113.77',
  agent: 'Quillfeather-Browser/9',
  tracking: 'l2z-02tq-bsbu',
};
const headers = { 'user-agent': private_.agent };
const tokens: string[] = [];

/** Signup, signup again, button, texts, confirmation, tracking number, unsubscribe: everything that a person can leave. */
beforeAll(async () => {
  const campaign = await world.aCampaign();
  const form = {
    email: private_.email,
    phone: private_.phone,
    smsConsent: 'on',
    nextStep: 'on',
    showName: 'on',
    name: private_.name,
    zip: '10001',
  };
  const post = async (url: string, fields: Record<string, string> = {}) => {
    const answer = await world.send({
      method: 'POST',
      url,
      payload: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      remoteAddress: private_.ip,
    });
    expect([url.split('/')[1], answer.statusCode < 400]).toEqual([url.split('/')[1], true]);
    return answer;
  };
  const first = await post(campaign.page, form);
  await post(campaign.page, { ...form, zip: '85001' });
  tokens.push(String(first.headers.location).split('/')[2]!.split('?')[0]!);
  const { id } = await world.one<{ id: string }>(`select id from signups where campaign_id = $1`, [
    campaign.id,
  ]);
  const link = (purpose: 'opt_in' | 'guide' | 'done' | 'stop' | 'me') => {
    const url = linkOf(world.keys, id, purpose);
    tokens.push(url.split('/')[2]!);
    return url;
  };
  await post(link('opt_in'));
  await post(campaign.page, { ...form, zip: '96910' });
  const text = { MessageSid: 'SM1', From: private_.phone, Body: private_.said };
  await world.post('/hooks/twilio/inbound', text, {
    'x-twilio-signature': twilio.getExpectedTwilioSignature(
      twilioToken,
      'https://drumbeat.example/hooks/twilio/inbound',
      text,
    ),
  });
  await post(`${link('guide')}/form`);
  await post(link('me'), { language: 'es', zone: 'America/Chicago' });
  await post(link('done'), { outcome: 'filed' });
  await post(`${link('done')}/details`, { trackingNumber: private_.tracking, tellResult: 'on' });
  await post(link('stop'), { scope: 'all' });
  const key = await world.key('organizer');
  await world.send({
    method: 'POST',
    url: `/api/v1/campaigns/${campaign.id}/signups`,
    payload: {
      coalitionId: campaign.coalition.id,
      email: private_.email,
      name: private_.name,
      channels: ['email'],
    },
    headers: { authorization: `Bearer ${key}`, 'idempotency-key': 'once' },
  });
});

/** Every word that stands in the schema, as it would stand in a stolen dump. */
async function dump(schema: string): Promise<string> {
  const tables = await world.db.query<{ name: string }[]>(
    `select table_name as name from information_schema.tables where table_schema = $1 and table_type = 'BASE TABLE'`,
    [schema],
  );
  const parts = await Promise.all(
    tables.map(({ name }) =>
      world.db.query(`select '${name}' as "table", t::text as row from "${schema}"."${name}" t`),
    ),
  );
  return JSON.stringify(parts);
}

const spoken = [...Object.values(private_), 'very.private', 'quillfeather', '2127365000', '736-5000'];
const foundIn = (text: string) =>
  [...spoken, ...tokens].filter((word) => text.toLowerCase().includes(word.toLowerCase()));

it('a stolen dump names nobody: no contact, name, text, address of a machine or link in clear', async () => {
  const all = await dump('public');
  expect(all.length).toBeGreaterThan(5_000);
  expect(foundIn(all)).toEqual([]);
});

it('what was written does open with the keys, so the story did leave it', async () => {
  const row = await world.one<Record<string, string>>(
    `select p.email, p.phone, p.name, (select body from texts limit 1) as text,
       (select tracking_number from confirmations limit 1) as tracking,
       (select ip from consents where ip is not null limit 1) as ip, (select agent from consents where agent is not null limit 1) as agent
     from supporters p`,
  );
  expect(Object.entries(row).map(([column, sealed]) => world.keys.open(column as 'email', sealed))).toEqual([
    private_.email,
    private_.phone,
    private_.name,
    private_.said,
    private_.tracking,
    private_.ip,
    private_.agent,
  ]);
});

it('jobs carry ids alone', async () => {
  const jobs = await dump('bullmq').catch(() => '');
  const schemas = await world.db.query<{ name: string }[]>(
    `select distinct table_schema as name from information_schema.tables
     where table_schema not in ('public', 'information_schema', 'pg_catalog')`,
  );
  const everything = jobs + (await Promise.all(schemas.map(({ name }) => dump(name)))).join('');
  expect(everything).toContain('campaignId');
  expect(foundIn(everything)).toEqual([]);
});

it('the log names nobody', () => {
  expect(world.log).toContain('/done/:token');
  expect(foundIn(world.log)).toEqual([]);
});

it('nobody outside the own network can write another address into a consent’s proof', async () => {
  const campaign = await world.aCampaign();
  await world.send({
    method: 'POST',
    url: campaign.page,
    payload: 'email=proof%40example.org&nextStep=on&language=en',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': '198.51.100.1' },
    remoteAddress: '203.0.113.5',
  });
  await world.send({
    method: 'POST',
    url: campaign.page,
    payload: 'email=proxied%40example.org&nextStep=on&language=en',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-forwarded-for': '198.51.100.1, 203.0.113.9',
    },
    remoteAddress: '10.0.0.2',
  });
  const proofs = await world.all<{ ip: string }>(
    `select ip from consents where campaign_id = $1 order by id`,
    [campaign.id],
  );
  expect(proofs.map(({ ip }) => world.keys.open('ip', ip))).toEqual(['203.0.113.5', '203.0.113.9']);
});

it('an error that nobody foresaw is answered kindly, and logged without what it stumbled over', async () => {
  const campaign = await world.aCampaign();
  await world.db.query(
    `alter table supporters add constraint nobody check (zone <> 'Pacific/Guam') not valid`,
  );
  const answer = await world.post(campaign.page, {
    email: 'stumbles@example.org',
    zip: '96910',
    language: 'en',
  });
  await world.db.query(`alter table supporters drop constraint nobody`);
  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toMatch(/constraint|Pacific|at \w+ \(/);
  const line = world.log.split('\n').find((text) => text.includes('"constraint":"nobody"'));
  expect(JSON.parse(line!)).toMatchObject({ level: 50, route: '/c/:campaign/:coalition', code: '23514' });
  expect(line).not.toMatch(/stumbles|Pacific|Failing row/);
});
