import { fitPace } from './pace.js';
import type { Busy, Fit } from './pace.js';
import { channels } from '../schedule/ladder.js';
import type { Audience, Channel, Rung } from '../schedule/ladder.js';
import type { Touch } from '../schedule/plan.js';
import type { Windows } from '../schedule/windows.js';
import { day } from '../schedule/zone.js';

/** Everybody of a campaign who shares a zone and an SMS window, and what the planner made for them. */
export interface Crowd {
  zone: string;
  smsWindow: string;
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

/** One wave, and whether it ends in time. */
export interface WaveFit {
  rung: Rung;
  channel: Channel;
  /** Where its people are; the SMS window is empty for email, which does not ask for it. */
  zone: string;
  smsWindow: string;
  people: number;
  segments: number;
  at: Date;
  expiresAt: Date;
  fit: Fit;
}

type Paces = {
  /** How many segments a rung's text has. */
  segmentsOf: (rung: Rung) => number;
  /** Emails, and segments of texts, a second. */
  pace: Record<Channel, number>;
  now: Date;
};

/**
 * Which waves that are ahead end in time (RULES §3), in order of time. The waves of a channel share its pace: those before one leave it the
 * time that they do not need.
 */
export function fitWaves(crowds: readonly Crowd[], { segmentsOf, pace, now }: Paces): WaveFit[] {
  return channels.flatMap((channel) => {
    const perSecond = pace[channel];
    const known = new Map<string, number>();
    const busy: Busy[] = [];
    return wavesOf(crowds, channel, now).map(({ windows, ...wave }) => {
      const { rung, at, expiresAt, people } = wave;
      const segments = known.get(rung.id) ?? (channel === 'sms' ? segmentsOf(rung) : 1);
      known.set(rung.id, segments);
      const fit = fitPace({ at, expiresAt, windows, people, segments, perSecond, notBefore: now, busy });
      busy.push(fit.fits ? { from: fit.startsAt, to: fit.endsAt } : { from: at, to: expiresAt });
      return { ...wave, channel, segments, fit };
    });
  });
}

/** The same for whole rungs, over all zones. */
export function fitLadder(crowds: readonly Crowd[], paces: Paces): RungFit[] {
  const rungs = new Map<string, RungFit>();
  for (const { rung, channel, people, segments, at, expiresAt, fit } of fitWaves(crowds, paces)) {
    const name = `${channel} ${rung.id}`;
    const perSecond = paces.pace[channel];
    const seconds = Math.ceil((people * segments) / perSecond);
    const own: RungFit = {
      ...{ rung, channel, people, segments, at, expiresAt, fits: fit.fits },
      startsAt: fit.fits ? fit.startsAt : at,
      endsAt: fit.fits ? fit.endsAt : null,
      seconds,
      takesSeconds: seconds,
      roomSeconds: fit.fits ? null : fit.roomSeconds,
    };
    const before = rungs.get(name);
    rungs.set(name, before ? together(before, own, perSecond) : own);
  }
  return [...rungs.values()];
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
        const { zone, windows } = sharing[0]!;
        const smsWindow = channel === 'sms' ? sharing[0]!.smsWindow : '';
        return people > 0
          ? [{ rung, at, expiresAt, people, zone, smsWindow, windows: windows[channel] }]
          : [];
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
