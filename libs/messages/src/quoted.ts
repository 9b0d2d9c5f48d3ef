import { encode, wrap } from 'nodemailer/lib/qp';
import type { CleanValues, FilledBy, OpenText } from './liquid.js';

/** A line has 76 characters at most, the last of which a soft line break may need. */
const lineLength = 75;
const soft = '=\r\n';

/** Text as quoted-printable with CRLF lines (RFC 2045, 6.7). */
export const quoted = (text: string) => wrap(encode(text.replace(/\r?\n/g, '\r\n')), lineLength);

/** Words that are encoded once; each person's values are encoded alone and stand on lines of their own, which nobody sees. */
export class QuotedBy {
  private readonly pieces: { words: string; place?: Exclude<OpenText[number], string> }[] = [];

  /** @param open the words as they are to be read, with `\n` lines */
  constructor(
    private readonly filledBy: FilledBy,
    open: OpenText,
  ) {
    open.forEach((piece, at) => {
      const words = typeof piece === 'string' ? this.between(piece, at > 0, at < open.length - 1) : '';
      if (typeof piece !== 'string') this.pieces.push({ words, place: piece });
      else if (words !== '') this.pieces.push({ words });
    });
  }

  fill(values: CleanValues): string {
    const known = new Map<string, string>();
    let text = '';
    for (const { words, place } of this.pieces) {
      if (!place) {
        text += words;
        continue;
      }
      const name = `${place.field}${place.capital}`;
      let value = known.get(name);
      if (value === undefined) known.set(name, (value = inline(this.filledBy.valueFor(place, values))));
      text += value;
    }
    return text;
  }

  /** Between words and a value there is a soft line break, unless there is a hard one. */
  private between(piece: string, behindValue: boolean, beforeValue: boolean): string {
    if (piece === '') return behindValue && beforeValue ? soft : '';
    const words = quoted(piece);
    return [
      behindValue && !words.startsWith('\r\n') ? soft : '',
      words,
      beforeValue && !words.endsWith('\r\n') ? soft : '',
    ].join('');
  }
}

const plain = /^[\x21-\x3c\x3e-\x7e]+(?: [\x21-\x3c\x3e-\x7e]+)*$/;
const inline = (value: string) =>
  value.length <= lineLength && plain.test(value) ? value : wrap(encode(value), lineLength);
