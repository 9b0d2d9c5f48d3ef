import { checkLockScreen, lockScreenOfEmail, lockScreenOfSms } from './lock-screen.js';
import { sampleValues } from './sample-values.js';
import { emailKinds, replies, replySms, smsKinds, systemEmail, systemSms } from './system.js';
import { languages } from './words/languages.js';
import type { Language } from './words/languages.js';
import { messagesIn } from './words/messages.js';
import { sameWords } from './same-words.js';

const spoken = Object.keys(languages) as Language[];
const cases = spoken.flatMap((language) => emailKinds.map((kind) => [kind, language] as const));
const texts = spoken.flatMap((language) => [
  ...smsKinds.map((kind) => [kind, language, systemSms(kind, language)] as const),
  ...replies.map((reply) => [reply, language, replySms(reply, language)] as const),
]);

describe('our own mails', () => {
  it.each(cases)('%s (%s) is calm, complete and safe on a lock screen', (kind, language) => {
    const values = sampleValues(language);
    const filled = systemEmail(kind, language).fill(values);
    const avoid = messagesIn(language).avoidWords;
    expect(checkLockScreen(lockScreenOfEmail(filled, values.shortName), avoid)).toEqual([]);
    expect(filled.text).not.toMatch(/[!¡]|[{}]/);
    expect(filled.text).toContain(values.stopUrl);
    expect(filled.text).toContain(values.postalAddress);
    expect(sameWords(filled.html)).toEqual(sameWords(filled.text));
    expect(systemEmail(kind, 'es').fields.toSorted()).toEqual(systemEmail(kind, 'en').fields.toSorted());
  });

  it.each(['welcome', 'nudge'] as const)(
    '%s carries everything one needs, and nothing that was typed',
    (kind) => {
      for (const language of spoken) {
        const compiled = systemEmail(kind, language);
        expect(compiled.fields).not.toContain('name');
        for (const field of ['deed', 'deadline', 'guideUrl', 'doneUrl', 'optInUrl', 'stopUrl'])
          expect(compiled.fields).toContain(field);
        expect(compiled.fill({ ...sampleValues(language), deadline: '' }).text).not.toMatch(/By |Hasta el /);
      }
    },
  );
});

/** Paid for by the segment, so that a longer wording is seen here before it is seen on a bill. */
const oneSegment = ['alreadyDone', 'data', 'done', 'ended', 'other', 'started', 'stopped', 'whichOne'];
const twoSegments = ['last_call', 'moved', 'opened', 'optedIn', 'sms_optin', 'snooze'];
const listed = {
  en: { one: [...oneSegment, 'help'], two: twoSegments },
  es: { one: oneSegment, two: [...twoSegments, 'help'] },
};

describe('our own texts', () => {
  it.each(spoken)('take as many segments in %s as listed, also in a later round', (language) => {
    const values = { ...sampleValues(language), extended: 'yes' };
    const taking = (segments: number) =>
      texts.flatMap(([kind, spokenIn, compiled]) =>
        spokenIn === language && compiled.fill(values).segments === segments ? [kind as string] : [],
      );
    expect(taking(1).sort()).toEqual(listed[language].one.toSorted());
    expect(taking(2).sort()).toEqual(listed[language].two.toSorted());
    expect(taking(1).length + taking(2).length).toBe(smsKinds.length + replies.length);
  });

  it.each(texts)('%s (%s) fits two segments of the cheap alphabet', (_, language, compiled) => {
    const { body, segments, encoding } = compiled.fill(sampleValues(language));
    expect({ body, segments, encoding }).toEqual({
      body,
      segments: segments > 1 ? 2 : 1,
      encoding: 'GSM-7',
    });
    expect(body).not.toMatch(/[!¡{}]/);
    expect(checkLockScreen(lockScreenOfSms(body), messagesIn(language).avoidWords)).toEqual([]);
  });

  it('asks the YES question with every disclosure and no link', () => {
    for (const language of spoken) {
      const sms = systemSms('sms_optin', language);
      expect(sms.fields).not.toContain('name');
      const { body } = sms.fill(sampleValues(language));
      expect(body).toMatch(/STOP.*HELP/);
      expect(body).toMatch(/YES|SI/);
      expect(body).toMatch(/Msg & data rates may apply|Puede haber cargos/);
      expect(body).not.toMatch(/http/);
    }
  });
});
