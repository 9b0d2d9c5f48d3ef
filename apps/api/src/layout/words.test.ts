import { english, spanish } from './sample-frames.js';

/** Every plain sentence of a catalog with its path. */
function sentences(words: unknown, path = ''): [string, string][] {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words !== 'object' || words === null) return [];
  return Object.entries(words).flatMap(([key, value]) => sentences(value, `${path}.${key}`));
}

// Written alike in both languages, and rightly so.
const sameInBoth = /^\.language\./;

describe('the pages’ words', () => {
  it('say in Spanish what they say in English, with other words', () => {
    const spoken = new Map(sentences(spanish.words));
    const written = sentences(english.words).filter(([path]) => !sameInBoth.test(path));
    expect([...spoken.keys()].sort()).toEqual(
      sentences(english.words)
        .map(([path]) => path)
        .sort(),
    );
    expect(written.filter(([path, text]) => spoken.get(path) === text)).toEqual([]);
  });

  it.each([english, spanish])('shout nothing ($language)', ({ words }) => {
    expect(sentences(words).filter(([, text]) => /[!¡]/.test(text))).toEqual([]);
  });
});
