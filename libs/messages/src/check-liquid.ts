import { isMergeField, mergeFields } from './fields.js';
import type { MergeField } from './fields.js';
import { allowedFilters, liquidTokens, liquidVariables, placeOf } from './liquid.js';
import type { LiquidPiece } from './liquid.js';
import { wrong } from './message-problem.js';
import type { MessageProblem, Wrong } from './message-problem.js';

const allowedTagWords = ['if', 'elsif', 'else', 'endif', 'unless', 'endunless'];
const output = /^\{\{\s*\w+\s*(\|\s*\w+\s*(:\s*("[^"]*"|'[^']*')\s*)?)*\}\}$/;

/** Everything wrong with the Liquid of one part, in the writer's own lines and columns. Empty means: it will fill. */
export function checkLiquid(
  part: MessageProblem['part'],
  source: string,
  mayUse: readonly MergeField[] = Object.keys(mergeFields) as MergeField[],
): MessageProblem[] {
  const problems: MessageProblem[] = [];
  const add = (at: { line: number; column: number }, what: Wrong) =>
    problems.push({ part, line: at.line, column: at.column, ...what });
  try {
    for (const piece of liquidTokens(source)) for (const what of wrongIn(piece)) add(piece, what);
    if (problems.length > 0) return problems;
    for (const variable of liquidVariables(source)) {
      if (!isMergeField(variable.name))
        add(variable, wrong('field_unknown', { field: variable.name, fields: mayUse.join(', ') }));
      else if (variable.hasParts) add(variable, wrong('field_parts', { field: variable.name }));
      else if (!mayUse.includes(variable.name))
        add(variable, wrong('field_not_here', { field: variable.name }));
    }
  } catch (error) {
    const { line, column, words } = placeOf(error);
    add({ line, column }, wrong('unreadable', { cause: words }));
  }
  return problems;
}

function wrongIn({ kind, text }: LiquidPiece): Wrong[] {
  if (kind === 'literal') return /[{}]/.test(text) ? [wrong('braces')] : [];
  if (/^\{[{%]-|-[}%]\}$/.test(text)) return [wrong('braces_dash')];
  if (kind === 'tag') {
    const tag = /\w+/.exec(text)?.[0] ?? '';
    return allowedTagWords.includes(tag) ? [] : [wrong('tag_unknown', { tag })];
  }
  const unknown = [...text.matchAll(/\|\s*(\w+)/g)].map((found) => found[1] ?? '');
  const strange = unknown.filter((filter) => !allowedFilters.includes(filter));
  if (strange.length > 0)
    return strange.map((filter) => wrong('filter_unknown', { filter, filters: allowedFilters.join(', ') }));
  return output.test(text) ? [] : [wrong('output_form')];
}
