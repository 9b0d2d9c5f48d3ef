import { faults } from '#domain';
import { type TestCampaign, useApi } from '../../../../test/support/use-api.js';

const drumbeat = useApi();
let campaign: TestCampaign;
beforeAll(async () => {
  campaign = await drumbeat.aCampaign();
});

const email = (words: object) => ({ en: { subject: 'Soon', email: 'Write by {{ deadline }}.', ...words } });
const rung = (more: object) => ({ id: 'one', channels: ['email'], daysBefore: 2, at: '10:00', ...more });
const rungs = (...all: object[]) => ['PUT', 'ladder', { rungs: all }] as const;
const words = (more: object) => rungs(rung({ messages: email(more) }));
const deadline = (deadlineAt: string, deadlineZone = 'America/New_York') =>
  ['PUT', 'deadline', { deadlineAt, deadlineZone }] as const;
const patch = (form: object) => ['PATCH', '', form] as const;

describe('what cannot be', () => {
  it.each([
    ['a zone that is none', deadline('2090-03-01T12:00:00Z', 'Mars/Olympus'), 422, 'deadlineZone'],
    ['a deadline in the past', deadline('2020-03-01T12:00:00Z'), 409, null],
    ['the year 9999', deadline('9999-03-01T12:00:00Z'), 422, 'deadline'],
    ['a day that no calendar has', deadline('2027-02-31T12:00:00Z'), 400, 'deadlineAt'],
    ['an empty ladder', rungs(), 422, 'rungs'],
    ['a rung after the deadline', rungs(rung({ daysBefore: 0, at: '23:59' })), 422, null],
    ['a rung before the calendar', rungs(rung({ daysBefore: -1 })), 422, 'rungs.0.daysBefore'],
    ['half an hour', rungs({ id: 'one', channels: ['email'], hoursBefore: 0.5 }), 422, 'rungs.0.hoursBefore'],
    [
      'an alert in the year 9999',
      rungs({ id: 'one', channels: ['email'], sendAt: '9999-01-01T00:00:00Z' }),
      422,
      'rungs.0.sendAt',
    ],
    ['two rungs at one moment', rungs(rung({}), rung({ id: 'two' })), 422, 'rungs.1'],
    ['one id twice', rungs(rung({}), rung({ at: '12:00' })), 422, 'rungs.1.id'],
    ['a time that is none', rungs(rung({ at: '25:00' })), 400, null],
    [
      'a window that never opens',
      patch({ smsHours: { open: '21:00', close: '08:00' } }),
      422,
      'smsHours.open',
    ],
    ['hours past the law', patch({ smsHours: { open: '06:00', close: '23:00' } }), 422, 'smsHours.open'],
    ['an unknown field', words({ email: 'Hello {{ nickname }}' }), 422, 'ladder.0.messages.en.email'],
    ['a way into the program', words({ email: '{{ constructor }}' }), 422, 'ladder.0.messages.en.email'],
    [
      'a tag that is not closed',
      words({ email: 'Hello {% if daysLeft %}' }),
      422,
      'ladder.0.messages.en.email',
    ],
    ['a line that turns around', words({ subject: 'Soon \u202Eereht' }), 422, 'ladder.0.messages.en.subject'],
    ['a shortened link', words({ email: 'See https://bit.ly/x' }), 422, 'ladder.0.messages.en.email'],
    ['a template of a megabyte', words({ email: 'x'.repeat(1_000_000) }), 413, null],
    ['a title that turns around', patch({ title: '\u202Eeltit' }), 400, 'title'],
    [
      'an official address that hides its host',
      patch({ official: { url: 'https://www.regulations.gov@evil.example/' } }),
      400,
      'official.url',
    ],
    [
      'a language that we have no words in',
      rungs(rung({ messages: { fr: { subject: 'Bientôt', email: 'Écrivez.' } } })),
      422,
      'ladder.0.messages.fr',
    ],
  ] as const)(
    '%s is refused by name, and nothing is half-written',
    async (_, [method, route, form], status, path) => {
      const before = { ...(await drumbeat.rows()), api_keys: '' };
      const answer = await drumbeat.call(
        method,
        `/api/v1/campaigns/${campaign.id}${route && `/${route}`}`,
        form,
      );
      const { errors = [] } = answer.json<{ errors?: { path: string; message: string; code: string }[] }>();
      expect([answer.statusCode, answer.body]).toEqual([status, expect.any(String)]);
      if (path !== null)
        expect(errors.map((error) => error.path)).toContainEqual(expect.stringContaining(path));
      for (const { message, code } of errors) {
        expect(message.length).toBeGreaterThan(10);
        expect(faults).toHaveProperty(code);
      }
      expect({ ...(await drumbeat.rows()), api_keys: '' }).toEqual(before);
    },
  );
});
