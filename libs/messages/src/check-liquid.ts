import { isMergeField, mergeFields } from './fields.js';
import type { MergeField } from './fields.js';
import { allowedFilters, liquidTokens, liquidVariables, placeOf } from './liquid.js';
import type { LiquidPiece } from './liquid.js';
import type { MessageProblem } from './message-problem.js';

const allowedTagWords = ['if', 'elsif', 'else', 'endif', 'unless', 'endunless'];
const output = /^\{\{\s*\w+\s*(\|\s*\w+\s*(:\s*("[^"]*"|'[^']*')\s*)?)*\}\}$/;

/** Everything wrong with the Liquid of one part, in the writer's own lines and columns. Empty means: it will fill. */
export function checkLiquid(
  part: MessageProblem['part'],
  source: string,
  mayUse: readonly MergeField[] = Object.keys(mergeFields) as MergeField[],
): MessageProblem[] {
  const problems: MessageProblem[] = [];
  const add = (at: { line: number; column: number }, words: string) =>
    problems.push({ part, line: at.line, column: at.column, words });
  try {
    for (const piece of liquidTokens(source)) for (const words of wordsAbout(piece)) add(piece, words);
    if (problems.length > 0) return problems;
    for (const variable of liquidVariables(source)) {
      if (!isMergeField(variable.name))
        add(variable, `There is no field "${variable.name}". Fields: ${mayUse.join(', ')}.`);
      else if (variable.hasParts) add(variable, `The field "${variable.name}" has no parts.`);
      else if (!mayUse.includes(variable.name))
        add(variable, `The field "${variable.name}" may not be used in this message.`);
    }
  } catch (error) {
    const { line, column, words } = placeOf(error);
    add({ line, column }, `This cannot be read: ${words}.`);
  }
  return problems;
}

function wordsAbout({ kind, text }: LiquidPiece): string[] {
  if (kind === 'literal')
    return /[{}]/.test(text) ? ['Braces are only for fields: {{ field }} or {% if field %}.'] : [];
  if (/^\{[{%]-|-[}%]\}$/.test(text)) return ['Write braces without a dash: {{ field }}.'];
  if (kind === 'tag') {
    const tag = /\w+/.exec(text)?.[0] ?? '';
    return allowedTagWords.includes(tag)
      ? []
      : [`The tag "${tag}" is not available. Available: if, elsif, else, unless.`];
  }
  const unknown = [...text.matchAll(/\|\s*(\w+)/g)].map((found) => found[1] ?? '');
  const wrong = unknown.filter((filter) => !allowedFilters.includes(filter));
  if (wrong.length > 0)
    return wrong.map((f) => `The filter "${f}" is not available. Available: ${allowedFilters.join(', ')}.`);
  return output.test(text) ? [] : ['Between {{ and }} goes one field, perhaps with a filter.'];
}
