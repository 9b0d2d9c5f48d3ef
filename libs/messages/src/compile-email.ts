import { checkLiquid } from './check-liquid.js';
import type { MergeField, MergeValues } from './fields.js';
import { frameHtml, frameText } from './frame.js';
import type { FrameParts } from './frame.js';
import { type CleanValues, FilledBy, type OpenText } from './liquid.js';
import { compileMarkdown } from './markdown.js';
import { MessageProblems, wrong } from './message-problem.js';
import type { MessageProblem } from './message-problem.js';
import { QuotedBy } from './quoted.js';

export interface EmailTemplate extends Omit<FrameParts, 'asks' | 'reason'> {
  /** One line of Liquid. */
  subject: string;
  /** Markdown with Liquid. */
  body: string;
  asks?: boolean;
  reason?: FrameParts['reason'];
  /** The fields that the subject and the words may name; by default all. */
  mayUse?: readonly MergeField[];
}

export interface FilledEmail {
  subject: string;
  html: string;
  text: string;
}

/** A filled mail whose two parts are quoted-printable already. */
export interface EncodedEmail {
  subject: string;
  html: string;
  text: string;
}

/** Compiled once per message and language, filled once per person. */
export interface CompiledEmail {
  /** What `fill` needs a value for; also the layout's own. */
  fields: readonly string[];
  /** The three finished Liquid templates. */
  templates: FilledEmail;
  fill(values: MergeValues): FilledEmail;
  /** As `fill`; words that many people share are rendered and encoded once. */
  encode(values: MergeValues): EncodedEmail;
}

/** More kinds of people than one message has conditions for; what only some of them share is encoded again. */
const mostKinds = 200;

/** @throws MessageProblems with every problem at once, in the writer's own lines and columns. */
export function compileEmail(template: EmailTemplate): CompiledEmail {
  const subject = template.subject.trim();
  const problems = [
    ...checkSubject(subject),
    ...checkLiquid('subject', subject, template.mayUse),
    ...checkLiquid('body', template.body, template.mayUse),
    ...[template.button, template.link].flatMap((button) => (button ? checkLabel(button.label) : [])),
  ];
  if (template.body.trim() === '') problems.push({ part: 'body', line: 1, column: 1, ...wrong('no_words') });
  if (problems.length > 0) throw new MessageProblems(problems);
  const body = compileMarkdown(template.body);
  if (body.problems.length > 0) throw new MessageProblems(body.problems);

  const parts: FrameParts = { asks: false, reason: 'asked', ...template };
  const labels = { ...parts, button: escaped(parts.button), link: escaped(parts.link) };
  const templates = {
    subject,
    html: frameHtml(subject, body.html, labels),
    text: frameText(body.text, parts),
  };
  const filled = {
    subject: new FilledBy(templates.subject, 'plain'),
    html: new FilledBy(templates.html, 'html'),
    text: new FilledBy(templates.text, 'plain'),
  };
  const encoded = new Map<string, { subject: OpenText; html: QuotedBy; text: QuotedBy }>();
  const encodedFor = (values: CleanValues) => {
    const kind = Object.values(filled)
      .map((part) => part.kindOf(values))
      .join('\n');
    let parts = encoded.get(kind);
    if (!parts) {
      if (encoded.size >= mostKinds) encoded.clear();
      const text = filled.text
        .open(values)
        .map((piece) => (typeof piece === 'string' ? withoutGaps(piece) : piece));
      parts = {
        subject: filled.subject.open(values),
        html: new QuotedBy(filled.html, filled.html.open(values)),
        text: new QuotedBy(filled.text, text),
      };
      encoded.set(kind, parts);
    }
    return parts;
  };
  /** Each value is looked at once, whatever it stands in. */
  const clean = (values: MergeValues) =>
    filled.html.clean(values, filled.text.clean(values, filled.subject.clean(values)));
  return {
    fields: [...new Set(Object.values(filled).flatMap((part) => part.fields))],
    templates,
    fill: (values) => ({
      subject: onOneLine(filled.subject.fill(values)),
      html: filled.html.fill(values),
      text: withoutGaps(filled.text.fill(values)),
    }),
    encode(values) {
      const cleaned = clean(values);
      const { subject, html, text } = encodedFor(cleaned);
      const words = subject.map((piece) =>
        typeof piece === 'string' ? piece : filled.subject.valueFor(piece, cleaned),
      );
      return {
        subject: onOneLine(words.join('')),
        html: html.fill(cleaned),
        text: text.fill(cleaned),
      };
    },
  };
}

const onOneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
const withoutGaps = (text: string) => text.replace(/\n{3,}/g, '\n\n');

function checkSubject(subject: string): MessageProblem[] {
  const at = { part: 'subject' as const, line: 1, column: 1 };
  if (subject === '') return [{ ...at, ...wrong('no_subject') }];
  if (/[\r\n]/.test(subject)) return [{ ...at, line: 2, ...wrong('subject_lines') }];
  if (/[<>]/.test(subject)) return [{ ...at, ...wrong('subject_signs') }];
  return subject.length > 120 ? [{ ...at, column: 121, ...wrong('subject_long') }] : [];
}

function checkLabel(label: string): MessageProblem[] {
  const fine = label.trim() !== '' && label.length <= 60 && !/[\r\n{}]/.test(label);
  return fine ? [] : [{ part: 'button', line: 1, column: 1, ...wrong('label') }];
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
function escaped(button: FrameParts['button']): FrameParts['button'] {
  return button && { ...button, label: button.label.replace(/[&<>"]/g, (char) => entities[char] ?? char) };
}
