import type { Notice } from './notice.js';

const small = new Set(['a', 'and', 'for', 'of', 'on', 'the', 'u', 's', 'us']);
const wordsOf = (text: string) =>
  text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !small.has(word));

/**
 * Whether a notice may be what a campaign waits for: it is this agency's (its name in any order, "Bureau of Labor Statistics" or
 * "Labor Statistics Bureau", or the letters its dockets begin with) and comments on it close today or later (`today` in Eastern).
 */
export function isCandidate(notice: Notice, agency: string, today: string): boolean {
  const wanted = wordsOf(agency);
  const named = notice.agencies.some((name) => {
    const words = new Set(wordsOf(name));
    return wanted.length > 0 && wanted.every((word) => words.has(word));
  });
  const letters = `${agency.trim().toUpperCase()}-`;
  const ids = [...notice.docketIds, notice.documentId ?? ''];
  return (
    (named || ids.some((id) => id.toUpperCase().startsWith(letters))) &&
    notice.closesOn.some((date) => date >= today)
  );
}
