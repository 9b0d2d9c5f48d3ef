/** What a page reached from a message shows: enough for the owner to know it is theirs, too little for anybody else. */
const hidden = '•••';

/** `anna@example.org` → `a•••@e•••.org`. */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf('@');
  if (at < 0) return hidden;
  const domain = address.slice(at + 1);
  const dot = domain.lastIndexOf('.');
  const ending = dot > 0 ? domain.slice(dot) : '';
  return `${first(address.slice(0, at))}${hidden}@${first(domain)}${hidden}${ending}`;
}

/** `+12125550142` → `•••-•••-0142`. */
export function maskPhone(phone: string): string {
  return `${hidden}-${hidden}-${phone.replace(/\D/g, '').slice(-4).padStart(4, '•')}`;
}

/** `Anna María Díaz` → `A••• D•••`: the first letters of the first and the last name. */
export function maskName(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => `${first(word ?? '')}${hidden}`).join(' ');
}

function first(word: string): string {
  return [...word][0] ?? '';
}
