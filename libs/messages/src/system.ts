import { compileEmail } from './compile-email.js';
import type { CompiledEmail } from './compile-email.js';
import { compileSms } from './compile-sms.js';
import type { CompiledSms } from './compile-sms.js';
import { mergeFields, userSuppliedFields } from './fields.js';
import type { MergeField, UrlField } from './fields.js';
import { messagesIn } from './words/messages.js';
import type { Language } from './words/languages.js';

/** Messages that the product writes itself. `opened` and `moved` are alerts whose words an organizer may replace. */
export const emailKinds = [
  'welcome',
  'nudge',
  'last_call',
  'snooze',
  'ended',
  'result',
  'opened',
  'moved',
  'invitation',
  'data',
] as const;
export const smsKinds = ['sms_optin', 'last_call', 'snooze', 'ended', 'opened', 'moved', 'data'] as const;
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
      const mayUse = nothingTyped;
      return compileEmail({
        ...mail(system[kind], 'optInUrl'),
        language,
        asks: true,
        reason: 'typed',
        mayUse,
      });
    }
    case 'ended':
      return compileEmail({
        ...mail(system.ended, 'joinUrl'),
        language,
        reason: 'acted',
        mayUse: nothingTyped,
      });
    case 'result':
      return compileEmail({ ...mail(system.result, 'joinUrl'), language, reason: 'result' });
    case 'invitation':
      return compileEmail({
        ...mail(system.invitation, 'joinUrl'),
        language,
        asks: true,
        reason: 'invited',
        mayUse: nothingTyped,
      });
    case 'data':
      return compileEmail({
        ...mail(system.data, 'dataUrl'),
        language,
        reason: 'owner',
        mayUse: nothingTyped,
      });
    default: {
      const { subject, body } = kind === 'last_call' ? system.lastCall : system[kind];
      return compileEmail({ subject, body, language, asks: true, button: steps, link: done });
    }
  }
}

export function systemSms(kind: SystemSmsKind, language: Language): CompiledSms {
  const { system } = messagesIn(language);
  if (kind === 'sms_optin') return smsOptIn(system.smsOptIn.sms, language);
  const asks = kind === 'last_call' || kind === 'snooze' || kind === 'opened';
  return compileSms({ body: kind === 'last_call' ? system.lastCall.sms : system[kind].sms, language, asks });
}

export function replySms(reply: Reply, language: Language): CompiledSms {
  return compileSms({ body: messagesIn(language).reply[reply], language });
}

function smsOptIn(body: string, language: Language): CompiledSms {
  return compileSms({ body, language, mayUse: nothingTyped, withoutLinks: true });
}

const mail = (
  { subject, body, button }: { subject: string; body: string; button: string },
  field: UrlField,
) => ({ subject, body, button: { label: button, field } });
