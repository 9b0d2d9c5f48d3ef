import { en } from './messages.js';

/** Consents, word for word. Never edit one that has been shown: add the next version. */
export const wordings = {
  'email-optin@1': 'Yes, remind me by email about "{{ campaign }}" until its date. I can stop at any time.',
  'sms-box@1':
    'Text me reminders from {{ coalition }} about "{{ campaign }}": up to 8 texts. Message and data rates may apply. Reply STOP to stop, HELP for help. First comes one question by text; reminders start only when I answer YES. I can sign up without this.',
  'sms-yes@1': en.system.smsOptIn.sms,
  'next-step@1':
    'Email me once when there is a next step after "{{ campaign }}". I decide then whether to join.',
  'updates@1': 'Email me once with how "{{ campaign }}" turned out.',
  'visible@1':
    'The leaders of {{ coalition }} may see my name, whether I have done it, and what I text back. Nobody else may.',
};

export type Wordings = typeof wordings;
