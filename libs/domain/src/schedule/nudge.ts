import { fit } from './fit.js';
import { spanAt, spanAfter } from './windows.js';
import type { Windows } from './windows.js';
import { hour, minute } from './zone.js';

/** One of the two nudges towards the opt-in button; `at: null` when no moment is left for it. */
export type Nudge = { nudge: 1 | 2; plannedAt: Date } & (
  { at: Date; expiresAt: Date } | { at: null; skipped: 'before_signup' | 'no_window' }
);

/**
 * The nudges of somebody who hasn't pressed the opt-in button (RULES §6): 24 and 72 hours after the signup, in the email window, at least an
 * hour before the deadline. With a deadline nearer than 72 hours the second goes 24 hours before it; both in order of
 * time. A moment that isn't after the signup is skipped: the welcome has just said it.
 */
export function planNudges(input: { signedUpAt: Date; deadline: Date | null; windows: Windows }): Nudge[] {
  const signedUpAt = input.signedUpAt.getTime();
  const deadline = input.deadline?.getTime() ?? null;
  const second =
    deadline !== null && deadline - signedUpAt < 72 * hour ? deadline - 24 * hour : signedUpAt + 72 * hour;
  const nudges = ([1, 2] as const).map((nudge): Nudge => {
    const planned = nudge === 1 ? signedUpAt + 24 * hour : second;
    const base = { nudge, plannedAt: new Date(planned) };
    if (planned <= signedUpAt) return { ...base, at: null, skipped: 'before_signup' };
    const fitted = fit(planned, input.windows.email, deadline, { back: false });
    if (!fitted) return { ...base, at: null, skipped: 'no_window' };
    return { ...base, at: new Date(fitted.at), expiresAt: new Date(fitted.expiresAt) };
  });
  return nudges.sort((a, b) => a.plannedAt.getTime() - b.plannedAt.getTime());
}

/**
 * When the text "reply YES" goes out: at once between 08:00 and 21:00 where the person is, else at the next opening (RULES §6). Null
 * when the zones of person and phone never meet.
 */
export function planQuestion(input: {
  askedAt: Date;
  windows: Windows;
}): { at: Date; expiresAt: Date } | null {
  const askedAt = input.askedAt.getTime();
  const now = spanAt(input.windows.question, askedAt);
  // The last minute before the close is too short to be handed over in.
  if (now && now.closesAt - askedAt >= minute)
    return { at: input.askedAt, expiresAt: new Date(now.closesAt) };
  const next = spanAfter(input.windows.question, askedAt, minute);
  return next ? { at: new Date(next.opensAt), expiresAt: new Date(next.closesAt) } : null;
}
