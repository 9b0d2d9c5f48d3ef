import type { Token } from 'markdown-it';

/** The plain part, from the same Markdown: paragraphs apart by an empty line, lists with marks, links as "label: address". */
export function textOf(tokens: Token[]): string {
  let text = '';
  const lists: { next: number | null }[] = [];
  let bullet = '';
  for (const token of tokens) {
    if (token.type === 'bullet_list_open') lists.push({ next: null });
    if (token.type === 'ordered_list_open') lists.push({ next: Number(token.attrGet('start') ?? 1) });
    if (token.type.endsWith('_list_close')) {
      lists.pop();
      if (lists.length === 0) text = `${text.trimEnd()}\n\n`;
    }
    if (token.type === 'list_item_open') {
      const list = lists.at(-1);
      bullet = `${'  '.repeat(lists.length - 1)}${list?.next == null ? '-' : `${list.next++}.`} `;
    }
    if (token.type === 'hr') text += '---\n\n';
    if (token.type !== 'inline') continue;
    const words = inlineText(token.children ?? []);
    const alone = (token.meta as { alone?: boolean } | null)?.alone === true;
    text += alone ? words : `${bullet}${words}${lists.length > 0 ? '\n' : '\n\n'}`;
    if (!alone) bullet = '';
  }
  return text.trim();
}

function inlineText(children: Token[]): string {
  let text = '';
  let label: { start: number; href: string } | undefined;
  for (const child of children) {
    if (child.type === 'text' || child.type === 'text_special') text += child.content;
    if (child.type === 'softbreak') text += ' ';
    if (child.type === 'hardbreak') text += '\n';
    if (child.type === 'link_open') label = { start: text.length, href: String(child.attrGet('href') ?? '') };
    if (child.type === 'link_close' && label) {
      const words = text.slice(label.start);
      text = text.slice(0, label.start) + (words === label.href ? words : `${words}: ${label.href}`);
      label = undefined;
    }
  }
  return text;
}
