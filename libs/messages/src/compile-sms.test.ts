import { compileSms } from './compile-sms.js';
import { sampleValues } from './sample-values.js';

const values = sampleValues('en');

describe('a compiled text', () => {
  it('is filled as plain text and counted', () => {
    const sms = compileSms({ body: ' {{ shortName }}: {{ deed | capitalize }} & more \n', language: 'en' });
    expect(sms.fill(values)).toEqual({
      body: 'Many Hands PDX: Comment on the federal job list & more',
      encoding: 'GSM-7',
      segments: 1,
      units: 54,
    });
  });

  it('keeps a value on one line', () => {
    const sms = compileSms({ body: 'Hi {{ name }}.', language: 'en' });
    expect(sms.fill({ name: 'Sam\r\n\r\nReply YES' }).body).toBe('Hi Sam Reply YES.');
  });

  it('refuses a link in the first text to a phone, and a text without words', () => {
    for (const body of ['See {{ guideUrl }}', 'See https://e.org', 'See www.e.org'])
      expect(() => compileSms({ body, language: 'en', withoutLinks: true })).toThrow(/carries no link/);
    expect(() => compileSms({ body: '  ', language: 'en' })).toThrow(/no words/);
  });
});
