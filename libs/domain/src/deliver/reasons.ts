/** Why the planner leaves a touch out. */
export type PlanSkipReason =
  /** No opening of the channel leaves time for it before the deadline. */
  | 'no_window'
  /** It lay less than 2 hours after the signup, or before it. */
  | 'before_signup'
  /** A later one follows too closely on the same channel. */
  | 'superseded'
  /** A last call that no moment is left for. */
  | 'too_late'
  /** An earlier deadline put it in the past, and a later one of the same channel goes instead. */
  | 'moved_past';

/** Why a reminder that was planned is not handed over. */
export type SkipReason =
  | PlanSkipReason
  /** Its `expiresAt` passed: an outage, a pause or a slow pace. */
  | 'expired'
  /** The person has had their share: one ladder text a day, three texts in 24 hours, an opt-in message a day. */
  | 'capped'
  /** The person never agreed to the channel. */
  | 'no_consent'
  /** The person agreed and took it back: unsubscribe, STOP, preferences. */
  | 'revoked'
  /** The person said how it went. */
  | 'already_confirmed'
  /** The person said after the deadline that it did not happen. */
  | 'said_no'
  /** The person said yes before this asked for it. */
  | 'already_agreed'
  /** The address or number must not be used: bounce, complaint, opt-out at the provider. */
  | 'suppressed'
  /** The person has no address on this channel any more (deleted, purged or changed). */
  | 'no_address'
  /** The campaign was closed. */
  | 'campaign_closed'
  /** The deadline moved or the rung was taken out; what replaces it is a row of its own. */
  | 'replanned'
  /** Somebody else on the same phone gets this rung's text. */
  | 'shared_phone';

/** Skips that a moved deadline takes back: their cause was time (RULES §3, A moved deadline). */
export const reasonsOfTime: readonly SkipReason[] = [
  'no_window',
  'before_signup',
  'superseded',
  'too_late',
  'moved_past',
  'expired',
  'replanned',
];

/** Why a hand-over failed for good. */
export type FailReason =
  /** The provider says there is no such address or number. */
  | 'bad_address'
  /** A number that takes no texts. */
  | 'landline'
  /** The provider holds an opt-out. */
  | 'opted_out'
  /** The phone was out of reach. */
  | 'unreachable'
  /** The mailbox is full or asleep. */
  | 'mailbox_full'
  /** A carrier or mail host filtered it as unwanted. */
  | 'filtered'
  /** Our authentication, registration or policy standing is at fault, not the recipient. */
  | 'policy'
  /** The provider doesn't send to this region. */
  | 'region'
  /** Our answers and an answering machine's would go on for ever. */
  | 'reply_loop'
  /** The message could not be composed. */
  | 'unrenderable'
  /** Refused with a reason not listed here. */
  | 'refused'
  /** Tries ran out. */
  | 'gave_up'
  /** A text of unknown outcome that the provider never listed within 24 hours. */
  | 'not_found';

/** Why an address or number must not be used. */
export type SuppressReason =
  'hard_bounce' | 'soft_bounces' | 'complaint' | 'opted_out' | 'bad_number' | 'landline';
