import { parseTrackingNumber } from '#domain';
import { Problem } from '../problems/problem.js';
import { linesOf, plain } from '../signup/csv-lines.js';

export const largestDocketFile = 500_000_000;
export const docketFileTooLarge = () =>
  new Problem(
    413,
    'docket_file_large',
    'A file may have 500 MB. Split it, with the first line on top of each part, and send one part after the other.',
  );

const longestLine = 4_000_000;
const atOnce = 1_000;
/** As regulations.gov's bulk download calls them; there are some sixty columns. */
const names = { number: 'Tracking Number', document: 'Comment on Document ID' };
const again = 'Download it again from regulations.gov, and send it as it comes.';

/**
 * Goes through a CSV of regulations.gov's bulk download, which has a line for each document and each comment of a docket or an agency.
 * @param take the tracking numbers of the comments on this document, some at a time; no number is handed over that has not the right form
 * @returns how many lines there are beneath the header, and how many are comments on this document
 * @throws Problem when it is no such file, breaks off, or has no comment on this document
 */
export async function readDocketFile(
  pieces: AsyncIterable<Buffer>,
  documentId: string,
  take: (trackingNumbers: string[]) => Promise<void>,
): Promise<{ rows: number; comments: number }> {
  let columns: { number: number; document: number } | undefined;
  const others = new Set<string>();
  const numbers: string[] = [];
  let [rows, comments] = [0, 0];
  for await (const line of linesOf(known(pieces), longestLine)) {
    if ('unclosed' in line)
      refuse(
        'cut',
        `The file breaks off in line ${line.line}, where a quotation mark is not closed. ${again}`,
      );
    if (!columns) {
      columns = columnsIn(line.cells);
      continue;
    }
    rows++;
    const on = (line.cells[columns.document] ?? '').trim().toUpperCase();
    if (on !== documentId.toUpperCase()) {
      if (others.size < 3 && isDocument(on)) others.add(on);
      continue;
    }
    comments++;
    const number = parseTrackingNumber(line.cells[columns.number] ?? '');
    if (number) numbers.push(number);
    if (numbers.length >= atOnce) await take(numbers.splice(0));
  }
  if (comments === 0)
    refuse(
      'elsewhere',
      others.size > 0
        ? `None of its ${rows} lines is a comment on ${documentId}; they are on ${[...others].join(', ')}. Download the comments of the docket that ${documentId} is in.`
        : `There is no comment on ${documentId} in it. Nothing may be posted yet; or download the comments of the docket that it is in.`,
    );
  await take(numbers);
  return { rows, comments };
}

/** Where a line has too many commas another cell stands there, such as a name, which nobody is told. */
const isDocument = (text: string) => /^[A-Z][A-Z0-9_]*(-[A-Z0-9_]+)+-\d{4,}$/.test(text) && text.length < 60;

function columnsIn(cells: string[]): { number: number; document: number } {
  const header = cells.map(plain);
  const columns = {
    number: header.indexOf(plain(names.number)),
    document: header.indexOf(plain(names.document)),
  };
  const missing = Object.entries(names).filter(([name]) => columns[name as keyof typeof columns] < 0);
  if (missing.length > 0)
    refuse(
      'columns',
      `The first line has no column ${missing.map(([, name]) => `"${name}"`).join(' and none ')}, so this is not the bulk download of regulations.gov. ${again}`,
    );
  return columns;
}

/** What it is not, its first bytes say. */
async function* known(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const piece of pieces) {
    if (isFirst) refuseForeign(piece);
    isFirst = false;
    yield piece;
  }
  if (isFirst) refuse('empty', `The file is empty. ${again}`);
}

function refuseForeign(start: Buffer): void {
  const starts = (...bytes: number[]) => bytes.every((byte, index) => start[index] === byte);
  if (/^(\ufeff)?\s*</.test(start.subarray(0, 200).toString()))
    refuse(
      'page',
      'This is a web page and not the file: the link may have expired. Ask regulations.gov for the download again.',
    );
  if (starts(0x50, 0x4b, 0x03, 0x04))
    refuse('packed', 'This is a zip file or a spreadsheet. Unpack it, or save it as CSV, and send the CSV.');
  if (starts(0xd0, 0xcf, 0x11, 0xe0) || starts(0xff, 0xfe) || starts(0xfe, 0xff) || start.includes(0))
    refuse('binary', `This is not a CSV file in UTF-8. ${again}`);
}

function refuse(why: string, detail: string): never {
  throw new Problem(422, `docket_file_${why}`, detail);
}
