import { currentWordings, isWordingKey, sayWording, splitWordingKey } from './wordings.js';
import { languages } from './languages.js';
import type { Language } from './languages.js';
import { sampleValues } from '../sample-values.js';

describe('the words of a consent', () => {
  it('are said in full, with the names in them, in every language', () => {
    for (const language of Object.keys(languages) as Language[])
      for (const key of Object.values(currentWordings)) {
        const words = sayWording(key, language, sampleValues(language));
        expect(words).not.toMatch(/[{}]/);
        expect(words.length).toBeGreaterThan(20);
      }
    expect(sayWording('visible@1', 'en', { coalition: 'Many Hands' })).toMatch(/^The leaders of Many Hands/);
  });

  it('are known by id and version', () => {
    expect(splitWordingKey('email-optin@1')).toEqual({ id: 'email-optin', version: 1 });
    expect(isWordingKey('email-optin@1')).toBe(true);
    expect(isWordingKey('email-optin@0')).toBe(false);
  });
});
