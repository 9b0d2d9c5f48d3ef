import type { Token } from 'markdown-it';
import type { LiquidPiece } from './liquid.js';
import { wrong } from './message-problem.js';
import type { MessageProblem } from './message-problem.js';

const mark = /\ue000(\d+)\ue001/g;
const onlyMarks = /^(\s*\ue000\d+\ue001\s*)+$/;

/**
 * {% if %} and its {% endif %} must stand in one paragraph, or each in a paragraph of its own on the same level: else a
 * condition would take half of a paragraph away and leave broken HTML. Paragraphs of conditions alone leave no empty
 * paragraph behind: they are marked hidden.
 */
export function checkPairs(tokens: Token[], pieces: LiquidPiece[]): MessageProblem[] {
  const problems: MessageProblem[] = [];
  const open: { home: string; piece: LiquidPiece }[] = [];
  tokens.forEach((block, index) => {
    if (block.type !== 'inline') return;
    const children = block.children ?? [];
    const alone =
      onlyMarks.test(block.content) &&
      [...block.content.matchAll(mark)].every((found) => pieces[Number(found[1])]?.kind === 'tag');
    if (alone)
      for (const paragraph of [tokens[index - 1], tokens[index + 1]]) if (paragraph) paragraph.hidden = true;
    for (const child of children) {
      if (child.type !== 'text') continue;
      if (alone) block.meta = { alone: true };
      for (const [, number] of child.content.matchAll(mark)) {
        const piece = pieces[Number(number)];
        if (piece?.kind !== 'tag') continue;
        const word = /\w+/.exec(piece.text)?.[0] ?? '';
        const home = alone ? `level ${block.level}` : `paragraph ${index} level ${child.level}`;
        if (word === 'if' || word === 'unless') open.push({ home, piece });
        else if (open.at(-1)?.home !== home) problems.push(apart(piece));
        if (word.startsWith('end')) open.pop();
      }
    }
  });
  for (const { piece } of open) problems.push(apart(piece));
  return problems;
}

function apart({ line, column, text }: LiquidPiece): MessageProblem {
  return { part: 'body', line, column, ...wrong('apart', { tag: text }) };
}
