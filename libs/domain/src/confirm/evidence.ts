/** What supports `filed`, weakest first. It only ever goes up: "not found" means not posted yet. */
export type Evidence = 'said' | 'tracking_number' | 'seen_on_docket';

export const evidenceOrder: readonly Evidence[] = ['said', 'tracking_number', 'seen_on_docket'];

export function strongerEvidence(a: Evidence, b: Evidence): Evidence {
  return evidenceOrder.indexOf(a) >= evidenceOrder.indexOf(b) ? a : b;
}

/**
 * A regulations.gov comment's tracking number, `l2z-02tq-bsbu`, out of what was pasted; null when it isn't one. Trimmed and lower-cased, with any
 * dash or space between its groups. A docket's id (`BLS-2024-0001`) has the same shape and is what people paste by mistake: it is none. (FACTS §2; the shape is
 * inferred from those seen.)
 */
export function parseTrackingNumber(text: string): string | null {
  const number = text
    .trim()
    .toLowerCase()
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/^(comment )?(tracking (number|no\.?|#))\s*:?\s*/, '')
    .replace(/\s*-\s*|\s+/g, '-');
  if (/^[a-z]{3}-(19|20)\d\d-\d{4}$/.test(number)) return null;
  return /^[0-9a-z]{3}-[0-9a-z]{4}-[0-9a-z]{4}$/.test(number) ? number : null;
}

/** One spelling for all that people read alike: a zero and an O, a one, an I and an L. Two numbers of which it is the same are one. */
export const alikeTrackingNumber = (number: string): string =>
  number.replaceAll('o', '0').replaceAll(/[il]/g, '1');
