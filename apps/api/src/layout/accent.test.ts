import { accentStylesheet } from './accent.js';

describe('a coalition’s colour', () => {
  it('is kept when white reads well on it', () => {
    expect(accentStylesheet('7a1f5c')).toBe(':root{--accent:#7a1f5c}');
  });

  it('gives way to the house’s when it does not, or is no colour', () => {
    const house = accentStylesheet('ffff00');
    expect(house).toMatch(/^:root\{--accent:#[0-9a-f]{6}\}$/);
    expect(house).not.toContain('ffff00');
    expect(accentStylesheet('}body{')).toBe(house);
  });
});
