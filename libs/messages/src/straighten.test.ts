import fc from 'fast-check';
import { countSegments } from './count-segments.js';
import { straighten } from './straighten.js';

describe('straightening a text', () => {
  it('puts plain signs where a word processor put its own', () => {
    expect(straighten('“It’s” «time» – now… 10\u00a0am • go')).toBe('"It\'s" "time" - now... 10 am - go');
    expect(countSegments(straighten('‘a’—`b´\u2009c')).encoding).toBe('GSM-7');
  });

  it('takes accents away only when asked, and only those that cost', () => {
    expect(straighten('Sí, mañana a las ocho, José Pingüino')).toBe('Sí, mañana a las ocho, José Pingüino');
    expect(straighten('Sí, acá comenzó tu año, José', { accents: true })).toBe(
      'Si, aca comenzo tu año, José',
    );
  });

  it('changes nothing that is cheap or that it does not know, and nothing twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.boolean(), (text, accents) => {
        const once = straighten(text, { accents });
        expect(straighten(once, { accents })).toBe(once);
        if (countSegments(text).encoding === 'GSM-7') expect(once).toBe(text);
      }),
    );
    expect(straighten('🙂 مرحبا')).toBe('🙂 مرحبا');
  });
});
