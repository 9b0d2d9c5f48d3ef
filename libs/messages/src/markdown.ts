import MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';
import { isUrlField } from './fields.js';
import { liquidTokens } from './liquid.js';
import type { LiquidPiece } from './liquid.js';
import { MessageProblems, wrong } from './message-problem.js';
import type { MessageProblem } from './message-problem.js';
import { checkPairs } from './check-pairs.js';
import { dressForMail } from './markdown-html.js';
import { textOf } from './markdown-text.js';

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable([
  'code',
  'fence',
  'backticks',
  'image', // no pictures: nothing is loaded from elsewhere, nobody is tracked
  'table',
  'strikethrough',
  'reference',
  'lheading',
]);
const normalize = markdown.normalizeLink.bind(markdown);
markdown.normalizeLink = (url) => (url.includes('\ue000') ? url : normalize(url));
const render = (tokens: Token[]) => markdown.renderer.render(tokens, markdown.options, {}).trim();

/**
 * Markdown that holds Liquid → two Liquid templates, one HTML and one plain.
 * The Liquid goes through Markdown as opaque marks (private-use characters) and is put back afterwards, so Markdown is read
 * once, before any value is known: an asterisk in a person's name stays an asterisk.
 */
export function compileMarkdown(source: string): { html: string; text: string; problems: MessageProblem[] } {
  const pieces: LiquidPiece[] = [];
  const marked = liquidTokens(source.replaceAll('\r\n', '\n').replace(/[\ue000\ue001]/g, ''))
    .map((piece) => (piece.kind === 'literal' ? piece.text : `\ue000${pieces.push(piece) - 1}\ue001`))
    .join('');
  const unmark = (text: string) =>
    text.replace(/\ue000(\d+)\ue001/g, (_, index: string) => pieces[Number(index)]?.text ?? '');

  const tokens = markdown.parse(marked, {});
  const problems = checkPairs(tokens, pieces);
  for (const block of tokens) {
    const at = { part: 'body' as const, line: (block.map?.[0] ?? 0) + 1, column: 1 };
    for (const inline of block.children ?? []) {
      if (/[{}]/.test(inline.content)) problems.push({ ...at, ...wrong('braces_field') });
      if (inline.type !== 'link_open') continue;
      const href = unmark(String(inline.attrGet('href') ?? ''));
      const field = /^\{\{\s*(\w+)\s*\}\}$/.exec(href)?.[1];
      const isAddress = /^(https?:\/\/|mailto:|tel:)[^{}]+$/.test(href);
      if (!isAddress && !(field !== undefined && isUrlField(field)))
        problems.push({ ...at, ...wrong('link_field', { href }) });
    }
  }
  dressForMail(tokens);
  return { html: unmark(render(tokens)), text: unmark(textOf(tokens)), problems };
}

/**
 * Markdown without Liquid → HTML for a page: no style attributes (a strict CSP refuses them), no HTML of the writer's.
 * @throws MessageProblems
 */
export function markdownHtml(source: string): string {
  const tokens = markdown.parse(source, {});
  const problems: MessageProblem[] = tokens.flatMap((block) =>
    (block.children ?? [])
      .filter((inline) => inline.type === 'link_open')
      .map((inline) => String(inline.attrGet('href') ?? ''))
      .filter((href) => !/^(https?:\/\/|mailto:|tel:)/.test(href))
      .map((href) => ({
        part: 'body',
        line: (block.map?.[0] ?? 0) + 1,
        column: 1,
        ...wrong('link_form', { href }),
      })),
  );
  if (problems.length > 0) throw new MessageProblems(problems);
  return render(tokens);
}

/** The same words without their signs, for places that show plain text. */
export function markdownText(source: string): string {
  return textOf(markdown.parse(source, {})).trim();
}
