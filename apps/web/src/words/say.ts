import { sayMoment, sayZone } from '#domain';
import type { Language } from './language.js';

const locale = { en: 'en-US', es: 'es-US' } as const;

export const sayNumber = (n: number, language: Language) => n.toLocaleString(locale[language]);

/** Of a rate between 0 and 1: "44%"; a dash where there is none. */
export const sayRate = (rate: number | null, language: Language) =>
  rate?.toLocaleString(locale[language], { style: 'percent', maximumFractionDigits: 0 }) ?? '–';

/** For an axis: "12.5K", "Mar 15". */
export const sayShortNumber = (n: number, language: Language) =>
  n.toLocaleString(locale[language], { notation: 'compact', maximumFractionDigits: 1 });
export const sayShortDay = (at: Date, zone: string, language: Language) =>
  at.toLocaleDateString(locale[language], { month: 'short', day: 'numeric', timeZone: zone });

const steps = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How far a moment is from now: "in 12 days", "3 hours ago". */
export function sayDistance(instant: Date, now: Date, language: Language): string {
  const ms = instant.getTime() - now.getTime();
  const [unit, size] =
    steps.find(([, size]) => Math.abs(ms) >= size * (size > 3_600_000 ? 2 : 1)) ?? steps[2];
  return new Intl.RelativeTimeFormat(locale[language], { numeric: 'auto' }).format(
    Math.round(ms / size),
    unit,
  );
}

/** How long something takes, in the largest unit of which there are two: "25 hours", "3 days". */
export function sayDuration(seconds: number, language: Language): string {
  const [unit, size] = steps.find(([, size]) => seconds * 1_000 >= 2 * size) ?? steps[2];
  const n = Math.max(1, Math.round((seconds * 1_000) / size));
  return n.toLocaleString(locale[language], { style: 'unit', unit, unitDisplay: 'long' });
}

/** The zone that the browser is in. */
export const myZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

export { sayMoment, sayZone };
