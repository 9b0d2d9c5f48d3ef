import fc from 'fast-check';
import { commentLimit, sizeOfComment } from './comment-size.js';
import { likenessTo } from './likeness.js';
import { openingLine } from './opening.js';
import { findRefused, withoutRefused } from './refused.js';
import { findTelling } from './second-look.js';

/** What people type and paste: letters of all widths, emoji, signs, halves of characters. */
const typed = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom(
      'a',
      ' ',
      '.',
      'é',
      '“',
      '’',
      '—',
      '\n',
      '👍🏽',
      '👩‍💻',
      '1️⃣',
      '🇺🇸',
      '©',
      '❤️',
      '\u200b',
      '\ud83d',
    ),
    maxLength: 60,
  }),
);

describe('the size of a comment', () => {
  it('is characters and bytes, which curly quotes and accents tell apart', () => {
    expect(sizeOfComment('')).toEqual({ characters: 0, bytes: 0, over: 0 });
    expect(sizeOfComment('“Sí”')).toEqual({ characters: 4, bytes: 9, over: 0 });
    expect(sizeOfComment('👍')).toMatchObject({ characters: 2, bytes: 4 });
  });

  it('says by how much it is too long', () => {
    expect(sizeOfComment('x'.repeat(commentLimit)).over).toBe(0);
    expect(sizeOfComment('é'.repeat(2_501))).toEqual({ characters: 2_501, bytes: 5_002, over: 2 });
  });

  it('fits in bytes only where it fits in characters', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const { characters, bytes } = sizeOfComment(text);
        expect(characters).toBe(text.length);
        expect(bytes).toBe(Buffer.byteLength(text));
        expect(bytes).toBeGreaterThanOrEqual(characters);
      }),
    );
  });
});

describe('what the official form refuses', () => {
  it.each([
    ['Great work 👍', ['👍']],
    ['👩‍💻 and 🇺🇸, 1️⃣', ['👩‍💻', '🇺🇸', '\ufe0f\u20e3']],
    ['I ❤️ my job\u200b', ['❤️', '\u200b']],
    ['Sí: “25,000” — a © and a ™,\n\ttabs, 100 % ½ €', []],
    ['half \ud83d of one', ['\ud83d']],
  ])('%j', (comment, found) => {
    expect(findRefused(comment).map(({ text }) => text)).toEqual(found);
  });

  it('is all gone when it is taken out, and nothing else', () => {
    fc.assert(
      fc.property(typed, (comment) => {
        const clean = withoutRefused(comment);
        expect(findRefused(clean)).toEqual([]);
        let rest = comment;
        for (const { index, text } of findRefused(comment).reverse()) {
          expect(comment.slice(index, index + text.length)).toBe(text);
          rest = rest.slice(0, index) + rest.slice(index + text.length);
        }
        expect(clean).toBe(rest);
      }),
    );
  });
});

describe('likeness to the sample', () => {
  const sample = 'Peer support specialists use what they have lived through to help others find their way.';

  it('is the share of words that stand in the sample in runs of five', () => {
    expect(likenessTo(sample, sample)).toBe(1);
    expect(likenessTo(sample, 'USE WHAT they have… lived — and so do nine of my own')).toBe(5 / 12);
    expect(likenessTo(sample, 'use what they have')).toBe(0);
    expect(likenessTo(sample, '')).toBe(0);
    expect(likenessTo('', sample)).toBe(0);
  });

  it('lies between none and all, and own words never raise it', () => {
    const own = fc.array(fc.constantFrom('my', 'own', 'words', 'entirely', 'here'), { minLength: 1 });
    fc.assert(
      fc.property(fc.nat(14), fc.nat(14), own, (from, to, words) => {
        const part = sample.split(' ').slice(from, to).join(' ');
        const alike = likenessTo(sample, part);
        expect(alike === 0 || alike === 1).toBe(true);
        expect(likenessTo(sample, `${part} ${words.join(' ')}`)).toBeLessThanOrEqual(alike);
      }),
    );
  });
});

describe('what a writer should look at again', () => {
  const found = (draft: string, known?: string) =>
    findTelling(draft, known).map(({ kind, text }) => `${kind}: ${text}`);

  it.each([
    [
      'I supported Maria Gomez in Portland on March 3.',
      ['name: Maria Gomez', 'place: Portland', 'date: March 3'],
    ],
    ['My client maria came every week.', ['name: maria']],
    ['Kevin’s story is his own. Then Tyrell came.', ['name: Kevin', 'name: Tyrell']],
    [
      'We met Dr. Smith and J. Okafor at Harborview Medical Center.',
      ['name: Smith', 'name: Okafor', 'place: Harborview Medical Center'],
    ],
    [
      'It was 2027-03-05, or 3/5/27, or the 3rd of May 2020.',
      ['date: 2027-03-05', 'date: 3/5/27', 'date: 3rd of May 2020'],
    ],
    ['Write to ana@example.org or (503) 555-0142.', ['contact: ana@example.org', 'contact: (503) 555-0142']],
    ['She lived at 12 Elm Street, Salem, OR 97301.', ['place: 12 Elm Street', 'name: Salem', 'place: 97301']],
    [
      'El 5 de marzo de 2020 acompañé a José en Bayamón.',
      ['date: 5 de marzo de 2020', 'name: José', 'place: Bayamón'],
    ],
    ['My supervisor, a woman named Precious, agreed.', ['name: Precious']],
  ])('%s', (draft, remarks) => {
    expect(found(draft)).toEqual(remarks);
  });

  it('leaves alone what tells on nobody', () => {
    for (const draft of [
      'I am a Peer Support Specialist in New York since 2019, on call 24/7, half of my 25 hours by phone.',
      'Medicaid pays for it in Oregon. On Mondays I answer. English and Spanish are spoken.',
      'Soy especialista en apoyo entre pares. Cada semana acompaño a unas 20 personas. Que sean escuchadas.',
      'NYC has 1,050 of us; SAMHSA says more. We may work 3 or 4 days.',
    ])
      expect(found(draft)).toEqual([]);
  });

  it('knows the campaign’s own words', () => {
    expect(found('They call it the Wellness Recovery Plan.')).toEqual(['name: Wellness Recovery Plan']);
    expect(found('They call it the Wellness Recovery Plan.', 'the wellness recovery plan')).toEqual([]);
  });

  it('says where each stands, in order, one at a time', () => {
    const piece = fc.constantFrom(
      'Maria ',
      'in Salem, ',
      '3/5/27 ',
      'a@b.co ',
      '12 Elm Street',
      '. The ',
      'x',
      '\n',
      'May 3',
      '“Jo”',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          typed,
          fc.array(piece).map((pieces) => pieces.join('')),
        ),
        (draft) => {
          let end = 0;
          for (const { index, text } of findTelling(draft)) {
            expect(draft.slice(index, index + text.length)).toBe(text);
            expect(index).toBeGreaterThanOrEqual(end);
            end = index + text.length;
          }
        },
      ),
    );
  });
});

it('fills the docket into the first line, and has none while the docket has no id', () => {
  expect(openingLine('{{ docket }}, updates', 'BLS-2027-0001')).toBe('BLS-2027-0001, updates');
  expect(openingLine('{{docket}}, updates', undefined)).toBeNull();
  expect(openingLine('To whom it concerns', undefined)).toBe('To whom it concerns');
});
