import QRCode from 'qrcode';
import { buttonColour, type Language, pageWords, type Shared, shareWords } from '#messages';
import type { Deadline } from '../layout/deadline.js';
import { type Doc, fit, ink, openPdf, page, type Words } from '../layout/pdf.js';

export type Flyer = {
  language: Language;
  title: string;
  deadline: Deadline | null;
  /** `#rrggbb` */
  colour: string;
  logo: { png: Buffer; width: number; height: number } | null;
  shared: Shared;
};

const margin = 54;
const width = page.width - 2 * margin;

/** One page to print and hang up: whose it is, what to do, by when, and a code that leads there. Tagged, so that it can be read aloud. */
export async function drawFlyer({ language, title, deadline, colour, logo, shared }: Flyer): Promise<Buffer> {
  const words = shareWords(language).flyer;
  const accent = buttonColour(colour);
  const { doc, root, say, decorate, end } = openPdf({ language, title, author: shared.coalition });
  const fitted = (
    text: string,
    {
      x = margin,
      width: wide = width,
      ...box
    }: Omit<Words, 'x' | 'width'> & Partial<Pick<Words, 'x' | 'width'>>,
  ) => fit(doc, text, { x, width: wide, ...box });

  const bandHeight = 92;
  decorate(() => doc.rect(0, 0, page.width, bandHeight).fill(accent));
  if (logo) {
    const [logoWidth, logoHeight] = within(logo, 220, 48);
    decorate(() => doc.roundedRect(margin - 8, 16, logoWidth + 16, 60, 6).fill('#ffffff'));
    root.add(
      doc.struct('Figure', { alt: shared.coalition }, [
        () =>
          doc.image(logo.png, margin, 16 + (60 - logoHeight) / 2, { width: logoWidth, height: logoHeight }),
      ]),
    );
  } else {
    say('P', () =>
      fitted(shared.coalition, {
        font: 'bold',
        from: 26,
        to: 12,
        y: 18,
        height: 56,
        colour: '#ffffff',
        middle: true,
      }),
    );
  }

  let y = bandHeight + 34;
  const put = (
    tag: string,
    text: string,
    box: { font: 'plain' | 'bold'; from: number; to: number; height: number; colour: string },
    gap: number,
  ) => say(tag, () => (y = fitted(text, { ...box, y }) + gap));
  put('H1', title, { font: 'bold', from: 42, to: 20, height: 104, colour: ink }, 14);
  put('P', shared.summary, { font: 'plain', from: 17, to: 9, height: 122, colour: ink }, 22);

  const boxTop = y;
  const boxHeight = 84;
  decorate(() => {
    doc.roundedRect(margin, boxTop, width, boxHeight, 8).fillOpacity(0.08).fill(accent).fillOpacity(1);
    doc.rect(margin, boxTop, 6, boxHeight).fill(accent);
  });
  const said = pageWords(language).deadline;
  const inBox = { x: margin + 22, width: width - 40 };
  if (deadline) {
    const label = (deadline.past ? said.past : said.label)[deadline.kind];
    say(
      'P',
      () =>
        void doc
          .font('plain')
          .fontSize(13)
          .fillColor(ink)
          .text(label, inBox.x, boxTop + 11, inBox),
    );
    say('P', () =>
      fitted(deadline.moment, {
        font: 'bold',
        from: 23,
        to: 12,
        y: boxTop + 27,
        height: 30,
        colour: ink,
        ...inBox,
      }),
    );
    say(
      'P',
      () =>
        void doc
          .font('plain')
          .fontSize(13)
          .fillColor(ink)
          .text(
            [deadline.local && said.elsewhere(deadline.local), words.minutes(shared.minutes)]
              .filter(Boolean)
              .join(' · '),
            inBox.x,
            boxTop + 58,
            inBox,
          ),
    );
  } else {
    say('P', () =>
      fitted(words.noDate, {
        font: 'bold',
        from: 20,
        to: 12,
        y: boxTop + 14,
        height: boxHeight - 28,
        colour: ink,
        middle: true,
        ...inBox,
      }),
    );
  }
  y = boxTop + boxHeight + 24;

  const foot = page.height - 44;
  const address = shared.link.replace(/^https?:\/\//, '').replace(/\?.*/, '');
  const below = 74;
  const side = Math.min(290, foot - below - y);
  const left = (page.width - side) / 2;
  root.add(
    doc.struct('Figure', { alt: words.qr(shared.link) }, [
      () => {
        drawCode(doc, shared.link, left, y, side);
        doc.link(left, y, side, side, shared.link);
      },
    ]),
  );
  y += side + 8;
  say(
    'P',
    () =>
      void doc
        .font('bold')
        .fontSize(16)
        .fillColor(ink)
        .text(words.scan, margin, y, { width, align: 'center' }),
  );
  say(
    'P',
    () =>
      void doc
        .font('plain')
        .fontSize(12)
        .fillColor(ink)
        .text(words.or, margin, y + 21, { width, align: 'center' }),
  );
  say('P', () =>
    fitted(address, {
      font: 'bold',
      from: 17,
      to: 9,
      y: y + 37,
      height: 24,
      colour: ink,
      align: 'center',
    }),
  );
  const last = logo ? `${shared.coalition} · ${words.reminders}` : words.reminders;
  say('P', () =>
    fitted(last, {
      font: 'plain',
      from: 11,
      to: 7,
      y: foot,
      height: 28,
      colour: '#4a4a4a',
      align: 'center',
    }),
  );

  return end();
}

const within = ({ width: w, height: h }: { width: number; height: number }, most: number, tall: number) => {
  const scale = Math.min(most / w, tall / h);
  return [w * scale, h * scale] as const;
};

/** Squares, not a picture: sharp at every size. */
function drawCode(doc: Doc, text: string, x: number, y: number, side: number): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const unit = side / modules.size;
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (modules.get(row, column)) doc.rect(x + column * unit, y + row * unit, unit, unit);
  doc.fill('#000000');
}
