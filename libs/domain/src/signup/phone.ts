import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode, NumberType } from 'libphonenumber-js/max';

export interface Phone {
  /** E.164, `+12125550142`. */
  phone: string;
  /** ISO 3166 country or territory, `US`, `PR` … */
  country: string;
}

/** `invalid`: no such number. `country`: outside those we text. `no_texts`: toll-free, premium, landline and the like. */
export type PhoneProblem = 'invalid' | 'country' | 'no_texts';

/** The United States and its territories, where our sender is registered and quiet hours are known. */
export const textedCountries: readonly string[] = ['US', 'PR', 'VI', 'GU', 'MP', 'AS'];

const withoutTexts: readonly NumberType[] = [
  'TOLL_FREE',
  'PREMIUM_RATE',
  'SHARED_COST',
  'PERSONAL_NUMBER',
  'VOIP',
  'UAN',
  'PAGER',
  'VOICEMAIL',
  'FIXED_LINE',
];

/**
 * Reads a phone number as people write it. In the US the numbering plan doesn't tell mobiles from landlines: those turn out when the
 * first text is refused.
 */
export function parsePhone(
  text: string,
  defaultCountry = 'US',
  countries: readonly string[] = textedCountries,
): Phone | { problem: PhoneProblem } {
  const number = parsePhoneNumberFromString(text.trim(), {
    defaultCountry: defaultCountry as CountryCode,
    extract: false,
  });
  if (!number?.isValid() || !number.country || number.ext) return { problem: 'invalid' };
  if (!countries.includes(number.country)) return { problem: 'country' };
  if (withoutTexts.includes(number.getType())) return { problem: 'no_texts' };
  return { phone: number.number, country: number.country };
}
