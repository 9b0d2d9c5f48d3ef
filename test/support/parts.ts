import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Where a program is, by PATH; the first of these names that is there. */
export function findProgram(...names: string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return names
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

export const inCi = ['1', 'true'].includes(process.env['CI'] ?? '');

export const findChromium = () =>
  findProgram('chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome');
export const findRedis = () => findProgram('redis-server');

/** A `describe` for tests in a browser: skipped, saying why, on a machine that has none; never skipped in CI. */
export const withChromium = (name: string, tests: () => void) =>
  describeWith(findChromium(), 'chromium', name, tests);

/** A `describe` for tests on a real Redis: skipped, saying why, on a machine that has none; never skipped in CI. */
export const withRedis = (name: string, tests: () => void) =>
  describeWith(findRedis(), 'redis-server', name, tests);

function describeWith(found: string | undefined, part: string, name: string, tests: () => void): void {
  if (found) return describe(name, tests);
  if (inCi) {
    throw new Error(`"${name}" needs ${part}, and in CI it is never skipped: install ${part}.`);
  }
  describe.skip(`${name} (${part} is not on this machine)`, tests);
}
