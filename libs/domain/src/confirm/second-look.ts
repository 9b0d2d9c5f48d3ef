import type { Found } from './refused.js';
import { givenNames, ordinaryWords, placeWords, titles } from './second-look-words.js';

/** Something by which a person might be known, and what it looks like. */
export type Remark = Found & { kind: 'name' | 'date' | 'place' | 'contact' };

const month =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?' +
  '|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)';
const day = '(?:3[01]|[12]\\d|0?[1-9])(?!\\d)';
const street =
  '(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Ln|Court|Ct|Place|Pl|Way|Terrace|Parkway|Pkwy)';

/** What has a form of its own, the more telling first. A year alone tells on nobody, and neither does "24/7". */
const forms: [Remark['kind'], RegExp][] = [
  ['contact', /[\w.%+-]+@[\w-]+(?:\.[\w-]+)+/g],
  ['contact', /(?<![\d-])(?:\+?1[-. ]?)?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?!\d)/g],
  ['date', /(?<!\d)\d{4}-\d{1,2}-\d{1,2}(?!\d)/g],
  ['date', /(?<![\d/.-])\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})(?![\d/])/g],
  ['date', new RegExp(`\\b${month}\\.? +${day}(?:st|nd|rd|th)?(?:,? +\\d{4}\\b)?`, 'gi')],
  [
    'date',
    new RegExp(`(?<!\\d)${day}(?:st|nd|rd|th)?(?: of| de)? +${month}\\b(?:(?:,| de)? +\\d{4}\\b)?`, 'gi'),
  ],
  ['date', new RegExp(`\\b${month}\\.?,?(?: de)? +(?:19|20)\\d\\d\\b`, 'gi')],
  ['place', new RegExp(`(?<!\\d)\\d{1,5} +(?:\\p{Lu}[\\p{L}.]* +){1,3}${street}\\b\\.?`, 'gu')],
  ['place', /(?<=\p{L},? [A-Z]{2} )\d{5}(?:-\d{4})?(?!\d)/gu],
];

type Word = Found & {
  startsSentence: boolean;
  /** Only spaces part it from the word before. */
  joined: boolean;
};

/**
 * What a writer should look at again before a draft becomes public: names, dates, places and ways to reach somebody, by their look
 * alone. It finds too much rather than too little. States and years are too large to tell on anybody and are left alone.
 * @param known words that the campaign itself uses, which are nobody's name
 */
export function findTelling(draft: string, known = ''): Remark[] {
  const found: Remark[] = [];
  const add = (remark: Remark) => {
    const [from, to] = [remark.index, remark.index + remark.text.length];
    if (found.every(({ index, text }) => to <= index || index + text.length <= from)) found.push(remark);
  };
  for (const [kind, form] of forms)
    for (const { index, 0: text } of draft.matchAll(form)) add({ kind, index, text });
  named(draft, new Set(wordsOf(known).map(({ text }) => lower(text)))).forEach(add);
  return found.sort((one, other) => one.index - other.index);
}

/** Given names, however they are written; and stretches of capitalised words that are not all ordinary. */
function named(draft: string, known: Set<string>): Remark[] {
  const words = wordsOf(draft);
  const isOrdinary = ({ text }: Word) =>
    !givenNames.has(lower(text)) &&
    (/^(\p{Lu}{2,}|\p{Lu})$/u.test(text) ||
      [ordinaryWords, titles, known].some((ordinary) => ordinary.has(lower(text))));
  return stretchesOf(words).flatMap(({ from, to }): Remark[] => {
    const stretch = words.slice(from, to);
    const isPlaceName = stretch.some(({ text }) => placeWords.has(lower(text)));
    const first = stretch.findIndex((word) => !isOrdinary(word));
    if (first < 0) return [];
    const last = stretch.findLastIndex((word) => isPlaceName || !isOrdinary(word));
    const kept = stretch.slice(isPlaceName && !stretch[0]!.startsSentence ? 0 : first, last + 1);
    const [start, end] = [kept[0]!, kept.at(-1)!];
    const isTitled = titles.has(lower(words[words.indexOf(start) - 1]?.text ?? ''));
    const isName = isTitled || kept.some(({ text }) => givenNames.has(lower(text)));
    // Whatever starts a sentence has a capital.
    if (kept.length === 1 && start.startsSentence && !isName) return [];
    const before = /(\p{L}+)(?: +(?:the|la|el))? +$/u.exec(draft.slice(0, start.index))?.[1] ?? '';
    const isPlace = isPlaceName || (!isName && placeBefore.has(lower(before)));
    return [
      {
        kind: isPlace ? 'place' : 'name',
        index: start.index,
        text: draft.slice(start.index, end.index + end.text.length),
      },
    ];
  });
}

const placeBefore = new Set(['in', 'at', 'near', 'from', 'en', 'desde']);

/** Words side by side that have a capital or are given names, by their positions. */
function stretchesOf(words: Word[]): { from: number; to: number }[] {
  const stretches: { from: number; to: number }[] = [];
  words.forEach(({ text, joined }, position) => {
    if (!/^\p{Lu}/u.test(text) && !givenNames.has(lower(text))) return;
    const last = stretches.at(-1);
    if (last?.to === position && joined) last.to++;
    else stretches.push({ from: position, to: position + 1 });
  });
  return stretches;
}

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const { index, 0: written } of text.matchAll(/\p{L}[\p{L}\p{M}’'-]*/gu)) {
    const before = words.at(-1);
    const between = before ? text.slice(before.index + before.text.length, index) : '\n';
    // "Dr. Smith" and "J. Smith" end no sentence.
    const isShort = before && (titles.has(lower(before.text)) || /^\p{Lu}$/u.test(before.text));
    words.push({
      index,
      text: written.replace(/['’-]s?$/, ''),
      startsSentence: /[!?:;¿¡\n"“(•]/.test(between) || (between.includes('.') && !isShort),
      joined: /^['’]?s? +$/.test(between),
    });
  }
  return words;
}

const lower = (word: string) => word.toLowerCase();
