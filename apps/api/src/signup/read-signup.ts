import { cleanName, isZone, parseEmail, parsePhone, parseZip, placeOf, smsWindowOf } from '#domain';
import { isLanguage } from '#messages';
import type { Typed } from '#postgres';
import type { SignupError } from './signup.page.js';

/** A signup as it was typed or sent; empty means not given. */
export type RawSignup = {
  email?: string | undefined;
  phone?: string | undefined;
  name?: string | undefined;
  zip?: string | undefined;
  zone?: string | undefined;
  language: string;
  wantsTexts: boolean;
  nextStep: boolean;
  visible: boolean;
};

/** @returns the signup, normalised; or everything that is wrong with it at once */
export function readSignup(
  raw: RawSignup,
  coalitionZone: string,
): { typed: Typed } | { errors: SignupError[] } {
  const errors: SignupError[] = [];
  const given = (text: string | undefined) => (text?.trim() ? text : undefined);

  const email = given(raw.email) ? parseEmail(raw.email!) : undefined;
  if (email && 'problem' in email) errors.push('email_invalid');

  const phone = given(raw.phone) ? parsePhone(raw.phone!) : undefined;
  if (phone && 'problem' in phone) errors.push(phoneErrors[phone.problem]);
  if (!email && !phone) errors.push('contact_missing');
  if (raw.wantsTexts && !phone) errors.push('sms_needs_phone');
  if (phone && !email && !raw.wantsTexts) errors.push('texts_unticked');

  const name = given(raw.name) ? cleanName(raw.name!) : undefined;
  if (name && 'problem' in name && name.problem !== 'empty')
    errors.push(name.problem === 'too_long' ? 'name_too_long' : 'name_invalid');

  if (given(raw.zip) && 'problem' in parseZip(raw.zip!)) errors.push('zip_unknown');
  if (given(raw.zone) && !isZone(raw.zone!)) errors.push('zone_unknown');
  if (!isLanguage(raw.language)) errors.push('language_unknown');
  if (errors.length > 0) return { errors };

  const place = placeOf({ zip: given(raw.zip) ?? null, zone: given(raw.zone) ?? null, coalitionZone });
  // A number that must not be texted is not kept.
  const number = raw.wantsTexts && phone && 'phone' in phone ? phone.phone : undefined;
  return {
    typed: {
      email: email && 'address' in email ? email : undefined,
      phone: number,
      name: name && 'name' in name ? name.name : undefined,
      language: raw.language,
      zone: place.zone,
      zoneSource: place.source,
      state: place.state,
      smsWindow: smsWindowOf({ place, phone: number ?? null }),
      wantsTexts: raw.wantsTexts,
      nextStep: raw.nextStep,
      visible: raw.visible,
    },
  };
}

const phoneErrors = {
  invalid: 'phone_invalid',
  country: 'phone_country',
  no_texts: 'phone_no_texts',
} as const;
