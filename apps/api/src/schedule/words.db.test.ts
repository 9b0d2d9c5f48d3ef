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

  it('keep off lock screens what is to be avoided from now on, before that is saved', async () => {
    const body = 'Your parade is on Monday. STOP';
    expect((await look({ channel: 'sms', body })).problems).toEqual([]);
    const { problems } = await look({ channel: 'sms', body, avoidWords: ['parade'] });
    expect(problems).toMatchObject([{ code: 'lock_screen', values: { word: 'parade' } }]);
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

describe('a ladder with its hours for texts and its words to avoid', () => {
  const change = async (more: object) => {
    const { id } = await drumbeat.aCampaign({
      avoidWords: ['peer'],
      smsHours: { open: '09:00', close: '19:00' },
    });
    const sms = 'Peer workers: the parade is on Monday. STOP';
    const rung = { id: 'one', daysBefore: 2, at: '10:00', channels: ['sms'], messages: { en: { sms } } };
    const answer = await drumbeat.call('PUT', `/api/v1/campaigns/${id}/ladder`, { rungs: [rung], ...more });
    const campaign = (await drumbeat.call('GET', `/api/v1/campaigns/${id}`)).json();
    return { answer, campaign };
  };

  it('is saved as one: a word that it has may stay when it is no longer avoided', async () => {
    const { answer, campaign } = await change({ avoidWords: ['march'], smsHours: null });
    expect([answer.statusCode, campaign]).toEqual([
      200,
      expect.objectContaining({ avoidWords: ['march'], smsHours: null }),
    ]);
    const [line] = await drumbeat.all(
      `select detail from audit where action = 'ladder.changed' order by id desc limit 1`,
    );
    expect(line).toMatchObject({ detail: { fields: ['ladder', 'smsHours', 'avoidWords'] } });
  });

  it.each([
    [
      'a word that is avoided',
      { avoidWords: ['parade'] },
      'words',
      'ladder.0.messages.en.sms',
      'lock_screen',
    ],
    [
      'hours in the night',
      { avoidWords: [], smsHours: { open: '06:00', close: '20:00' } },
      'sms_hours',
      'smsHours.open',
      'sms_hours',
    ],
  ])('is refused whole for %s', async (_, more, code, path, fault) => {
    const { answer, campaign } = await change(more);
    expect(answer.json()).toMatchObject({ status: 422, code, errors: [{ path, code: fault }] });
    expect(campaign).toMatchObject({ avoidWords: ['peer'], smsHours: { open: '09:00', close: '19:00' } });
    expect(campaign['ladder']).toMatchObject([{ id: 'three-days' }]);
  });

  it('leaves what is not given as it is', async () => {
    const { campaign } = await change({ avoidWords: [] });
    expect(campaign).toMatchObject({ avoidWords: [], smsHours: { open: '09:00', close: '19:00' } });
  });
});

describe('the words of the guide', () => {
  type Texts = Record<string, Record<string, unknown>>;
  const texts = async (more: object): Promise<Texts> => {
    const answer = await drumbeat.call('GET', `/api/v1/campaigns/${campaign.id}`);
    const { en } = answer.json<{ texts: Texts }>().texts;
    return {
      en: { ...en, why: 'It counts.', steps: ['Open **the form**'], minutes: { from: 5, to: 15 }, ...more },
    };
  };
  const guide = async (more: object) =>
    drumbeat.call('POST', `/api/v1/campaigns/${campaign.id}/guide`, { texts: await texts(more) });

  const entry = {
    occupation: 'Peer Support Specialist',
    duties: [{ tick: 'I lead groups', write: 'lead groups' }],
    asked: 'By **lot**.',
    ways: { paper: 'Print it.', online: 'Type it.', phone: 'Say it.' },
  };

  it('are shown as the page that people will see, and are not saved', async () => {
    const before = { ...(await drumbeat.rows()), api_keys: '' };
    const { html } = (await guide({})).json<{ html: string }>();
    expect(html).toMatch(/^<!doctype html><html lang="en">/);
    expect(html).toContain('<li><p>Open <strong>the form</strong></p></li>');
    expect({ ...(await drumbeat.rows()), api_keys: '' }).toEqual(before);
  });

  it.each([
    [{ steps: ['Fine.', 'Go [there](/elsewhere)'] }, 'texts.en.steps.1', 'link_form'],
    [{ why: 'See [us](/here)' }, 'texts.en.why', 'link_form'],
    [{ steps: [''] }, 'texts.en.steps.0', 'empty'],
    [{ steps: ['A\u200bB'] }, 'texts.en.steps.0', 'hidden'],
    [{ minutes: { from: 20, to: 10 } }, 'texts.en.minutes.to', 'minutes'],
    [{ minutes: { from: 1.5, to: 10 } }, 'texts.en.minutes.from', 'whole'],
    [{ minutes: { from: 0, to: 601 } }, 'texts.en.minutes.to', 'too_big'],
    [{ sources: [{ words: 'A study', url: 'nowhere' }] }, 'texts.en.sources.0.url', 'url'],
    [{ title: undefined }, 'texts.en.title', 'missing'],
    [{ deed: 'x'.repeat(121) }, 'texts.en.deed', 'too_long'],
    [{ need: ['A pen\nand paper'] }, 'texts.en.need.0', 'one_line'],
    [{ entry }, 'texts.en.entry', 'census_only'],
  ])('are refused by name and kind, looked at or saved: %j', async (more, path, code) => {
    const looked = await guide(more);
    const saved = await drumbeat.call('PATCH', `/api/v1/campaigns/${campaign.id}`, {
      texts: await texts(more),
    });
    for (const answer of [looked, saved]) {
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toMatchObject({ errors: [{ path, code }] });
    }
  });

  it.each([
    [{ entry: { ...entry, asked: '[here](/entry)' } }, 'entry.asked', 'link_form'],
    [
      { entry: { ...entry, ways: { ...entry.ways, phone: '[call](call)' } } },
      'entry.ways.phone',
      'link_form',
    ],
    [{ entry: { ...entry, occupation: 'x'.repeat(41) } }, 'entry.occupation', 'too_long'],
    [{ entry: { ...entry, duties: [] } }, 'entry.duties', 'too_few'],
    [{ entry: { ...entry, duties: [{ tick: 'I lead', write: '' }] } }, 'entry.duties.0.write', 'empty'],
    [{ prompts: [{ title: 'What?', help: 'Say it.' }] }, 'prompts', 'comment_only'],
  ])('are refused in a census, too: %j', async (more, path, code) => {
    const created = await drumbeat.call('POST', '/api/v1/campaigns', { kit: 'occupation-entry' });
    const { id, texts } = created.json<{ id: string; texts: Texts }>();
    const saved = await drumbeat.call('PATCH', `/api/v1/campaigns/${id}`, {
      texts: { en: { ...texts['en'], ...more } },
    });
    expect(saved.json()).toMatchObject({ errors: [{ path: `texts.en.${path}`, code }] });
  });

  it('are in a language that we have words of our own in', async () => {
    const { en } = await texts({});
    const save = async (given: object) =>
      (await drumbeat.call('PATCH', `/api/v1/campaigns/${campaign.id}`, { texts: given })).json<object>();
    expect(await save({ en, fr: en })).toMatchObject({
      errors: [{ path: 'texts.fr', code: 'language_none', values: { known: 'en, es' } }],
    });
    expect(await save({})).toMatchObject({ errors: [{ path: 'texts', code: 'needs_words' }] });
  });
});
