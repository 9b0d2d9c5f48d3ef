/** Fewer words in a row than this, people share by chance. */
const run = 5;

/** From this share on a comment is likely to be read as a copy. */
export const tooLike = 0.3;

/**
 * How much of a draft is the sample's: the share (0 to 1) of its words that belong to five or more in a row which stand in the sample
 * too. Case, accents and punctuation make no difference; what is the writer's own, between or around such runs, lowers it.
 */
export function likenessTo(sample: string, draft: string): number {
  const theirs = wordsOf(sample);
  const own = wordsOf(draft);
  const runs = new Set(runsOf(theirs));
  const shared = new Set<number>();
  runsOf(own).forEach((words, start) => {
    if (!runs.has(words)) return;
    for (let word = start; word < start + run; word++) shared.add(word);
  });
  return own.length === 0 ? 0 : shared.size / own.length;
}

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

const runsOf = (words: string[]): string[] =>
  words.slice(run - 1).map((_, start) => words.slice(start, start + run).join(' '));
