import type { RegisterWord } from './notice.js';
import { day, hour, minute } from './zone.js';

/** Who says when a comment period ends. */
export const sources = ['regulations_gov', 'federal_register'] as const;
export type Source = (typeof sources)[number];

const near = 2 * day;
const afterClose = 7 * day;

/**
 * Who is asked now, and when to look again (null: never more). Each source is asked once an hour, in the last two days every ten minutes, until
 * seven days after the close. With the key that everybody shares (`demo`) regulations.gov is asked hourly at most.
 * @param asked when each was asked last; null: never
 * @param restsUntil when each may be asked again, after trouble
 */
export function planPolls(input: {
  now: Date;
  /** Null: the campaign waits for its date. */
  deadline: Date | null;
  demo: boolean;
  asked: Record<Source, Date | null>;
  restsUntil: Partial<Record<Source, Date | null>>;
}): { due: Source[]; nextAt: Date | null } {
  const now = input.now.getTime();
  const deadline = input.deadline?.getTime() ?? null;
  const over = deadline === null ? Infinity : deadline + afterClose;
  if (now > over) return { due: [], nextAt: null };
  const moments = sources.map((source) => {
    const rests = input.restsUntil[source]?.getTime() ?? 0;
    const asked = input.asked[source]?.getTime();
    if (asked === undefined) return { source, at: Math.max(now, rests) };
    const often = source !== 'regulations_gov' || !input.demo;
    const soon = deadline === null || !often ? Infinity : Math.max(asked + 10 * minute, deadline - near);
    const next = deadline !== null && soon <= deadline ? Math.min(soon, asked + hour) : asked + hour;
    return { source, at: Math.max(next, rests) };
  });
  const due = moments.filter(({ at }) => at <= now).map(({ source }) => source);
  const nextAt = Math.min(...moments.map(({ at }) => at));
  return { due, nextAt: nextAt > over ? null : new Date(nextAt) };
}

/** What regulations.gov says of a document: the Eastern date of its end (null: it names none), and whether it was withdrawn. */
export type DocumentWord = { closesOn: string | null; withdrawn: boolean };

/**
 * What the two sources say together, against the date that the campaign keeps. Dates are those in Eastern, `2027-03-15`.
 * - `unknown`: nobody names a date; `agree`: whoever names one names ours; `closed`: and it has passed;
 * - `opening`: we had none; `extension`: it is later than ours; `correction`: it is earlier. `agreed`: both say so, for certain;
 * - `conflict`: they differ, or one says several: ours is kept, and these are what else is said;
 * - `withdrawn`: the agency took the document back, as either of them says.
 */
export type Finding =
  | { kind: 'unknown' | 'agree' | 'closed' | 'withdrawn' }
  | { kind: 'opening' | 'extension' | 'correction'; closesOn: string; agreed: boolean }
  | { kind: 'conflict'; closesOn: string[] };

/**
 * @param kept the campaign's own date; null: it waits for one
 * @param document what regulations.gov says; null: it was not heard
 * @param register what the Federal Register says; null: nothing, or it was not heard
 * @param today in Eastern
 */
export function weigh(
  kept: string | null,
  document: DocumentWord | null,
  register: (Pick<RegisterWord, 'certain' | 'withdrawn'> & { closesOn: readonly string[] }) | null,
  today: string,
): Finding {
  if (document?.withdrawn || register?.withdrawn) return { kind: 'withdrawn' };
  const one = document?.closesOn ?? null;
  const others = register?.closesOn ?? [];
  const said = new Set(one === null ? others : [one, ...others]);
  if (said.size === 0) return { kind: 'unknown' };
  const closesOn =
    one !== null
      ? others.length === 0 || others.includes(one)
        ? one
        : null
      : others.length === 1
        ? others[0]!
        : (others.find((date) => date === kept) ?? null);
  if (closesOn === null)
    return { kind: 'conflict', closesOn: [...said].filter((date) => date !== kept).sort() };
  if (closesOn === kept) return { kind: kept < today ? 'closed' : 'agree' };
  const agreed = one !== null && others.length === 1 && register!.certain;
  if (kept === null) return closesOn < today ? { kind: 'closed' } : { kind: 'opening', closesOn, agreed };
  return { kind: closesOn > kept ? 'extension' : 'correction', closesOn, agreed };
}

/** Only what both sources say, for certain, and only later: an earlier date or a doubtful one is a person's to decide. */
export const appliesByItself = (finding: Finding, allowed: boolean): boolean =>
  allowed && finding.kind === 'extension' && finding.agreed;

/** Whether everybody who names an end names one that has passed: such a document cannot be launched. */
export function isOver(
  document: DocumentWord | null,
  register: { closesOn: readonly string[] } | null,
  today: string,
): boolean {
  const said = [document?.closesOn ?? [], register?.closesOn ?? []].flat();
  return said.length > 0 && said.every((date) => date < today);
}
