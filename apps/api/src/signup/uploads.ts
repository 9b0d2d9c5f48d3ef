import type { Readable } from 'node:stream';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../problems/problem.js';
import { pieceSize } from './csv-lines.js';

export const largestUpload = 20 * 1024 * 1024;
export const uploadTooLarge = () =>
  new Problem(413, 'too_large', 'A file may have 20 MB. Split it, and send one part after the other.');

/** How browsers and scripts call a spreadsheet, rightly or not; what a file really is, its first bytes say. */
const types = [
  'text/csv',
  'application/csv',
  'application/octet-stream',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
];

/** A file that came with a request, looked into by nobody but the route that wants it. */
export class Upload {
  /** @param announced its length as the request says it */
  constructor(
    private readonly source: Readable | Buffer,
    private readonly announced = 0,
  ) {}

  /** @throws what `tooLarge` says when there is more than `most` */
  async bytes(most: number, tooLarge: () => Problem): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of this.pieces(most, tooLarge)) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  /**
   * As it comes, in pieces of 64 kB or more but the last, for what is never held whole. Whoever stops in the middle lets the rest go by,
   * so that the sender hears why.
   * @throws what `tooLarge` says when there is more than `most`; Problem `upload_cut` when the sender is gone
   */
  async *pieces(most: number, tooLarge: () => Problem): AsyncGenerator<Buffer> {
    // Before a byte is read: then whoever sends it still hears the answer.
    if (this.announced > most) throw tooLarge();
    if (Buffer.isBuffer(this.source)) {
      yield this.source;
      return;
    }
    let length = 0;
    let held: Buffer[] = [];
    let size = 0;
    try {
      for await (const piece of this.source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        length += piece.length;
        if (length > most) throw tooLarge();
        held.push(piece);
        size += piece.length;
        if (size < pieceSize) continue;
        yield Buffer.concat(held);
        [held, size] = [[], 0];
      }
    } catch (error) {
      if ((error as { code?: string }).code !== 'ECONNRESET') throw error;
      throw new Problem(400, 'upload_cut', 'The file broke off on its way. Send it again.');
    } finally {
      this.source.resume();
    }
    if (size > 0) yield Buffer.concat(held);
  }

  toJSON(): null {
    return null;
  }
}

/** The file as the body itself: read when its route has let the caller in. */
export function takeUploads(fastify: FastifyInstance): void {
  for (const type of [types, /^image\//])
    fastify.addContentTypeParser(type, ({ headers }, payload, done) =>
      done(null, new Upload(payload, Number(headers['content-length'] ?? 0))),
    );
}

/** For a route that takes a file as a part of a form. */
export const uploadedPart = { limits: { files: 1, fileSize: largestUpload } };

export async function holdPart(part: MultipartFile): Promise<void> {
  Object.assign(part, { value: new Upload(await part.toBuffer()) });
}
