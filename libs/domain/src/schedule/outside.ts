/** Reads what comes from outside, whatever it is: nothing throws, and what is not as it should be is not there. */
export const fields = (value: unknown) =>
  (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
export const textIn = (value: unknown) =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
export const textsIn = (value: unknown) =>
  Array.isArray(value) ? value.flatMap((each) => textIn(each) ?? []) : [];
export function instantIn(value: unknown): Date | null {
  const instant = typeof value === 'string' ? new Date(value) : null;
  return instant && !Number.isNaN(instant.getTime()) ? instant : null;
}
/** A date of the calendar, `2027-03-15`. */
export function dateIn(value: unknown): string | null {
  const date = textIn(value)?.slice(0, 10) ?? '';
  const instant = /^\d{4}-\d\d-\d\d$/.test(date) ? instantIn(`${date}T00:00:00Z`) : null;
  return instant?.toISOString().startsWith(date) ? date : null;
}
