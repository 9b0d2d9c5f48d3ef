import { type ArgumentMetadata, StandardSchemaValidationPipe } from '@nestjs/common';
import { type Fault, type FaultCode, fault, faults } from '#domain';
import { Problem } from './problem.js';

/** As zod says it, with what the kind of issue brings along. */
type Issue = {
  message: string;
  path?: readonly unknown[] | undefined;
  code?: string;
  origin?: string;
  format?: string;
  expected?: string;
  minimum?: number;
  maximum?: number;
  values?: readonly unknown[];
  keys?: readonly string[];
  /** Of a schema that names the fault itself. */
  params?: Pick<Fault, 'code' | 'values'>;
};

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
  const parts = issues.map((issue) => ({
    path: [...(parameter ? [parameter] : []), ...(issue.path ?? []).map(nameOf)].join('.'),
    ...faultOf(issue),
  }));
  const first = parts[0];
  return new Problem(
    400,
    'invalid',
    first?.path ? `"${first.path}": ${first.message}` : (first?.message ?? 'The request is not valid.'),
    parts,
  );
}

/** Our own words for it, of a schema or of zod's kinds; else those that the schema has. */
function faultOf(issue: Issue): Pick<Fault, 'message'> & Partial<Fault> {
  const own = codes.find((code) => faults[code] === issue.message);
  if (own) return fault(own);
  if (issue.params) return { message: issue.message, ...issue.params };
  const { minimum: least = 0, maximum: most = 0, values = [], keys = [] } = issue;
  const text = issue.origin === 'string';
  const list = issue.origin === 'array';
  switch (/^(Invalid|Too|Unrecognized) /.test(issue.message) ? issue.code : null) {
    case 'invalid_type':
      if (/received undefined$/.test(issue.message)) return fault('missing');
      return fault(issue.expected === 'int' ? 'whole' : 'invalid');
    case 'too_small':
      if (text) return least === 1 ? fault('empty') : fault('too_short', { least });
      return fault(list ? 'too_few' : 'too_small', { least });
    case 'too_big':
      return fault(text ? 'too_long' : list ? 'too_many' : 'too_big', { most });
    case 'invalid_value':
      return fault('none_of', { choices: values.join(', ') });
    case 'unrecognized_keys':
      return fault('unknown_part', { keys: keys.join(', ') });
    case 'invalid_format':
      return fault(issue.format === 'url' ? 'url' : 'invalid');
    default:
      return { message: issue.message };
  }
}

const codes = Object.keys(faults) as FaultCode[];

const nameOf = (step: unknown) =>
  String(typeof step === 'object' && step !== null && 'key' in step ? step.key : step);
