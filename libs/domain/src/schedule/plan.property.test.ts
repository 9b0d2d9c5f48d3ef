import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { Channel, Rung } from './ladder.js';
import { joinsBy, needsLastCall, planLadder, planLastCall, planWaves, spacing } from './plan.js';
import type { PlannedTouch, Touch } from './plan.js';
import { isOpen, windowsFor } from './windows.js';
import { wallClockOf } from './zone.js';

const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const from = Date.UTC(2026, 0, 1);
const to = Date.UTC(2031, 11, 31);
const moment = (min = from, max = to) => fc.integer({ min, max }).map((at) => new Date(at));
const wallTime = fc
  .integer({ min: 0, max: 1439 })
  .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`);
const channelSet: Channel[][] = [['email'], ['sms'], ['email', 'sms']];
const smsWindow = fc.constantFrom(
  '*',
  'TX',
  'RI',
  'KY',
  'LA',
  'NY',
  'strict+America/Chicago',
  'strict+Pacific/Guam',
);

const story = fc
  .record({
    zone,
    smsWindow,
    wide: fc.boolean(),
    deadline: moment(),
    whens: fc.array(
      fc.record({
        kind: fc.constantFrom('daysBefore', 'daysBefore', 'hoursBefore', 'daysAfter', 'sendAt'),
        days: fc.integer({ min: 0, max: 10 }),
        at: wallTime,
        channels: fc.constantFrom(...channelSet),
      }),
      { minLength: 1, maxLength: 7 },
    ),
    signedUp: fc.integer({ min: -12 * 24 * 60, max: 12 * 60 }),
  })
  .map(({ whens, deadline, zone, smsWindow, wide, signedUp }) => {
    const rungs = whens.map(({ kind, days, at, channels }, index): Rung => {
      const base = { id: String(index), channels };
      if (kind === 'hoursBefore') return { ...base, hoursBefore: days * 5 };
      if (kind === 'sendAt') return { ...base, sendAt: new Date(deadline.getTime() - (days - 3) * 30e6) };
      return kind === 'daysAfter' ? { ...base, daysAfter: days, at } : { ...base, daysBefore: days, at };
    });
    const smsHours = wide ? { open: '08:00', close: '21:00' } : undefined;
    const at = new Date(deadline.getTime() + signedUp * 60_000);
    return { ladder: { deadline, zone, rungs, windows: windowsFor({ zone, smsWindow, smsHours }) }, at };
  });

const planned = (touches: Touch[]) => touches.filter((touch): touch is PlannedTouch => touch.at !== null);
const isReminder = ({ rung }: Touch) => rung === 'last_call' || 'daysBefore' in rung || 'hoursBefore' in rung;

const isAlert = ({ rung }: Touch) => rung !== 'last_call' && 'sendAt' in rung;

describe('every plan', () => {
  it('keeps to windows, expiry, signup and spacing, and is the same each time', () => {
    fc.assert(
      fc.property(story, ({ ladder, at: signedUpAt }) => {
        const input = { ...ladder, signedUpAt: { email: signedUpAt, sms: signedUpAt } };
        const touches = planLadder(input);
        for (const touch of planned(touches)) {
          expect(isOpen(touch.at, ladder.windows[touch.channel])).toBe(true);
          expect(touch.at < touch.expiresAt).toBe(true);
          expect(touch.at > signedUpAt).toBe(true);
          const asksForTheAct = isReminder(touch) || (isAlert(touch) && touch.plannedAt < ladder.deadline);
          if (!asksForTheAct) continue;
          expect(touch.at.getTime()).toBeLessThanOrEqual(ladder.deadline.getTime() - 60 * 60_000);
          expect(touch.expiresAt.getTime()).toBeLessThanOrEqual(ladder.deadline.getTime() - 30 * 60_000);
          expect(isOpen(new Date(touch.expiresAt.getTime() - 1), ladder.windows[touch.channel])).toBe(true);
        }
        for (const channel of ['email', 'sms'] as const) {
          const reminders = planned(touches).filter(
            (touch) => touch.channel === channel && isReminder(touch),
          );
          reminders.slice(1).forEach((touch, index) => {
            expect(touch.at.getTime() - (reminders[index]?.at.getTime() ?? 0)).toBeGreaterThanOrEqual(
              spacing[channel],
            );
          });
        }
        expect(planLadder(input)).toEqual(touches);
      }),
      { numRuns: 400 },
    );
  });

  it('is the waves that the signup came in time for, and a last call when none is left', () => {
    fc.assert(
      fc.property(
        story,
        fc.constantFrom<Channel>('email', 'sms'),
        fc.nat(),
        ({ ladder, at }, channel, pick) => {
          const waves = planWaves({ ...ladder, channel });
          // Half of the time on the very edge of a wave, where a comparison goes wrong first.
          const edges = waves
            .flatMap((wave) => joinsBy(wave) ?? [])
            .flatMap((edge) => [edge, new Date(edge.getTime() + 1)]);
          const signedUpAt = (pick % 2 ? edges[pick % (edges.length || 1)] : undefined) ?? at;

          const expected = planned(waves).filter((wave) => signedUpAt <= (joinsBy(wave) ?? new Date(0)));
          const usesChannel = waves.some(isReminder);
          if (usesChannel && !expected.some(isReminder)) {
            expected.push(...planned([planLastCall({ ...ladder, channel, signedUpAt })]));
          }
          const own = planned(planLadder({ ...ladder, signedUpAt: { [channel]: signedUpAt } }));
          const byTime = (a: PlannedTouch, b: PlannedTouch) => a.at.getTime() - b.at.getTime();
          expect(own).toEqual(expected.sort(byTime));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('needs a last call exactly when no reminder is left', () => {
    fc.assert(
      fc.property(story, ({ ladder }) => {
        const waves = planWaves({ ...ladder, channel: 'sms' });
        expect(needsLastCall(waves)).toBe(waves.some(isReminder) && !planned(waves).some(isReminder));
      }),
      { numRuns: 100 },
    );
  });
});

it('reads the wall like Temporal, skipped and doubled hours too', () => {
  fc.assert(
    fc.property(zone, moment(), fc.boolean(), (name, at, nearChange) => {
      let instant = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(name);
      const change = nearChange ? instant.getTimeZoneTransition('next') : null;
      if (change) instant = change.add({ minutes: (at.getTime() % 240) - 120 });
      const clock = wallClockOf(name);
      expect(clock.offsetAt(instant.epochMilliseconds)).toBe(instant.offsetNanoseconds / 1e6);
      const wall = (change ?? instant).toPlainDateTime().subtract({ minutes: at.getTime() % 120 });
      const wallMs = wall.toZonedDateTime('UTC').epochMilliseconds;
      expect(clock.instantOf(wallMs)).toBe(wall.toZonedDateTime(name).epochMilliseconds);
    }),
    { numRuns: 1000 },
  );
});
