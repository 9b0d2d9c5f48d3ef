/**
 * What a person can agree to, each on its own: reminders by `email` or `sms`, being invited to the `next_step`, being `visible` by name to a
 * coalition's leader, and `updates` once they are done.
 */
export type ConsentChannel = 'email' | 'sms' | 'next_step' | 'visible' | 'updates';

/** Consents are only ever added: agreeing and taking it back are two rows. */
export type ConsentAction = 'granted' | 'withdrawn';

/** Where a consent came from. `attested`: an import or API call with dated proof under a named organizer. */
export type ConsentSource = 'page' | 'email_button' | 'text' | 'preferences' | 'attested' | 'provider';

export interface ConsentEvent {
  channel: ConsentChannel;
  action: ConsentAction;
  at: Date;
}

/** Does a history of consents, in any order, end in agreement to a channel? Of two at one instant the withdrawal counts. */
export function hasConsent(history: readonly ConsentEvent[], channel: ConsentChannel): boolean {
  let last: ConsentEvent | undefined;
  for (const event of history) {
    if (event.channel !== channel) continue;
    const later = !last || event.at > last.at;
    if (later || (event.at.getTime() === last?.at.getTime() && event.action === 'withdrawn')) last = event;
  }
  return last?.action === 'granted';
}
