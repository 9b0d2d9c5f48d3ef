import type { Readable } from 'node:stream';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../problems/problem.js';

export const largestUpload = 20 * 1024 * 1024;

/** How browsers and scripts call a spreadsheet, rightly or not; what it really is, its first bytes say. */
const types = [
  'text/csv',
  'application/csv',
  'application/octet-stream',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
];

/** A file that came with a request, looked into by nobody but the route that wants it. */
export class Upload {
  constructor(private readonly source: Readable | Buffer) {}

  /** @throws Problem 413 when it is larger than we take */
  async bytes(): Promise<Buffer> {
    if (Buffer.isBuffer(this.source)) return this.source;
    const pieces: Buffer[] = [];
    let length = 0;
    for await (const piece of this.source as AsyncIterable<Buffer>) {
      length += piece.length;
      if (length > largestUpload)
        throw new Problem(
          413,
          'too_large',
          'A file may have 20 MB. Split it, and send one part after the other.',
        );
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
  fastify.addContentTypeParser(types, (_, payload, done) => done(null, new Upload(payload)));
}

/** For a route that takes a file as a part of a form. */
export const uploadedPart = { limits: { files: 1, fileSize: largestUpload } };

export async function holdPart(part: MultipartFile): Promise<void> {
  Object.assign(part, { value: new Upload(await part.toBuffer()) });
}
