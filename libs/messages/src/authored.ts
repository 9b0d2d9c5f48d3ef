import { compileEmail } from './compile-email.js';
import type { CompiledEmail } from './compile-email.js';
import { compileSms } from './compile-sms.js';
import type { CompiledSms } from './compile-sms.js';
import { writersFields } from './fields.js';
import { messagesIn } from './words/messages.js';
import type { Language } from './words/languages.js';

export interface AuthoredEmail {
  kind: 'rung' | 'alert' | 'follow_up';
  subject: string;
  /** Markdown with Liquid. */
  email: string;
  language: Language;
  /** The campaign's own label for "I did it", such as "I filed my comment". */
  doneLabel?: string;
}

/**
 * An organizer's mail in the layout of its kind: a rung or an alert asks (deed, deadline, steps, a quiet "already did it"); a
 * follow-up comes after the deadline and only wants to hear how it went. Nobody can leave out the ask or the way out.
 * @throws MessageProblems
 */
export function authoredEmail({ kind, subject, email, language, doneLabel }: AuthoredEmail): CompiledEmail {
  const { frame } = messagesIn(language);
  const layout =
    kind === 'follow_up'
      ? { button: { label: doneLabel ?? frame.done, field: 'doneUrl' as const } }
      : {
          asks: true,
          button: { label: frame.steps, field: 'guideUrl' as const },
          link: { label: frame.alreadyDone, field: 'doneUrl' as const },
        };
  return compileEmail({ subject, body: email, language, mayUse: writersFields, ...layout });
}

/**
 * An organizer's text; in a later round it begins by saying so.
 * @throws MessageProblems
 */
export function authoredSms(body: string, language: Language): CompiledSms {
  return compileSms({ body, language, mayUse: writersFields, asks: true });
}
