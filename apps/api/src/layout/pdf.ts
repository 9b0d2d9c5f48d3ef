import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';

export type Doc = InstanceType<typeof PDFDocument>;

/** US Letter, in points. */
export const page = { width: 612, height: 792 };
export const ink = '#1c1c1c';

const font = (file: string) =>
  readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/source-sans-3/${file}`));
const fonts = {
  plain: font('400Regular/SourceSans3_400Regular.ttf'),
  bold: font('700Bold/SourceSans3_700Bold.ttf'),
};

/** Pages to print, tagged, so that it can be read aloud: `say` writes something, `decorate` draws what says nothing. */
export function openPdf({
  language,
  title,
  author,
  margin = 0,
}: {
  language: string;
  title: string;
  author: string;
  margin?: number;
}) {
  const doc = new PDFDocument({
    size: 'LETTER',
    margin,
    bufferPages: true,
    pdfVersion: '1.7',
    // The types have not heard of it yet.
    subset: 'PDF/UA' as never,
    tagged: true,
    lang: language,
    displayTitle: true,
    info: { Title: title, Author: author },
  });
  const pieces: Buffer[] = [];
  doc.on('data', (piece: Buffer) => pieces.push(piece));
  const ended = new Promise<void>((resolve) => doc.on('end', resolve));
  doc.registerFont('plain', fonts.plain).registerFont('bold', fonts.bold);
  const root = doc.struct('Document');
  doc.addStructure(root);
  return {
    doc,
    root,
    say: (tag: string, draw: () => void) => root.add(doc.struct(tag, {}, draw)),
    decorate: (draw: () => void) => {
      doc.markContent('Artifact', { type: 'Layout' });
      draw();
      doc.endMarkedContent();
    },
    end: async (): Promise<Buffer> => {
      root.end();
      doc.end();
      await ended;
      return Buffer.concat(pieces);
    },
  };
}

export type Words = {
  font: 'plain' | 'bold';
  /** The size that one would like, and the smallest. */
  from: number;
  to: number;
  x: number;
  y: number;
  width: number;
  height: number;
  colour: string;
  align?: 'left' | 'center';
  middle?: boolean;
};

/** Writes words as large as they fit. @returns where they end */
export function fit(doc: Doc, text: string, { x, y, width, align = 'left', ...box }: Words): number {
  const options = { width, align, lineGap: 1 };
  let size = box.from;
  const height = () => doc.font(box.font).fontSize(size).heightOfString(text, options);
  while (size > box.to && height() > box.height) size--;
  const tall = height();
  const top = box.middle ? y + Math.max(0, (box.height - tall) / 2) : y;
  doc.fillColor(box.colour).text(text, x, top, { ...options, height: box.height + 2, ellipsis: true });
  return top + Math.min(tall, box.height);
}
