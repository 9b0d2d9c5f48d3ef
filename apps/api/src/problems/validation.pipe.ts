import { type ArgumentMetadata, StandardSchemaValidationPipe } from '@nestjs/common';
import { Problem } from './problem.js';

type Issue = { message: string; path?: readonly unknown[] | undefined };

/** Checks every parameter against its schema; what is wrong is named by its place: `id`, `ladder.0.at`. */
export class ValidationPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({ exceptionFactory: (issues) => new BadIssues(issues) });
  }

  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      throw error instanceof BadIssues ? problemOf(error.issues, metadata.data) : error;
    }
  }
}

class BadIssues extends Error {
  constructor(readonly issues: readonly Issue[]) {
    super('invalid');
  }
}

/** @param parameter the name of a parameter that is not the whole body */
function problemOf(issues: readonly Issue[], parameter: string | undefined): Problem {
  const parts = issues.map(({ message, path = [] }) => ({
    path: [...(parameter ? [parameter] : []), ...path.map(nameOf)].join('.'),
    message,
  }));
  const first = parts[0];
  return new Problem(
    400,
    'invalid',
    first?.path ? `"${first.path}": ${first.message}` : (first?.message ?? 'The request is not valid.'),
    parts,
  );
}

const nameOf = (step: unknown) =>
  String(typeof step === 'object' && step !== null && 'key' in step ? step.key : step);
