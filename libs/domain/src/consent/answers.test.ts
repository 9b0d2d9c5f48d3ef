import { mayAnswer, type Said } from './answers.js';

const told = (reply: string, minutesAgo = 1, more: Partial<Said> = {}): Said => ({
  reply,
  crisis: false,
  minutesAgo,
  sameDay: true,
  ...more,
});
const times = (n: number, one: Said): Said[] => Array.from({ length: n }, () => one);

describe('a text from a phone is answered', () => {
  it('with the first answer of its kind in a day, however much was said', () => {
    expect(mayAnswer('help', false, times(50, told('started')))).toBe(true);
    expect(mayAnswer('stopped', false, times(50, told('started')))).toBe(true);
  });

  it('at most four times in ten minutes', () => {
    expect(mayAnswer('help', false, times(3, told('help', 9.9)))).toBe(true);
    expect(mayAnswer('help', false, times(4, told('help', 9.9)))).toBe(false);
    expect(mayAnswer('help', false, times(4, told('help', 10)))).toBe(true);
  });

  it('at most ten times in a day', () => {
    expect(mayAnswer('help', false, times(9, told('help', 600)))).toBe(true);
    expect(mayAnswer('help', false, times(10, told('help', 600)))).toBe(false);
  });

  it('once a day by the campaign’s clock, when nobody understands it', () => {
    expect(mayAnswer('other', false, [told('done')])).toBe(true);
    expect(mayAnswer('other', false, [told('other', 1_000)])).toBe(false);
    expect(mayAnswer('other', false, [told('other', 1_000, { sameDay: false })])).toBe(true);
  });

  it('three times a day when it holds words of crisis, whatever else was said', () => {
    const crisis = told('other', 1, { crisis: true });
    expect(mayAnswer('other', true, times(50, told('other')))).toBe(true);
    expect(mayAnswer('other', true, times(2, crisis))).toBe(true);
    expect(mayAnswer('other', true, times(3, crisis))).toBe(false);
  });
});
