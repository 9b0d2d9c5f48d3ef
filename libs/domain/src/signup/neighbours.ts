/** The 10,000 numbers that a number was given out with: `+12125550142` → `+1212555`. */
export const blockOf = (phone: string): string => phone.slice(0, -4);

/** The numbers at most ten away, without the number itself: who types them one after another texts strangers. */
export function neighboursOf(phone: string): string[] {
  const number = Number(phone.slice(1));
  return Array.from({ length: 21 }, (_, n) => `+${number - 10 + n}`).filter((other) => other !== phone);
}
