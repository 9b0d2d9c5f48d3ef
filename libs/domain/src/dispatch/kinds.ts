/** What a message to a supporter is about, in the ledger and in the letters: from waves, and with a moment of its own. */
export const reminderKinds = [
  'rung',
  'alert',
  'follow_up',
  'welcome',
  'nudge',
  'sms_optin',
  'last_call',
  'snooze',
  'reply',
  'ended',
  'result',
  'invitation',
  'data',
] as const;
export type ReminderKind = (typeof reminderKinds)[number];
