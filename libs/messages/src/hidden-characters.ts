import { findHidden } from '#domain';
import { placeAt } from './message-problem.js';

/** What nobody sees in a message, and where. */
export const hiddenCharacters = (source: string): { line: number; column: number; code: string }[] =>
  findHidden(source).map(({ index, code }) => ({ ...placeAt(source, index), code }));
