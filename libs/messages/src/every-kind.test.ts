import { avoid, letterFaults, segmentsOf, textFaults } from '../../../test/support/letter-check.js';
import { composeEmail } from './compose-email.js';
import { countSegments } from './count-segments.js';
import { sampleValues } from './sample-values.js';
import { emailKinds, replies, replySms, smsKinds, systemEmail, systemSms } from './system.js';
import type { Language } from './words/languages.js';

describe.each<Language>(['en', 'es'])('what the product writes itself, in %s', (language) => {
  const values = sampleValues(language);

  it.each(emailKinds)('make a sound letter: %s', async (kind) => {
    const stop = new URL(values.stopUrl);
    const { raw } = composeEmail(systemEmail(kind, language).fill(values), {
      from: { name: 'Many Hands', address: 'reminders@drumbeat.example' },
      replyTo: 'hello@many-hands.example.org',
      to: 'sam@example.net',
      messageId: '<1@drumbeat.example>',
      listUnsubscribeUrl: stop.href,
      listUnsubscribe: true,
      language,
      date: new Date('2027-03-08T15:00:00Z'),
    });
    expect(await letterFaults(raw, { ours: stop.origin, personal: [], avoid })).toEqual([]);
  });

  it.each([...smsKinds, ...replies])('make a sound text: %s', (kind) => {
    const compiled = smsKinds.includes(kind as never)
      ? systemSms(kind as (typeof smsKinds)[number], language)
      : replySms(kind as (typeof replies)[number], language);
    const { body } = compiled.fill(values);
    const { origin } = new URL(values.stopUrl);
    const first = kind === 'sms_optin';
    expect(textFaults(body, { ours: origin, personal: [], avoid, language, first })).toEqual([]);
    expect(countSegments(body)).toMatchObject(segmentsOf(body));
  });
});
