import { dutiesRoom, lengthOf } from '#domain';
import { type Language, pageWords } from '#messages';
import { fit, ink, openPdf, page } from '../layout/pdf.js';

export type Card = {
  language: Language;
  /** A neutral name, for the file's properties. */
  author: string;
  occupation: string;
  /** '': a line is left to write on. */
  phrase: string;
};

/** A wallet card's size in points, 3.5 × 2 inches; three of them on a strip. */
const panel = { width: 252, height: 144 };
const left = (page.width - panel.width) / 2;
const top = 72;
const pad = 14;
const soft = '#4a4a4a';

/**
 * A strip to cut out and fold like a Z: its first part becomes the outside and says nothing of the job, the words are on the two
 * that lie inside. All of it stands upright, so that it can be read on a phone too.
 */
export function drawCard({ language, author, occupation, phrase }: Card): Promise<Buffer> {
  const words = pageWords(language).entry;
  const { onCard } = words;
  const { doc, say, decorate, end } = openPdf({ language, title: onCard.outside, author });
  const inside = { x: left + pad, width: panel.width - 2 * pad };
  const put = (
    tag: string,
    text: string,
    box: {
      y: number;
      height: number;
      from: number;
      to?: number;
      bold?: boolean;
      colour?: string;
      center?: boolean;
    },
  ) =>
    say(tag, () =>
      fit(doc, text, {
        ...inside,
        font: box.bold ? 'bold' : 'plain',
        to: 6,
        colour: ink,
        align: box.center ? 'center' : 'left',
        ...box,
      }),
    );

  put('P', onCard.cut, { y: top - 26, height: 20, from: 10, colour: soft, center: true });
  decorate(() => {
    doc.lineWidth(0.75).strokeColor(ink);
    doc.rect(left, top, panel.width, 3 * panel.height).stroke();
    doc.dash(4, { space: 4 }).strokeColor('#8a8a8a');
    for (const fold of [1, 2]) {
      const y = top + fold * panel.height;
      doc
        .moveTo(left, y)
        .lineTo(left + panel.width, y)
        .stroke();
    }
    doc.undash();
  });

  put('H1', onCard.outside, { y: top + 48, height: 28, from: 18, bold: true, center: true });
  put('P', onCard.unfold, { y: top + 78, height: 18, from: 11, colour: soft, center: true });

  let y = top + panel.height + pad;
  put('H2', words.occupation, { y, height: 14, from: 10, colour: soft });
  put('P', occupation, { y: y + 18, height: 30, from: 19, bold: true });
  put('P', words.characters(lengthOf(occupation)), { y: y + 50, height: 12, from: 9, colour: soft });
  put('P', onCard.onlyIf, { y: y + 76, height: 26, from: 11 });

  y += panel.height;
  put('H2', words.duties, { y, height: 14, from: 10, colour: soft });
  if (phrase) {
    put('P', phrase, { y: y + 18, height: 40, from: 14, bold: true });
    put('P', `${lengthOf(phrase)} ${words.ofRoom(dutiesRoom)}`, {
      y: y + 60,
      height: 12,
      from: 9,
      colour: soft,
    });
  } else {
    put('P', onCard.blank, { y: y + 18, height: 14, from: 10 });
    decorate(() => {
      doc.lineWidth(0.5).strokeColor(ink);
      for (const line of [52, 70])
        doc
          .moveTo(inside.x, y + line)
          .lineTo(inside.x + inside.width, y + line)
          .stroke();
    });
  }
  put('P', onCard.phone, { y: y + 80, height: 30, from: 10 });
  return end();
}
