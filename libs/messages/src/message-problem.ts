import { fault, type FaultCode, type FaultValues } from '#domain';

/** What is wrong: in words, and by what programs know it. */
export type Wrong = { words: string; code: FaultCode; values: FaultValues };

export function wrong(code: FaultCode, values?: FaultValues): Wrong {
  const { message, ...rest } = fault(code, values);
  return { words: message, ...rest };
}

/** One thing a writer has to mend: where (both from 1, in the text as written) and what to do. */
export interface MessageProblem extends Wrong {
  part: 'subject' | 'body' | 'button';
  line: number;
  column: number;
}

/** The line and column of a character, both from 1; of the first one when a search found nothing (-1). */
export function placeAt(source: string, index: number): { line: number; column: number } {
  const before = source.slice(0, Math.max(0, index)).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

/** Thrown by the compilers with everything that is wrong at once, so that a writer mends it in one go. */
export class MessageProblems extends Error {
  constructor(readonly problems: readonly MessageProblem[]) {
    super(problems.map((p) => `${p.part} ${p.line}:${p.column} ${p.words}`).join('\n'));
    this.name = 'MessageProblems';
  }
}

/** Thrown by `fill` when a value that the message names is not there or is not what its field holds. */
export class BadMergeValue extends Error {
  constructor(
    readonly field: string,
    reason: string,
  ) {
    super(`Merge field "${field}" ${reason}`);
    this.name = 'BadMergeValue';
  }
}
