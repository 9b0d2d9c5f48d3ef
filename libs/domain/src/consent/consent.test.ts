import { hasConsent } from './consent.js';

it('is what was said last, a withdrawal of the same instant included', () => {
  const at = (minute: number) => new Date(Date.UTC(2027, 0, 1, 0, minute));
  const granted = { channel: 'email', action: 'granted', at: at(1) } as const;
  const withdrawn = { channel: 'email', action: 'withdrawn', at: at(2) } as const;
  expect(hasConsent([], 'email')).toBe(false);
  expect(hasConsent([granted], 'email')).toBe(true);
  expect(hasConsent([granted], 'sms')).toBe(false);
  expect(hasConsent([withdrawn, granted], 'email')).toBe(false);
  expect(hasConsent([{ ...withdrawn, at: at(1) }, granted], 'email')).toBe(false);
  expect(hasConsent([granted, withdrawn, { ...granted, at: at(3) }], 'email')).toBe(true);
});
