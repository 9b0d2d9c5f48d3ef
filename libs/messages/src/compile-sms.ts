import type { FaultCode } from '#domain';
import { checkLiquid } from './check-liquid.js';
import { countSegments } from './count-segments.js';
import type { SegmentCount } from './count-segments.js';
import { isUrlField } from './fields.js';
import type { MergeField, MergeValues } from './fields.js';
import { FilledBy } from './liquid.js';
import { MessageProblems, wrong } from './message-problem.js';
import type { MessageProblem } from './message-problem.js';
import type { Language } from './words/languages.js';
import { messagesIn } from './words/messages.js';

export interface SmsTemplate {
  /** Plain text with Liquid. */
  body: string;
  language: Language;
  mayUse?: readonly MergeField[];
  /** Asks for the act, and so says first when its deadline was extended. */
  asks?: boolean;
  /** For the first text to a phone: carriers filter a first text that has a link. */
  withoutLinks?: boolean;
}

export interface FilledSms extends SegmentCount {
  body: string;
}

export interface CompiledSms {
  fields: readonly string[];
  template: string;
  language: Language;
  fill(values: MergeValues): FilledSms;
}

/** @throws MessageProblems */
export function compileSms({ body, language, mayUse, asks, withoutLinks }: SmsTemplate): CompiledSms {
  const words = body.trim();
  const problems = checkLiquid('body', words, mayUse);
  if (words === '') problems.push(problem('no_text'));
  if (problems.length > 0) throw new MessageProblems(problems);
  const template = asks ? `${messagesIn(language).frame.extendedSms}${words}` : words;
  const filled = new FilledBy(template, 'plain');
  if (withoutLinks && (/https?:|www\./i.test(template) || filled.fields.some(isUrlField)))
    throw new MessageProblems([problem('link_first_text')]);
  return {
    fields: filled.fields,
    template,
    language,
    fill(values) {
      const text = filled.fill(values).replace(/ {2,}/g, ' ').trim();
      return { body: text, ...countSegments(text) };
    },
  };
}

const problem = (code: FaultCode): MessageProblem => ({ part: 'body', line: 1, column: 1, ...wrong(code) });
