import type { UrlField } from './fields.js';
import type { Messages } from './words/en/messages.js';
import { messagesIn } from './words/messages.js';
import type { Language } from './words/languages.js';

/** Why the person gets this mail: it decides the sentence above the way out. */
export type Reason = keyof Messages['frame']['reason'];
export interface Button {
  label: string;
  field: UrlField;
}
export interface FrameParts {
  language: Language;
  /** With the deed and the deadline above the words, as every message has that asks for the act. */
  asks: boolean;
  reason: Reason;
  button?: Button;
  /** One quiet link under the button. */
  link?: Button;
}

/**
 * The layout of every mail, in an order that never changes: what is asked and by when, the words, one button, why one gets
 * this, the way out, the postal address. Nothing is loaded from elsewhere, and the first words are the mail's own, so that
 * a preview on a lock screen shows the deed and not the coalition's full name.
 * Takes and gives Liquid: all values are merge fields, so one compile serves every coalition and person.
 */
export function frameHtml(subject: string, body: string, parts: FrameParts): string {
  const words = messagesIn(parts.language).frame;
  return `<!doctype html>
<html lang="${parts.language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${subject}</title>
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background: #14171a !important; }
  .sheet { background: #1e2226 !important; }
  .words { color: #f0f0f0 !important; }
  .small { color: #c4c8cc !important; }
  .link { color: #9cc7ff !important; }
  .button { border-color: #9aa0a6 !important; }
}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f2f2f0;">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f2f2f0;">
<tr><td align="center" style="padding:16px 8px;">
<table role="presentation" class="sheet" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;background:#ffffff;border-top:6px solid {{ colour }};">
<tr><td class="words" align="left" style="padding:24px 20px 8px;font-family:${font};font-size:17px;line-height:26px;color:#1c1c1c;word-break:break-word;">
${parts.asks ? `${askHtml(words)}\n` : ''}${body}
</td></tr>
${parts.button ? buttonHtml(parts.button) : ''}${parts.link ? linkHtml(parts.link) : ''}<tr><td class="small" align="left" style="padding:16px 20px 24px;font-family:${font};font-size:14px;line-height:22px;color:#5a5a5a;">
<p style="margin:0 0 12px;">${words.reason[parts.reason]}</p>
<p style="margin:0 0 12px;"><a class="link" href="{{ stopUrl }}" style="${apart}">${words.stop}</a><br><a class="link" href="{{ preferencesUrl }}" style="${apart}">${words.preferences}</a></p>
<p style="margin:0;">${words.address}</p>
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

export function frameText(body: string, parts: FrameParts): string {
  const words = messagesIn(parts.language).frame;
  const ask = `${words.ask}\n{% if deadline %}{% if extended %}${words.extended}{% else %}${words.by}{% endif %}{% if deadlineEastern != deadline %}\n${words.eastern}{% endif %}{% endif %}`;
  const links = [parts.button, parts.link].filter((link) => link !== undefined).map(labelled);
  return `${[
    ...(parts.asks ? [ask] : []),
    body,
    ...links,
    words.reason[parts.reason],
    `${words.stop}: {{ stopUrl }}\n${words.preferences}: {{ preferencesUrl }}`,
    words.address,
  ].join('\n\n')}\n`;
}

const font = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
/** 38 px each, so that a thumb on one does not press the other. */
const apart = 'display:inline-block;padding:8px 0;color:#0b57a4;';
const labelled = ({ label, field }: Button) => `${label}: {{ ${field} }}`;

function askHtml(words: ReturnType<typeof messagesIn>['frame']): string {
  return `<h1 style="margin:0 0 4px;font-size:22px;line-height:28px;">${words.ask}</h1>
<p style="margin:0 0 16px;">{% if deadline %}<strong>{% if extended %}${words.extended}{% else %}${words.by}{% endif %}</strong>{% if deadlineEastern != deadline %}<br><span style="font-size:15px;">${words.eastern}</span>{% endif %}{% endif %}</p>`;
}

/**
 * 14 px above and below a 20 px line, big enough for a thumb. The cell is coloured for programs that drop padding; the line
 * around it shows in the dark, where a coalition's colour may be nearly the sheet's.
 */
function buttonHtml({ label, field }: Button): string {
  return `<tr><td align="left" style="padding:4px 20px 8px;">
<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td bgcolor="{{ colour }}" style="background:{{ colour }};border-radius:6px;">
<a class="button" href="{{ ${field} }}" style="display:inline-block;padding:14px 24px;font-family:${font};font-size:17px;line-height:20px;font-weight:bold;color:#ffffff;text-decoration:none;border:1px solid {{ colour }};border-radius:6px;">${label}</a>
</td></tr></table>
</td></tr>
`;
}

function linkHtml({ label, field }: Button): string {
  return `<tr><td class="words" align="left" style="padding:8px 20px;font-family:${font};font-size:17px;line-height:26px;color:#1c1c1c;">
<a class="link" href="{{ ${field} }}" style="color:#0b57a4;">${label}</a>
</td></tr>
`;
}
