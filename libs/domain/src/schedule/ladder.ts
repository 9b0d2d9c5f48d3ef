/** A channel that a reminder goes out on. */
export type Channel = 'email' | 'sms';

/** Every channel, in the order in which plans list them. */
export const channels: readonly Channel[] = ['email', 'sms'];

/** The id of the alert that goes out when a campaign that waited for its date gets one (RULES §1, awaiting). */
export const opening = 'opened';

/** Whom an alert is for: `open` = those not done yet (the default), `updates` = those who ticked that box. */
export type Audience = 'open' | 'updates';

/** A wall-clock time, `HH:mm`, 00:00 to 23:59. */
export type WallTime = string;

interface RungBase {
  /** Unique within the ladder; stays the same when the rung's words or time change. */
  id: string;
  channels: Channel[];
  /** Alerts only. */
  audience?: Audience;
}

/** One planned touch: on which channels, and when relative to the deadline (RULES §3). */
export type Rung = RungBase &
  (
    | { daysBefore: number; at: WallTime }
    | { hoursBefore: number }
    | { daysAfter: number; at: WallTime }
    | { sendAt: Date }
  );

/** `reminder` asks for the act before the deadline, `follow_up` asks after it, `alert` is news at a moment of its own. */
export type RungKind = 'reminder' | 'follow_up' | 'alert';

export function kindOf(rung: Rung): RungKind {
  if ('sendAt' in rung) return 'alert';
  return 'daysAfter' in rung ? 'follow_up' : 'reminder';
}

/** Minutes after midnight of an `HH:mm`, or undefined when it isn't one. */
export function minutesOf(at: WallTime): number | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(at);
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}
