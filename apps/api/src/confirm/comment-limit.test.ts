import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { parse } from 'yaml';
import { commentLimit, findRefused, sizeOfComment, withoutRefused } from '#domain';
import { type FakeRegulationsGov, fakeRegulationsGov } from '../../../../test/support/regulations-gov.js';

let regulations: FakeRegulationsGov;
beforeAll(async () => {
  regulations = await fakeRegulationsGov();
});
afterAll(() => regulations.close());

const attributesOf = (comment: string) => ({
  comment,
  commentOnDocumentId: 'BLS-2027-0003-0001',
  submissionType: 'API',
  submitterType: 'Anonymous',
});

async function isTaken(comment: string): Promise<boolean> {
  const { status } = await fetch(`${regulations.url}/comments`, {
    method: 'POST',
    headers: { 'x-api-key': regulations.key, 'content-type': 'application/vnd.api+json' },
    body: JSON.stringify({ data: { type: 'comments', attributes: attributesOf(comment) } }),
  });
  return status === 201;
}

const fits = (comment: string) => sizeOfComment(comment).over === 0 && findRefused(comment).length === 0;

/** Words of one, two, three and four bytes a letter, around the limit. */
const words = fc.constantFrom(
  ...['a', 'listen ', 'año', '“we”', '—', '…', '\n\n', '中', '𝒳', 'x'.repeat(97)],
);
const around = fc
  .tuple(fc.array(words, { minLength: 1, maxLength: 60 }), fc.integer({ min: -4, max: 4 }))
  .map(([pieces, beside]) => {
    const piece = pieces.join('');
    const whole = piece.repeat(Math.floor(commentLimit / Buffer.byteLength(piece)));
    return whole + 'y'.repeat(Math.max(0, commentLimit + beside - Buffer.byteLength(whole)));
  });

describe('what the workshop says of a comment is what regulations.gov says', () => {
  it('to the byte, of 1,000 texts around the limit', async () => {
    const comments = fc.sample(around, 1_000);
    const answers = { taken: 0, refused: 0 };
    for (const comment of comments) {
      const taken = await isTaken(comment);
      expect([comment, fits(comment)]).toEqual([comment, taken]);
      answers[taken ? 'taken' : 'refused']++;
    }
    expect(Math.min(answers.taken, answers.refused)).toBeGreaterThan(100);
  }, 60_000);

  it('of emoji too: what it would refuse is marked, and without that it is taken', async () => {
    const typed = fc.string({ unit: 'grapheme', maxLength: 40 });
    for (const comment of fc.sample(
      fc.oneof(
        typed,
        typed.map((text) => `${text}👍🏽❤️`),
      ),
      300,
    )) {
      if (fits(comment)) expect([comment, await isTaken(comment)]).toEqual([comment, true]);
      expect([comment, await isTaken(withoutRefused(comment))]).toEqual([comment, true]);
    }
    expect(await isTaken('Well done 👍')).toBe(false);
  }, 60_000);
});

const folder = process.env['RECORDED_DIR'];
(folder ? it : it.skip)('the limit is the one of its own description (RECORDED_DIR)', () => {
  const description = parse(readFileSync(path.join(folder!, 'regulations-gov-v4-openapi.yaml'), 'utf8'), {
    maxAliasCount: 1_000,
  }) as object;
  const ajv = new Ajv({ strict: false, validateFormats: false });
  ajv.addSchema(description, 'gov');
  const isDescribed = ajv.compile({ $ref: 'gov#/components/schemas/AnonymousComment' });
  expect(isDescribed(attributesOf('x'.repeat(commentLimit)))).toBe(true);
  expect(isDescribed(attributesOf('x'.repeat(commentLimit + 1)))).toBe(false);
});
