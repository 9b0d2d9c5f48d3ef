/** For tests: the words of an HTML or plain part in their order, without addresses and marks, so that both can be compared. */
export function sameWords(part: string): string[] {
  const words = part.startsWith('<!doctype')
    ? part
        .slice(part.indexOf('<body'))
        .replace(/<[^>]*>/g, (tag) => (/^<\/?(a|strong|em)\b/.test(tag) ? '' : ' '))
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&amp;', '&')
    : part;
  return words
    .replace(/(:\s+)?https?:\/\/[\w./-]*\w/g, '')
    .replace(/^(-|\d+\.) /gm, '')
    .split(/\s+/)
    .filter((word) => word !== '');
}
