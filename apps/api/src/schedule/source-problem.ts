import { SourceTrouble, type TroubleKind } from '#dockets';
import type { Source } from '#domain';
import { Problem } from '../problems/problem.js';

const byHand = 'You can go on meanwhile: enter the comment period’s end by hand.';
const names: Record<Source, string> = {
  regulations_gov: 'regulations.gov',
  federal_register: 'The Federal Register',
};
const words: Record<TroubleKind, [status: number, code: string, (name: string) => string]> = {
  busy: [
    503,
    'busy',
    (name) => `${name} has been asked as often as it may be for now. Try again later. ${byHand}`,
  ],
  silent: [502, 'silent', (name) => `${name} does not answer just now. ${byHand}`],
  resting: [502, 'silent', (name) => `${name} has trouble just now. ${byHand}`],
  refused: [
    503,
    'key_refused',
    (name) =>
      `${name} does not take our key (REGULATIONS_GOV_API_KEY); whoever runs this service can renew it. ${byHand}`,
  ],
};

/** Whatever goes wrong outside is said with the way around it; any other error stays as it is. */
export function sayTrouble(error: unknown): never {
  if (!(error instanceof SourceTrouble)) throw error;
  const [status, code, say] = words[error.kind];
  throw new Problem(status, `${error.source}_${code}`, say(names[error.source]));
}
