import { readdirSync } from 'node:fs';
import { FilledBy } from '../liquid.js';
import { languages } from './languages.js';
import type { Language } from './languages.js';
import { messagesIn } from './messages.js';
import { pageWords } from './pages.js';
import { reportWords } from './report.js';
import { shareWords } from './share.js';
import { currentWordings, sayWording } from './wordings.js';

const spoken = Object.keys(languages) as Language[];
const folder = (name: string) => readdirSync(new URL(name, import.meta.url)).sort();

type Leaf = { path: string; value: string | ((...values: never[]) => unknown) };
function leaves(words: unknown, path = ''): Leaf[] {
  if (typeof words === 'string' || typeof words === 'function') return [{ path, value: words as never }];
  return Object.entries(words as object).flatMap(([key, value]) => leaves(value, `${path}.${key}`));
}
const fieldsOf = (text: string) => [...new FilledBy(text, 'plain').fields].sort();
const catalogs = {
  messages: (language: Language) => {
    const { avoidWords: _, ...words } = messagesIn(language); // each language has its own list
    return leaves(words);
  },
  pages: (language: Language) => leaves(pageWords(language)),
  report: (language: Language) => leaves(reportWords(language)),
  share: (language: Language) => leaves(shareWords(language)),
  wordings: (language: Language) =>
    Object.values(currentWordings).map((key) => ({
      path: key,
      value: sayWording(key, language, {
        campaign: '{{ campaign }}',
        coalition: '{{ coalition }}',
        shortName: '{{ shortName }}',
        deed: '{{ deed }}',
      }),
    })),
};

describe('the words of every language', () => {
  it('are files of the same names: a language more is a folder more', () => {
    const folders = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(folders.sort()).toEqual([...spoken].sort());
    for (const language of spoken) expect(folder(language)).toEqual(folder('en'));
  });

  describe.each(Object.entries(catalogs))('in %s', (_, catalog) => {
    const english = catalog('en');

    it.each(spoken)('are all there in %s, with the same parameters, and none is empty', (language) => {
      const words = catalog(language);
      expect(words.map(({ path }) => path).sort()).toEqual(english.map(({ path }) => path).sort());
      const byPath = new Map(words.map(({ path, value }) => [path, value]));
      for (const { path, value } of english) {
        const twin = byPath.get(path)!;
        expect([path, typeof twin]).toEqual([path, typeof value]);
        if (typeof twin === 'string') {
          expect([path, twin.trim()]).not.toEqual([path, '']);
          expect([path, fieldsOf(twin)]).toEqual([path, fieldsOf(value as string)]);
        }
        if (typeof twin === 'function') expect([path, twin.length]).toEqual([path, value.length]);
      }
    });
  });
});
