import { fit } from './fit.js';
import { channels, kindOf } from './ladder.js';
import type { Channel } from './ladder.js';
import { joinsBy, needsLastCall, planLastCall, planWaves } from './plan.js';
import type { Ladder, Touch } from './plan.js';
import type { ChannelWindows } from './windows.js';
import { hour } from './zone.js';

/** Moved later by this much, rungs that are ahead again start a new round ("extended to …"). */
const roundAfter = 48 * hour;

/** Does moving the deadline from `before` to `after` start a new round? */
export function startsRound(before: Date, after: Date): boolean {
  return after.getTime() - before.getTime() >= roundAfter;
}

/**
 * The waves of one channel when the plan has just changed within its round (RULES §3): `ahead` are the rungs that were still to come, by id,
 * `now` is the moment of the change. Of reminders that were ahead and that the change puts in the past, the latest goes at
 * the next opening; the others are skipped, `moved_past`. One that follows it within the channel's spacing stays.
 */
export function planMoved(
  input: Ladder & { channel: Channel; ahead: ReadonlySet<string>; now: Date },
): Touch[] {
  const now = input.now.getTime();
  const touches = planWaves(input);
  const past = touches.filter(
    ({ rung, at }) =>
      rung !== 'last_call' &&
      kindOf(rung) === 'reminder' &&
      input.ahead.has(rung.id) &&
      at !== null &&
      at.getTime() <= now,
  );
  const latest = past.at(-1);
  return touches.map((touch) => {
    if (!past.includes(touch)) return touch;
    const { rung, channel, plannedAt } = touch;
    const fitted =
      touch === latest
        ? fit(now, input.windows[channel], input.deadline.getTime(), { back: false })
        : undefined;
    return fitted
      ? { rung, channel, plannedAt, at: new Date(fitted.at), expiresAt: new Date(fitted.expiresAt) }
      : { rung, channel, plannedAt, at: null, skipped: 'moved_past' };
  });
}

/**
 * A person's whole plan, as planLadder gives it, where the waves of their zone stand already: those that the person signed up in time
 * for, and a last call when that leaves nothing.
 */
export function planPerson(
  input: Omit<Ladder, 'rungs'> & {
    signedUpAt: Partial<Record<Channel, Date | null>>;
    waves: readonly Touch[];
    changedAt?: Date;
  },
): Touch[] {
  return channels
    .flatMap((channel): Touch[] => {
      const signedUpAt = input.signedUpAt[channel];
      if (!signedUpAt) return [];
      const touches = input.waves
        .filter((wave) => wave.channel === channel)
        .map((wave): Touch => {
          const { rung, plannedAt } = wave;
          const since = joinsBy({ ...wave, at: wave.at ?? plannedAt, expiresAt: plannedAt })!;
          if (signedUpAt <= since || (wave.at === null && wave.skipped !== 'moved_past')) return wave;
          return { rung, channel, plannedAt, at: null, skipped: 'before_signup' };
        });
      return needsLastCall(touches) ? [...touches, planLastCall({ ...input, channel, signedUpAt })] : touches;
    })
    .toSorted((a, b) => (a.at ?? a.plannedAt).getTime() - (b.at ?? b.plannedAt).getTime());
}

/**
 * The waves of one channel in a new round: only what is ahead again. Past reminders and follow-ups were the last round's, news that went
 * out stays news.
 */
export function planRound(input: Ladder & { channel: Channel; now: Date }): Touch[] {
  return planWaves(input).map((touch) => {
    const { rung, channel, plannedAt, at } = touch;
    if (at === null || at > input.now || (rung !== 'last_call' && kindOf(rung) === 'alert')) return touch;
    return { rung, channel, plannedAt, at: null, skipped: 'moved_past' };
  });
}

/**
 * A moment that a person waits for (a snooze, the question to a phone) after the deadline or the person moved: as near to
 * where it stood as the new windows and deadline allow, and not before `now`. Null: there is no such moment.
 */
export function refit(input: {
  at: Date;
  now: Date;
  deadline: Date | null;
  windows: ChannelWindows;
}): { at: Date; expiresAt: Date } | null {
  const now = input.now.getTime();
  const planned = Math.max(input.at.getTime(), now);
  const fitted = fit(planned, input.windows, input.deadline?.getTime() ?? null, { back: true });
  if (!fitted || fitted.at < now) return null;
  return { at: new Date(fitted.at), expiresAt: new Date(fitted.expiresAt) };
}
