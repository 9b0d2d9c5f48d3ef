import { parse, type Parser } from 'csv-parse';

export type CsvLine = { line: number; cells: string[] };

/** A file is read in pieces of so many bytes, about. */
export const pieceSize = 64 * 1024;

/** What is held whole, in the pieces that `linesOf` takes. */
export function* piecesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceSize) yield bytes.subarray(at, at + pieceSize);
}

/**
 * Every line with something in it, header first; a line's number is the one where it begins. Ends with an `unclosed` one where a
 * quotation mark is not closed.
 * @param pieces of the file; the first holds the header
 * @param longest how many characters a line may have, or else it counts as unclosed; 0: as many as it likes
 */
export async function* linesOf(
  pieces: Iterable<Buffer> | AsyncIterable<Buffer>,
  longest = 0,
): AsyncGenerator<CsvLine | { line: number; unclosed: true }> {
  const ready: CsvLine[] = [];
  let doubled = 0;
  let parser: Parser | undefined;
  const begin = (first: Buffer) =>
    parse({
      bom: true,
      delimiter: delimiterOf(first),
      max_record_size: longest,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      on_record: (cells: string[], { lines }) => {
        const breaks = cells.join('').match(/\r\n|\n|\r/g) ?? [];
        // The parser takes a CRLF within quotation marks for two lines.
        doubled += breaks.filter((one) => one.length === 2).length;
        ready.push({ line: lines - doubled - breaks.length, cells });
        return null;
      },
      // Told by the callbacks of write and end, each for its own piece.
    }).on('error', () => {});
  for await (const piece of pieces) {
    const to = (parser ??= begin(piece));
    const error = await told((tell) => to.write(piece, tell));
    yield* ready.splice(0);
    if (error) {
      yield { line: parser.info.lines, unclosed: true };
      return;
    }
  }
  if (!parser) return;
  const error = await told((tell) => parser.end(tell));
  yield* ready.splice(0);
  if (error) yield { line: parser.info.lines, unclosed: true };
}

const told = (act: (tell: (error?: Error | null) => void) => void) =>
  new Promise<Error | null | undefined>(act);

/** Small letters without accents, `_` between words. */
export const plain = (cell: string) =>
  cell
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '_');

/** The separator that the first line has most of. */
function delimiterOf(bytes: Buffer): string {
  const first = bytes
    .subarray(0, 4_096)
    .toString('utf8')
    .split(/[\r\n]/, 1)[0]!;
  const count = (separator: string) => first.split(separator).length;
  return [',', ';', '\t'].reduce((most, one) => (count(one) > count(most) ? one : most));
}
