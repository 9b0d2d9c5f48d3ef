import { reportWords } from '#messages';
import { type Doc, ink, openPdf, page } from '../layout/pdf.js';
import type { Report, Table } from './report.js';

const margin = 54;
const width = page.width - 2 * margin;
const foot = page.height - margin;
const accent = '#1f4e79';
const quiet = '#4a4a4a';
const line = '#c9d3dd';

/** A report as pages to read, to print and to send on: key figures, how it grew, then the tables. */
export async function drawReport(report: Report): Promise<Buffer> {
  const { language, title, asOf, summary, figures, growth, tables } = report;
  const words = reportWords(language);
  const { doc, root, say, decorate, end } = openPdf({
    title: `${words.title}: ${title}`,
    author: words.madeWith,
    language,
    margin,
  });
  const write = (
    tag: string,
    text: string,
    size: number,
    font: 'plain' | 'bold',
    colour: string,
    gap: number,
  ) => {
    say(tag, () => void doc.font(font).fontSize(size).fillColor(colour).text(text, margin, doc.y, { width }));
    doc.y += gap;
  };

  write('P', words.title, 11, 'bold', accent, 2);
  write('H1', title, 26, 'bold', ink, 4);
  write('P', asOf, 10, 'plain', quiet, 12);
  for (const [index, sentence] of summary.entries())
    write('P', sentence, index === 0 ? 14 : 11, index === 0 ? 'bold' : 'plain', ink, 4);
  doc.y += 14;

  const top = doc.y;
  const tile = width / figures.length;
  decorate(() => doc.roundedRect(margin, top, width, 62, 6).fillOpacity(0.07).fill(accent).fillOpacity(1));
  for (const [index, { label, value }] of figures.entries()) {
    const x = margin + index * tile + 12;
    say('P', () => {
      doc
        .font('bold')
        .fontSize(20)
        .fillColor(ink)
        .text(value, x, top + 9, { width: tile - 16 });
      doc
        .font('plain')
        .fontSize(10)
        .fillColor(quiet)
        .text(label, x, top + 37, { width: tile - 16 });
    });
  }
  doc.y = top + 62 + 20;

  if (growth.length > 1) {
    const height = 90;
    const chartTop = doc.y;
    decorate(() => drawGrowth(doc, growth, chartTop, height));
    doc.y = chartTop + height + 24;
  }

  for (const table of tables) {
    if (doc.y > foot - 120) doc.addPage();
    write('H2', table.title, 15, 'bold', ink, 6);
    drawTable(doc, root, table);
    if (table.note) {
      doc.y += 4;
      write('P', table.note, 9, 'plain', quiet, 0);
    }
    doc.y += 22;
  }

  const { start, count } = doc.bufferedPageRange();
  for (let number = start; number < start + count; number++) {
    doc.switchToPage(number);
    // Below the margin, where text would otherwise ask for a page of its own.
    doc.page.margins.bottom = 0;
    decorate(() =>
      doc
        .font('plain')
        .fontSize(9)
        .fillColor(quiet)
        .text(`${title} · ${words.page(number + 1, count)} · ${words.madeWith}`, margin, page.height - 36, {
          width,
          align: 'center',
          lineBreak: false,
        }),
    );
  }
  return end();
}

/** How many were done at the end of each day, as an area; the sentences and the table say the same. */
function drawGrowth(doc: Doc, growth: number[], top: number, height: number): void {
  const most = Math.max(1, ...growth);
  const at = (index: number, value: number) =>
    [margin + (index / (growth.length - 1)) * width, top + height - (value / most) * height] as const;
  doc.moveTo(margin, top + height);
  growth.forEach((value, index) => doc.lineTo(...at(index, value)));
  doc
    .lineTo(margin + width, top + height)
    .fillOpacity(0.12)
    .fill(accent)
    .fillOpacity(1);
  doc.moveTo(...at(0, growth[0]!));
  growth.forEach((value, index) => doc.lineTo(...at(index, value)));
  doc.lineWidth(1.5).stroke(accent);
  doc
    .moveTo(margin, top + height)
    .lineTo(margin + width, top + height)
    .lineWidth(0.5)
    .stroke(line);
}

/** Its head again on every page; figures to the right. */
function drawTable(doc: Doc, root: ReturnType<Doc['struct']>, { title, head, rows }: Table): void {
  doc.font('plain').fontSize(9.5).fillColor(ink);
  const isFigure = (column: number) => typeof rows[0]![column] === 'number' || column === head.length - 1;
  const wide = head.map((_, column) => (isFigure(column) ? 1 : 2.2));
  const all = wide.reduce((sum, share) => sum + share, 0);
  doc.table({
    position: { x: margin, y: doc.y },
    maxWidth: width,
    structParent: root,
    ...({ title } as object),
    columnStyles: (column: number) => ({
      width: (wide[column]! / all) * width,
      align: { x: isFigure(column) ? 'right' : 'left', y: 'center' },
    }),
    rowStyles: (row: number) => ({
      border: [0, 0, 0.5, 0],
      borderColor: line,
      padding: [4, 4, 4, 4],
      ...(row === 0 ? { backgroundColor: '#eef3f8' } : {}),
    }),
    data: [
      head.map((text) => ({ text, type: 'TH' as const, font: { src: 'bold', size: 9.5 } })),
      ...rows.map((row) =>
        row.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en-US') : cell)),
      ),
    ],
  } as never);
}
