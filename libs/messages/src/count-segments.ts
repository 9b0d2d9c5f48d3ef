import { placeAt } from './message-problem.js';
import { cheaperFor } from './straighten.js';

const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const extended = '\f^{}\\[~]|€';
const units = new Map<string, number>([
  ...[...basic].map((char) => [char, 1] as const),
  ...[...extended].map((char) => [char, 2] as const),
]);

export interface SegmentCount {
  encoding: 'GSM-7' | 'UCS-2';
  segments: number;
  /** Septets (GSM-7, an extension character is two) or UTF-16 code units (UCS-2). */
  units: number;
}

/**
 * What a text costs (3GPP TS 23.038 and 23.040): one segment of 160 septets or 70 UTF-16 units, or several of 153 or 67.
 * Neither an extension character nor a surrogate pair is cut in two. One character outside GSM-7 (á, an emoji, a curly
 * quote) turns the whole text into UCS-2. Note that ç, á, í, ó and ú are outside; à, é, ñ and ü are inside.
 */
export function countSegments(text: string): SegmentCount {
  const chars = [...text];
  const gsm = chars.every((char) => units.has(char));
  const sizes = chars.map((char) => (gsm ? (units.get(char) ?? 0) : char.length));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const encoding = gsm ? 'GSM-7' : 'UCS-2';
  const [alone, joined] = gsm ? [160, 153] : [70, 67];
  if (total <= alone) return { encoding, segments: total === 0 ? 0 : 1, units: total };
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > joined) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return { encoding, segments, units: total };
}

/**
 * @param cents the price of one segment
 * @returns cents, to the hundredth
 */
export const costOf = ({ segments }: Pick<SegmentCount, 'segments'>, cents: number): number =>
  Math.round(segments * cents * 100) / 100;

/** A character that makes a text UCS-2: its first place, both from 1, and what would be cheaper, if anything. */
export type CostlyCharacter = { char: string; line: number; column: number; cheaper: string | null };

/** Each once, for a writer who would rather write around them. */
export function costlyCharacters(text: string): CostlyCharacter[] {
  return [...new Set(text)]
    .filter((char) => !units.has(char))
    .map((char) => ({ char, ...placeAt(text, text.indexOf(char)), cheaper: cheaperFor(char) }));
}
