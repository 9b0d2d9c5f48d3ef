import { setNow } from '../../../../test/support/clock.js';
import { type TestCampaign, useApi } from '../../../../test/support/use-api.js';
import type { RehearsalAnswer } from './rehearsal.schema.js';

const drumbeat = useApi();
let campaign: TestCampaign;

beforeAll(async () => {
  await setNow(drumbeat.db, new Date('2027-03-01T12:00-05:00'));
  campaign = await drumbeat.aCampaign({
    deadlineAt: '2027-03-15T23:59:59-04:00',
    deadlineZone: 'America/New_York',
    ladder: [
      {
        id: 'three-days',
        name: 'Three days left',
        daysBefore: 3,
        at: '10:00',
        channels: ['email', 'sms'],
        messages: {
          en: {
            subject: 'Hello {{ name | default: "neighbor" }}',
            email: 'By {{ deadline }}, **please**.',
            sms: 'By {{ deadlineShort }}. Reply STOP to stop',
          },
        },
      },
      { id: 'night', hoursBefore: 1, channels: ['sms'] },
      { id: 'after', daysAfter: 1, at: '10:00', channels: ['email'] },
    ],
  });
});

const ask = async (query: Record<string, string>) => {
  const answer = await drumbeat.call(
    'GET',
    `/api/v1/campaigns/${campaign.id}/rehearsal?${new URLSearchParams(query)}`,
  );
  return { status: answer.statusCode, body: answer.json<RehearsalAnswer & { errors: { path: string }[] }>() };
};
const plan = ({ items }: RehearsalAnswer) =>
  items.map(({ rungId, channel, at, skipped }) => `${rungId} ${channel} ${at?.slice(0, 16) ?? skipped}`);

describe('a rehearsal', () => {
  it('says every touch of a person, when, and why one is left out', async () => {
    const { body } = await ask({ zip: '10001' });
    expect(plan(body)).toEqual([
      'three-days email 2027-03-12T15:00',
      'three-days sms 2027-03-12T15:00',
      'night sms 2027-03-15T21:00',
      'after email 2027-03-16T14:00',
    ]);
    const { body: late } = await ask({ zip: '10001', signedUpAt: '2027-03-15T18:00:00-04:00' });
    expect(plan(late).toSorted()).toEqual([
      'after email 2027-03-16T14:00',
      'last_call email 2027-03-16T00:00',
      'last_call sms too_late',
      'night sms before_signup',
      'three-days email before_signup',
      'three-days sms before_signup',
    ]);
  });

  it('keeps to the person’s own zone, state and language', async () => {
    const [honolulu, texas] = [
      await ask({ zip: '96813' }),
      await ask({ zone: 'America/Chicago', state: 'TX' }),
    ];
    expect([honolulu.body.zone, honolulu.body.smsWindow]).toEqual(['Pacific/Honolulu', 'HI']);
    expect(plan(honolulu.body)[0]).toBe('three-days email 2027-03-12T20:00');
    expect(texas.body.smsWindow).toBe('TX');
    const spanish = await ask({ zip: '10001', language: 'es', name: 'Ana' });
    expect(spanish.body.items[0]!.text).toMatch(/Eastern|hora del Este/);
    expect(spanish.body.items[0]!.subject).toBe('Hello Ana');
  });

  it('has the words, the parts of a text and both clocks', async () => {
    const [email, sms] = (await ask({ zip: '90012' })).body.items;
    expect(email).toMatchObject({ subject: 'Hello neighbor', segments: null, costCents: null });
    expect(email!.html).toContain('<strong>please</strong>');
    expect(email!.text).toContain('8:59 pm Pacific');
    expect(email!.local).toBe('Friday, March 12, 10 am Pacific');
    expect(email!.eastern).toBe('Friday, March 12, 1 pm Eastern');
    expect(sms).toMatchObject({ subject: null, html: null, segments: 1, costCents: 1 });
  });

  it.each([
    [{ zone: 'Mars/Olympus' }, 'zone'],
    [{ zip: '00000' }, 'zip'],
    [{ state: 'Texas' }, 'state'],
    [{ state: 'ZZ' }, 'state'],
    [{ channels: 'fax' }, 'channels'],
    [{ signedUpAt: 'yesterday' }, 'signedUpAt'],
    [{ language: 'fr' }, 'language'],
  ])('refuses %j by name', async (query, path) => {
    const { status, body } = await ask(query);
    expect(status).toBe(400);
    expect(body.errors.map((error) => error.path)).toEqual([expect.stringContaining(path)]);
  });

  it('says which states there are', async () => {
    const { body } = await ask({ state: 'ZZ' });
    expect(body.errors).toEqual([
      { path: 'state', message: expect.stringMatching(/one of AK, AL, .*, PR, .*, WY$/) as string },
    ]);
  });

  it('changes nothing', async () => {
    const before = await drumbeat.rows();
    await ask({ zip: '10001' });
    expect(await drumbeat.rows()).toEqual({ ...before, api_keys: expect.anything() as string });
  });
});

