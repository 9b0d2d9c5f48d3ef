import { type TestCampaign, useApi } from '../../../../test/support/use-api.js';
import type { WordsAnswer } from './words.schema.js';

const drumbeat = useApi({ SMS_CENTS_PER_SEGMENT: '1.2' });
let campaign: TestCampaign;
beforeAll(async () => {
  campaign = await drumbeat.aCampaign({ avoidWords: ['peer'] });
});

const look = async (form: object) => {
  const answer = await drumbeat.call('POST', `/api/v1/campaigns/${campaign.id}/words`, {
    language: 'en',
    ...form,
  });
  return { status: answer.statusCode, ...answer.json<WordsAnswer & { errors: { path: string }[] }>() };
};
const save = async (messages: object) =>
  drumbeat.call('PUT', `/api/v1/campaigns/${campaign.id}/ladder`, {
    rungs: [{ id: 'one', daysBefore: 2, at: '10:00', channels: ['sms'], messages: { en: messages } }],
  });

describe('words that are looked at before they are saved', () => {
  it('say how a text goes out, in how many segments and for how many cents', async () => {
    expect(await look({ channel: 'sms', body: 'Hi {{ name }}, file by Monday. STOP to end' })).toEqual({
      status: 200,
      channel: 'sms',
      body: 'Hi {{ name }}, file by Monday. STOP to end',
      problems: [],
      warnings: [],
      subject: null,
      html: null,
      text: expect.stringContaining('Hi Sam, file by Monday. STOP to end') as string,
      encoding: 'GSM-7',
      segments: 1,
      characters: expect.any(Number) as number,
      costCents: 1.2,
    });
  });

  it('are straightened when that is asked for, and what came back is what saving keeps', async () => {
    const body = `“It’s time” – ${'file your comment '.repeat(7)}STOP`;
    const curly = await look({ channel: 'sms', body });
    const straight = await look({ channel: 'sms', body, straighten: true });
    expect([curly.body, curly.encoding, curly.segments]).toEqual([body, 'UCS-2', expect.any(Number)]);
    expect(straight).toMatchObject({ encoding: 'GSM-7', segments: 2, costCents: 2.4, warnings: [] });
    expect(straight.body).toMatch(/^"It's time" - file/);
    expect(curly.segments).toBeGreaterThan(2);
    await save({ sms: straight.body });
    expect(
      await drumbeat.one(`select sms from rung_texts where campaign_id = $1 and rung_id = 'one'`, [
        campaign.id,
      ]),
    ).toEqual({
      sms: straight.body,
    });
  });

  it('show a mail as a person gets it', async () => {
    const answer = await look({ channel: 'email', subject: 'Hello {{ name }}', body: 'By **Monday**.' });
    expect(answer).toMatchObject({ subject: 'Hello Sam', segments: null, costCents: null, problems: [] });
    expect(answer.html).toContain('<strong>Monday</strong>');
    expect(answer.text).toContain('By Monday');
  });

  it.each([
    ['a text', { channel: 'sms', body: 'Now\nsee https://bit.ly/x' }, 'body', [2, 5]],
    ['a mail', { channel: 'email', subject: 'Dear peer', body: 'By Monday.' }, 'subject', [1, 6]],
    ['a field that is none', { channel: 'sms', body: 'Hi {{ nickname }}' }, 'body', [1, 7]],
  ] as const)('have the very problems that saving refuses, where they are: %s', async (_, form, part, at) => {
    const { status, problems } = await look(form);
    expect(status).toBe(200);
    expect(problems.map(({ part, line, column }) => [part, [line, column]])).toEqual([[part, [...at]]]);
    const refused = await save(
      form.channel === 'sms' ? { sms: form.body } : { subject: form.subject, email: form.body },
    );
    expect([refused.statusCode, refused.json<{ errors: { message: string }[] }>().errors]).toEqual([
      422,
      [expect.objectContaining({ message: expect.stringContaining(problems[0]!.message) as string })],
    ]);
  });

  it('have no figures when they cannot be filled in', async () => {
    const { text, segments, costCents } = await look({ channel: 'sms', body: 'Hi {{ nickname }}' });
    expect([text, segments, costCents]).toEqual([null, null, null]);
  });

  it.each([
    [{ channel: 'email', body: 'By Monday.' }, 'subject'],
    [{ channel: 'sms', subject: 'Hi', body: 'By Monday.' }, 'subject'],
    [{ channel: 'email', subject: 'Hi', body: 'By Monday.', straighten: true }, 'straighten'],
    [{ channel: 'sms', body: 'By Monday.', language: 'fr' }, 'language'],
    [{ channel: 'sms', body: 'By Monday.', kind: 'follow_up' }, 'kind'],
  ])('are refused by name: %j', async (form, path) => {
    const { status, errors } = await look(form);
    expect([status, errors.map((error) => error.path)]).toEqual([400, [path]]);
  });

  it('change nothing', async () => {
    const before = { ...(await drumbeat.rows()), api_keys: '' };
    await look({ channel: 'sms', body: 'By Monday. STOP to end', straighten: true });
    expect({ ...(await drumbeat.rows()), api_keys: '' }).toEqual(before);
  });
});
