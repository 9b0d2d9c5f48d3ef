import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { Problem } from '../problems/problem.js';

/** What is taken in. */
export const largestImage = 2 * 1024 * 1024;
/** What is shown, so that a page with it stays light. */
const largestLogo = 20 * 1024;
/** The largest first: sharp on a phone where the drawing allows it. */
const boxes = [
  { width: 640, height: 240 },
  { width: 480, height: 180 },
  { width: 320, height: 120 },
  { width: 200, height: 75 },
];

export const tooLarge = () =>
  new Problem(
    413,
    'too_large',
    'A logo may have 2 MB. Make the picture smaller, 640 pixels wide are enough, and send it again.',
  );

/** @returns a PNG of at most 20 kB that holds nothing but the picture, and its name */
export async function drawLogo(image: Buffer): Promise<{ name: string; png: Buffer }> {
  refuseOthers(image);
  for (const box of boxes) {
    const { data, info } = await sharp(image, { limitInputPixels: 50_000_000 })
      .rotate()
      .toColourspace('srgb')
      .resize({ ...box, fit: 'inside', withoutEnlargement: true })
      .png({ palette: true, effort: 8, compressionLevel: 9 })
      .toBuffer({ resolveWithObject: true })
      .catch(() => {
        throw new Problem(
          422,
          'image_broken',
          'This picture could not be read: it is cut off, or has more than 50 million pixels. Export it once more, as a PNG.',
        );
      });
    if (data.length > largestLogo) continue;
    const hash = createHash('sha256').update(data).digest('hex').slice(0, 32);
    return { name: `${hash}-${info.width}x${info.height}`, png: data };
  }
  throw new Problem(422, 'image_busy', 'This picture has too many details for a logo. Send a simpler one.');
}

/** By its first bytes, whatever it is called. */
function refuseOthers(image: Buffer): void {
  const begins = (bytes: string, at = 0) =>
    image.subarray(at, at + bytes.length).equals(Buffer.from(bytes, 'latin1'));
  if (begins('\x89PNG\r\n\x1a\n') || begins('\xff\xd8\xff') || (begins('RIFF') && begins('WEBP', 8))) return;
  const drawn = /^\s*(\ufeff\s*)?<(\?xml|!--|!doctype|svg)/i.test(image.subarray(0, 200).toString('utf8'));
  throw new Problem(
    415,
    'image_type',
    drawn
      ? 'An SVG can run scripts in the browsers of people who see it, so none is taken. Export it as a PNG, 640 pixels wide, and send that.'
      : 'This is no PNG, JPEG or WebP. Export your logo as one of these, 640 pixels wide, and send that.',
  );
}