describe('"Send me the rehearsal"', () => {
  it('puts every message into the organizer’s own mailbox and phone, marked and numbered', async () => {
    const answer = await drumbeat.call('POST', `/api/v1/campaigns/${campaign.id}/rehearsal`, {
      to: { email: 'olga@example.org', phone: '503 555 0100' },
      person: { zip: '10001' },
    });
    expect([answer.statusCode, answer.json()]).toEqual([202, { messages: 4 }]);
    const notices = await drumbeat.all<{ channel: string; contact: string; body: string }>(
      `select channel, contact, body from notices where kind = 'rehearsal' order by id`,
    );
    expect(notices.map(({ channel }) => channel)).toEqual(['email', 'sms', 'sms', 'email']);
    const bodies = notices.map(({ body }) => drumbeat.keys.open('notice', body));
    expect(bodies[0]).toContain('[Rehearsal 1/4] Hello neighbor');
    expect(bodies[2]).toContain('[Rehearsal 3/4]');
    expect(await drumbeat.one(`select count(*)::int as n from reminders`)).toEqual({ n: 0 });
    expect(await drumbeat.one(`select detail from audit where action = 'rehearsal.sent'`)).toEqual({
      detail: { messages: 4 },
    });
  });

  it('texts no phone that said STOP, and floods nobody', async () => {
    const send = (to: object) =>
      drumbeat.call('POST', `/api/v1/campaigns/${campaign.id}/rehearsal`, { to, person: { zip: '10001' } });
    await drumbeat.db.query(
      `insert into suppressions (contact_key, channel, reason, source) values ($1, 'sms', 'stop', 'text')`,
      [drumbeat.keys.contactKey('+15035550107')],
    );
    expect((await send({ phone: '503 555 0107' })).json()).toMatchObject({ code: 'phone_stopped' });
    const answers: number[] = [];
    for (let n = 0; n < 6; n++) answers.push((await send({ email: 'oskar@example.org' })).statusCode);
    expect(answers).toEqual([202, 202, 202, 202, 202, 429]);
  });

  it('needs somewhere to go, and something to say', async () => {
    const before = await drumbeat.rows();
    const nobody = await drumbeat.call('POST', `/api/v1/campaigns/${campaign.id}/rehearsal`, {
      to: { email: 'olga@', phone: '12' },
      person: { state: 'ZZ' },
    });
    expect([nobody.statusCode, await drumbeat.rows()]).toEqual([
      400,
      { ...before, api_keys: expect.anything() as string },
    ]);
    expect(
      nobody
        .json<{ errors: { path: string }[] }>()
        .errors.map(({ path }) => path)
        .sort(),
    ).toEqual(['person.state', 'to.email', 'to.phone']);
    const nowhere = await drumbeat.call('POST', `/api/v1/campaigns/${campaign.id}/rehearsal`, { to: {} });
    expect(nowhere.statusCode).toBe(400);
    const draft = await drumbeat.call('POST', '/api/v1/campaigns', { title: 'No date yet', kind: 'custom' });
    const nothing = await drumbeat.call(
      'POST',
      `/api/v1/campaigns/${draft.json<{ id: string }>().id}/rehearsal`,
      {
        to: { email: 'olga@example.org' },
      },
    );
    expect([nothing.statusCode, nothing.json()]).toEqual([
      409,
      expect.objectContaining({ code: 'nothing_to_rehearse' }),
    ]);
  });
});
