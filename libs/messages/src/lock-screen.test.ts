import { checkLockScreen, lockScreenOfSms } from './lock-screen.js';

describe('words on a lock screen', () => {
  it('finds a listed word at the start of a word, whatever its accents and capitals', () => {
    expect(checkLockScreen('For PEERS and peer-run', ['peer'])).toEqual(['peer']);
    expect(checkLockScreen('It will appear', ['peer'])).toEqual([]);
    expect(checkLockScreen('Tu recuperacion', ['recuperación'])).toEqual(['recuperación']);
    expect(checkLockScreen('salud  Mental', ['salud mental', ''])).toEqual(['salud mental']);
  });

  it('looks at the first 60 characters of a text', () => {
    expect(lockScreenOfSms('x'.repeat(100))).toHaveLength(60);
  });
});
