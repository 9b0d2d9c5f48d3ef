import fc from 'fast-check';
import { costlyCharacters, costOf, countSegments } from './count-segments.js';

describe('counting segments', () => {
  it.each([
    ['', 'GSM-7', 0, 0],
    ['a'.repeat(160), 'GSM-7', 1, 160],
    ['a'.repeat(161), 'GSM-7', 2, 161],
    ['a'.repeat(306), 'GSM-7', 2, 306],
    ['a'.repeat(307), 'GSM-7', 3, 307],
    ['€'.repeat(80), 'GSM-7', 1, 160],
    ['^{}[]~\\|€', 'GSM-7', 1, 18],
    [`${'a'.repeat(152)}€${'b'.repeat(152)}`, 'GSM-7', 3, 306], // the € would be cut, so it moves on
    ['é ñ ü ¿ ¡ à Ç', 'GSM-7', 1, 13],
    ['á', 'UCS-2', 1, 1],
    ['ç', 'UCS-2', 1, 1],
    ['’'.repeat(70), 'UCS-2', 1, 70],
    ['’'.repeat(71), 'UCS-2', 2, 71],
    ['’'.repeat(134), 'UCS-2', 2, 134],
    ['’'.repeat(135), 'UCS-2', 3, 135],
    ['🙂'.repeat(35), 'UCS-2', 1, 70],
    ['🙂'.repeat(67), 'UCS-2', 3, 134], // 33 whole pairs a segment
  ] as const)('counts %j', (text, encoding, segments, units) => {
    expect(countSegments(text)).toEqual({ encoding, segments, units });
  });

  it('never does with fewer segments than the units need, and never wastes more than one unit in each', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '€', 'á', '🙂', '\n'), maxLength: 700 }), (text) => {
        const { encoding, segments, units } = countSegments(text);
        const [alone, joined] = encoding === 'GSM-7' ? [160, 153] : [70, 67];
        if (units <= alone) expect(segments).toBe(units === 0 ? 0 : 1);
        else {
          expect(segments).toBeGreaterThanOrEqual(Math.ceil(units / joined));
          expect(segments).toBeLessThanOrEqual(Math.ceil(units / (joined - 1)));
        }
      }),
    );
  });

  it('names what makes a text expensive', () => {
    expect(costlyCharacters('Sí, sí:\n“más” 🙂')).toEqual([
      { char: 'í', line: 1, column: 2, cheaper: 'i' },
      { char: '“', line: 2, column: 1, cheaper: '"' },
      { char: 'á', line: 2, column: 3, cheaper: 'a' },
      { char: '”', line: 2, column: 5, cheaper: '"' },
      { char: '🙂', line: 2, column: 7, cheaper: null },
    ]);
    expect(costlyCharacters('¿Mañana? 10 €: "sí" no, "si" sí'.replaceAll('í', 'i'))).toEqual([]);
  });

  it('says what a text costs', () => {
    expect(costOf(countSegments('a'.repeat(307)), 0.8)).toBeCloseTo(2.4);
    expect(costOf(countSegments(''), 0.8)).toBe(0);
  });
});
