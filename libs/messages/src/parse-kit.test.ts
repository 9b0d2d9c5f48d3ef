import { readFileSync } from 'node:fs';
import { kitNames, readKit } from './kits.js';
import { parseKit } from './parse-kit.js';
import { writeKit } from './write-kit.js';

const file = (name: string) => readFileSync(new URL(`../kits/${name}.yaml`, import.meta.url), 'utf8');
const custom = file('custom');
/** Of the first line that holds the words, from 1. */
const lineOf = (text: string, words: string) =>
  text.split('\n').findIndex((line) => line.includes(words)) + 1;
const faultsOf = (text: string) => {
  const read = parseKit(text);
  return 'faults' in read ? read.faults : [];
};

describe.each(kitNames)('the kit %s', (name) => {
  it('comes back from its file as it was', () => {
    const kit = readKit(name);
    expect(parseKit(file(name))).toEqual({ kit });
    expect(parseKit(writeKit(kit))).toEqual({ kit });
  });
});

describe('a file', () => {
  it('is told where it is no YAML', () => {
    const broken = custom.replace('ladder:', 'ladder: [');
    expect(faultsOf(broken)[0]!.line).toBeGreaterThanOrEqual(lineOf(broken, 'ladder: ['));
  });

  it.each([
    ['kind: custom', 'kind: customary', 'kind'],
    ['daysBefore: 7', 'daysBefore: -7', 'ladder.0.daysBefore'],
  ])('is told where "%s" is "%s"', (right, wrong, path) => {
    const text = custom.replace(right, wrong);
    expect(faultsOf(text)).toMatchObject([{ line: lineOf(text, wrong), path }]);
  });

  it('is told of what is missing where it is missing', () => {
    const text = custom.replace(/^ {4}doneLabel:.*$/m, '');
    expect(faultsOf(text)).toMatchObject([
      { path: 'languages.en.doneLabel', line: lineOf(text, '  en:') + 1 },
    ]);
  });

  it('is told the very line of a message', () => {
    const text = custom.replace(/^( {8}email: \|\n)( {10}).*\n/m, '$1$2Hello\n$2\n$2{{ nobody }}\n');
    expect(faultsOf(text)).toMatchObject([
      { line: lineOf(text, '{{ nobody }}'), words: expect.stringContaining('nobody') as string },
    ]);
  });

  it('of a newer version is not guessed at', () => {
    expect(faultsOf(custom.replace('kit: 1', 'kit: 2'))).toEqual([
      {
        line: lineOf(custom, 'kit: 1'),
        column: expect.any(Number) as number,
        path: 'kit',
        words: expect.stringContaining('version 2') as string,
      },
    ]);
  });

  it.each([
    ['a script', 'summary: <script>alert(1)</script>'],
    ['a tag that makes something', 'summary: !!js/function "alert(1)"'],
  ])('with %s makes nothing of it', (_, line) => {
    const read = parseKit(custom.replace(/^ {4}summary: >-\n(?: {6}.*\n)+/m, `    ${line}\n`));
    expect('kit' in read ? typeof read.kit.languages.en!.summary : read.faults.length).not.toBe(0);
  });

  it('that grows when it is read is refused', () => {
    expect(faultsOf('a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\nkit: 1\n')).toEqual([
      { line: 1, column: 1, path: '', words: expect.stringContaining('alias') as string },
    ]);
  });

  it('that is none says so', () => {
    for (const text of ['', '42', 'Dear all', '[]']) expect(faultsOf(text)).not.toEqual([]);
  });
});
