import sharp from 'sharp';
import { Problem } from '../problems/problem.js';

/** As regulations.gov takes them: 10 MB each. */
export const largestFile = 10_000_000;
export const mostFiles = 3;

export const fileTooLarge = () =>
  new Problem(
    413,
    'too_large',
    'A file may have 10 MB, which is what regulations.gov takes. Make it smaller, or split it.',
  );

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const endings: Record<string, string> = {
  'application/pdf': 'pdf',
  [docx]: 'docx',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'text/plain; charset=utf-8': 'txt',
};

/** What is kept of an upload: its content decides what it is, and its name ends as that. */
export async function readGuideFile(
  given: string,
  content: Buffer,
): Promise<{ name: string; type: string; content: Buffer }> {
  const type = typeOf(content);
  return {
    name: nameOf(given, endings[type]!),
    type,
    content: type.startsWith('image/') ? await withoutTrace(content) : content,
  };
}

function typeOf(content: Buffer): string {
  const begins = (bytes: string) => content.subarray(0, bytes.length).equals(Buffer.from(bytes, 'latin1'));
  if (content.length === 0) throw new Problem(415, 'file_type', 'This file is empty. Choose another one.');
  if (begins('%PDF-')) return 'application/pdf';
  if (begins('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (begins('\xff\xd8\xff')) return 'image/jpeg';
  if (begins('PK\x03\x04')) return wordOf(content);
  if (isText(content)) return 'text/plain; charset=utf-8';
  throw new Problem(
    415,
    'file_type',
    'This is no PDF, Word document (.docx), text, JPEG or PNG, whatever its name says. Save it as one of these and send that.',
  );
}

/** A Word document is an archive that lists its parts by name, unpacked. */
function wordOf(archive: Buffer): string {
  if (archive.includes('vbaProject.bin'))
    throw new Problem(
      415,
      'file_type',
      'This document has macros, which can harm whoever opens it. Save it as a .docx without macros.',
    );
  if (archive.includes('[Content_Types].xml') && archive.includes('word/document.xml')) return docx;
  throw new Problem(415, 'file_type', 'This archive is no Word document. Save it as a .docx or a PDF.');
}

function isText(content: Buffer): boolean {
  try {
    return !/[^\P{Cc}\t\n\r\f]/u.test(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch {
    return false;
  }
}

/** Drawn anew, so that it does not tell where and with what it was taken. */
async function withoutTrace(image: Buffer): Promise<Buffer> {
  return sharp(image, { limitInputPixels: 100_000_000 })
    .rotate()
    .jpeg({ quality: 92, force: false })
    .toBuffer()
    .catch(() => {
      throw new Problem(
        422,
        'file_broken',
        'This picture could not be read. Export it once more and send that.',
      );
    });
}

/** A name that is safe to save under on any system. */
function nameOf(given: string, ending: string): string {
  const bare = given
    .normalize('NFC')
    .replace(/^.*[/\\]/, '')
    .replace(/\.[a-z0-9]{1,5}$/i, '');
  const clean = bare
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"|?*]/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  return `${[...clean].slice(0, 80).join('').trim() || 'file'}.${ending}`;
}
