import { compileEmail } from './compile-email.js';
import type { CompiledEmail } from './compile-email.js';
import { compileSms } from './compile-sms.js';
import type { CompiledSms } from './compile-sms.js';
import { mergeFields, userSuppliedFields } from './fields.js';
import type { MergeField } from './fields.js';
import { messagesIn } from './words/messages.js';
import type { Language } from './words/languages.js';

/** Messages that the product writes itself. `opened` and `moved` are alerts whose words an organizer may replace. */
export const emailKinds = ['welcome', 'nudge', 'last_call', 'snooze', 'ended', 'opened', 'moved'] as const;
export const smsKinds = ['sms_optin', 'last_call', 'snooze', 'ended', 'opened', 'moved'] as const;
export const replies = [
  'optedIn',
  'stopped',
  'started',
  'help',
  'done',
  'alreadyDone',
  'whichOne',
  'other',
] as const;
export type SystemEmailKind = (typeof emailKinds)[number];
export type SystemSmsKind = (typeof smsKinds)[number];
export type Reply = (typeof replies)[number];

/** Before somebody has proved that an address is theirs, nothing that a stranger typed goes to it. */
const nothingTyped = (Object.keys(mergeFields) as MergeField[]).filter(
  (f) => !userSuppliedFields.includes(f),
);

export function systemEmail(kind: SystemEmailKind, language: Language): CompiledEmail {
  const { system, frame } = messagesIn(language);
  const steps = { label: frame.steps, field: 'guideUrl' } as const;
  const done = { label: frame.alreadyDone, field: 'doneUrl' } as const;
  switch (kind) {
    case 'welcome':
    case 'nudge': {
      const { subject, body, button } = system[kind];
      const optIn = { label: button, field: 'optInUrl' } as const;
      const mayUse = nothingTyped;
      return compileEmail({ subject, body, language, asks: true, reason: 'typed', button: optIn, mayUse });
    }
    case 'ended':
      return compileEmail({ ...mail(system.ended), language, reason: 'acted' });
    case 'last_call':
      return compileEmail({ ...mail(system.lastCall), language, asks: true, button: steps, link: done });
    default:
      return compileEmail({ ...mail(system[kind]), language, asks: true, button: steps, link: done });
  }
}

export function systemSms(kind: SystemSmsKind, language: Language): CompiledSms {
  const { system } = messagesIn(language);
  if (kind === 'sms_optin') return smsOptIn(system.smsOptIn.sms, language);
  return compileSms({ body: kind === 'last_call' ? system.lastCall.sms : system[kind].sms, language });
}

export function replySms(reply: Reply, language: Language): CompiledSms {
  return compileSms({ body: messagesIn(language).reply[reply], language });
}

function smsOptIn(body: string, language: Language): CompiledSms {
  return compileSms({ body, language, mayUse: nothingTyped, withoutLinks: true });
}

const mail = ({ subject, body }: { subject: string; body: string }) => ({ subject, body });
