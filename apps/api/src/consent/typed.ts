import { maskName, maskPhone, sayZone } from '#domain';
import type { Language, PageWords } from '#messages';
import type { SignupView, Typed } from '#postgres';

export type TypedField = keyof PageWords['optIn']['pendingField'];

/** What somebody typed for a contact and its owner's yes would change. */
export function newsIn(waiting: Typed | null, signup: SignupView): TypedField[] {
  if (!waiting) return [];
  const differs: Record<TypedField, boolean> = {
    phone: waiting.phone !== undefined && waiting.phone !== signup.phone,
    name: waiting.name !== undefined && waiting.name !== signup.name,
    zip: waiting.zoneSource === 'zip' && waiting.zone !== signup.zone,
    zone: waiting.zoneSource === 'chosen' && waiting.zone !== signup.zone,
    language: waiting.language !== signup.language,
    nextStep: waiting.nextStep && !signup.nextStep,
    visible: waiting.visible,
    outcome: waiting.outcome !== undefined && signup.outcome === null,
  };
  return (Object.keys(differs) as TypedField[]).filter((field) => differs[field]);
}

/** The same in words, masked where it names somebody: "a new name (S••• E•••)". */
export function sayNews(
  waiting: Typed,
  fields: TypedField[],
  words: PageWords,
  language: Language,
): string[] {
  const value: Partial<Record<TypedField, string>> = {
    ...(waiting.phone && { phone: maskPhone(waiting.phone) }),
    ...(waiting.name && { name: maskName(waiting.name) }),
    zip: sayZone(waiting.zone, language),
    zone: sayZone(waiting.zone, language),
    language: words.language[waiting.language === 'es' ? 'es' : 'en'],
  };
  return fields.map((field) => {
    const said = words.optIn.pendingField[field];
    return value[field] ? `${said} (${value[field]})` : said;
  });
}
