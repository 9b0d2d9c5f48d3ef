import { fitPace } from './pace.js';
import type { Busy } from './pace.js';
import { channels } from '../schedule/ladder.js';
import type { Audience, Channel, Rung } from '../schedule/ladder.js';
import type { Touch } from '../schedule/plan.js';
import type { Windows } from '../schedule/windows.js';
import { day } from '../schedule/zone.js';

/** Everybody of a campaign who shares a zone and an SMS window, and what the planner made for them. */
export interface Crowd {
  zone: string;
  windows: Windows;
  touches: readonly Touch[];
  /** How many may be written to on each channel: of those not done, and of those who want updates. */
  people: Record<Audience, Record<Channel, number>>;
}

/** Whether one rung ends in time on one channel, over all zones. */
export interface RungFit {
  rung: Rung;
  channel: Channel;
  people: number;
  /** Of each message; 1 for an email. */
  segments: number;
  /** What it takes by itself: people × segments ÷ pace. */
  seconds: number;
  fits: boolean;
  /** From here on it is about the wave with the least time to spare: its own moment, and when it has to start to end in time. */
  at: Date;
  startsAt: Date;
  /** Null: not in time. */
  endsAt: Date | null;
  expiresAt: Date;
  takesSeconds: number;
  /** Where it does not end in time: what others leave it of its window. */
  roomSeconds: number | null;
}

/**
 * Which rungs that are ahead end in time (RULES §3), in order of time. The waves of a channel share its pace: those before one leave it the
 * time that they do not need.
 * @param segmentsOf how many segments a rung's text has
 * @param pace emails, and segments of texts, a second
 */
export function fitLadder(
  crowds: readonly Crowd[],
  { segmentsOf, pace, now }: { segmentsOf: (rung: Rung) => number; pace: Record<Channel, number>; now: Date },
): RungFit[] {
  return channels.flatMap((channel) => {
    const perSecond = pace[channel];
    const fits = new Map<string, RungFit>();
    const busy: Busy[] = [];
    for (const { rung, at, expiresAt, windows, people } of wavesOf(crowds, channel, now)) {
      const before = fits.get(rung.id);
      const segments = before?.segments ?? (channel === 'sms' ? segmentsOf(rung) : 1);
      const fit = fitPace({ at, expiresAt, windows, people, segments, perSecond, notBefore: now, busy });
      busy.push(fit.fits ? { from: fit.startsAt, to: fit.endsAt } : { from: at, to: expiresAt });
      const seconds = Math.ceil((people * segments) / perSecond);
      const own: RungFit = {
        ...{ rung, channel, people, segments, at, expiresAt, fits: fit.fits },
        startsAt: fit.fits ? fit.startsAt : at,
        endsAt: fit.fits ? fit.endsAt : null,
        seconds,
        takesSeconds: seconds,
        roomSeconds: fit.fits ? null : fit.roomSeconds,
      };
      fits.set(rung.id, before ? together(before, own, perSecond) : own);
    }
    return [...fits.values()];
  });
}

/** The waves of a channel that are not over, in order of time; an email wave is for a zone whatever the SMS windows in it. */
function wavesOf(crowds: readonly Crowd[], channel: Channel, now: Date) {
  const places = new Map<string, Crowd[]>();
  for (const [index, crowd] of crowds.entries()) {
    const place = channel === 'email' ? crowd.zone : String(index);
    places.set(place, [...(places.get(place) ?? []), crowd]);
  }
  return [...places.values()]
    .flatMap((sharing) =>
      sharing[0]!.touches.flatMap((touch) => {
        const { rung, at } = touch;
        if (rung === 'last_call' || touch.channel !== channel || !at || touch.expiresAt <= now) return [];
        const audience = rung.audience ?? 'open';
        const people = sharing.reduce((sum, crowd) => sum + crowd.people[audience][channel], 0);
        const { expiresAt } = touch;
        return people > 0 ? [{ rung, at, expiresAt, people, windows: sharing[0]!.windows[channel] }] : [];
      }),
    )
    .toSorted((a, b) => a.at.getTime() - b.at.getTime() || a.expiresAt.getTime() - b.expiresAt.getTime());
}

/** Two waves of a rung: their people added up, the times of the one with less to spare. */
function together(one: RungFit, other: RungFit, perSecond: number): RungFit {
  const spare = ({ endsAt, at, startsAt, expiresAt, roomSeconds, takesSeconds }: RungFit) =>
    endsAt === null
      ? (roomSeconds! - takesSeconds) * 1_000 - day
      : expiresAt.getTime() - endsAt.getTime() - (at.getTime() - startsAt.getTime());
  const people = one.people + other.people;
  return {
    ...(spare(other) <= spare(one) ? other : one),
    people,
    seconds: Math.ceil((people * one.segments) / perSecond),
    fits: one.fits && other.fits,
  };
}
