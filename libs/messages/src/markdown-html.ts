import type { Token } from 'markdown-it';

/** Inline, because some mail programs throw the <style> away. Dark mode overrides the colours by class (see frame.ts). */
const styles: Record<string, string> = {
  p: 'margin:0 0 16px;',
  h1: 'margin:0 0 12px;font-size:22px;line-height:28px;',
  h2: 'margin:0 0 12px;font-size:20px;line-height:26px;',
  h3: 'margin:0 0 12px;font-size:18px;line-height:24px;',
  ul: 'margin:0 0 16px;padding:0 0 0 24px;',
  ol: 'margin:0 0 16px;padding:0 0 0 24px;',
  li: 'margin:0 0 8px;',
  blockquote: 'margin:0 0 16px;padding:0 0 0 12px;border-left:3px solid #c8c8c8;',
  hr: 'margin:0 0 16px;border:0;border-top:1px solid #c8c8c8;',
  a: 'color:#0b57a4;',
};

/** Dresses the tokens for a mail. A page has a stylesheet of its own, and its CSP refuses style attributes. */
export function dressForMail(tokens: Token[]): void {
  for (const token of tokens) {
    dress(token);
    token.children?.forEach(dress);
  }
}

function dress(token: Token): void {
  if (token.nesting === -1) return;
  const style = styles[token.tag];
  if (style) token.attrSet('style', style);
  if (token.type !== 'link_open') return;
  token.attrs = [
    ['href', String(token.attrGet('href') ?? '')],
    ['style', styles.a ?? ''],
    ['class', 'link'],
  ];
}
