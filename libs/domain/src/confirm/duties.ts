/** The form's box for duties is small; how small is not known for sure (FACTS §4). */
export const dutiesRoom = 60;

/**
 * One phrase of the duties that somebody ticked, in the order of their list, whichever was ticked first. A duty that finds no room any
 * more is left out whole; a shorter one after it may still fit.
 * @returns the phrase, 60 characters at most, and what found no room
 */
export function dutiesPhrase(ticked: readonly string[]): { phrase: string; left: string[] } {
  let phrase = '';
  const left: string[] = [];
  for (const duty of ticked) {
    const longer = phrase ? `${phrase}, ${duty}` : duty.charAt(0).toUpperCase() + duty.slice(1);
    if (lengthOf(longer) <= dutiesRoom) phrase = longer;
    else left.push(duty);
  }
  return { phrase, left };
}

/** In characters, as somebody counts them who writes one into each box. */
export const lengthOf = (text: string): number => [...text].length;
