import type { Readable } from 'node:stream';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../problems/problem.js';

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
    if (Buffer.isBuffer(this.source)) return this.source;
    // Before a byte is read: then whoever sends it still hears the answer.
    if (this.announced > most) throw tooLarge();
    const pieces: Buffer[] = [];
    let length = 0;
    for await (const piece of this.source as AsyncIterable<Buffer>) {
      length += piece.length;
      if (length > most) throw tooLarge();
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
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
