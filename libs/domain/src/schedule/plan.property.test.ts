import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { Channel, Rung } from './ladder.js';
import { joinsBy, needsLastCall, planLadder, planLastCall, planWaves, spacing } from './plan.js';
import type { PlannedTouch, Touch } from './plan.js';
import { windowsFor } from './windows.js';
import { hour, minute, wallClockOf } from './zone.js';

const zones = Intl.supportedValuesOf('timeZone');
const from = Date.UTC(2026, 0, 1);
const to = Date.UTC(2031, 11, 31);

/** Sundays on which clocks change in America and Europe, and days that the calendar closes. */
const delicateDays = [
  '2026-03-08', '2026-03-29', '2026-11-01', '2027-03-14', '2027-11-07', '2028-03-12', '2028-10-29', '2029-11-04', '2030-03-10', '2031-11-02',
  '2027-02-09', '2027-11-25', '2028-04-14', '2026-07-05', '2027-12-31', '2029-11-12',
]; // prettier-ignore

const moment = fc.integer({ min: from, max: to });
const deadline = fc
  .oneof(
    moment,
    fc
      .record({ date: fc.constantFrom(...delicateDays), hours: fc.integer({ min: -24, max: 120 }) })
      .map(({ date, hours }) => Date.parse(date) + hours * hour - 1000),
  )
  .map((at) => new Date(at));
const wallTime = fc.oneof(
  fc.constantFrom('00:00', '01:30', '02:30', '07:00', '10:00', '17:31', '20:31', '23:59'),
  fc
    .integer({ min: 0, max: 1439 })
    .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`),
);
const rungs = fc
  .array(
    fc.record({
      kind: fc.constantFrom('daysBefore', 'daysBefore', 'hoursBefore', 'daysAfter', 'sendAt'),
      days: fc.integer({ min: 0, max: 10 }),
      at: wallTime,
      channels: fc.constantFrom<Channel[]>(['email'], ['sms'], ['email', 'sms']),
    }),
    { minLength: 1, maxLength: 7 },
  )
  .chain((whens) =>
    deadline.map((deadline) => ({
      deadline,
      rungs: whens.map(({ kind, days, at, channels }, index): Rung => {
        const base = { id: String(index), channels };
        if (kind === 'hoursBefore') return { ...base, hoursBefore: days * 5 };
        if (kind === 'sendAt') return { ...base, sendAt: new Date(deadline.getTime() - (days - 3) * 30e6) };
        return kind === 'daysAfter' ? { ...base, daysAfter: days, at } : { ...base, daysBefore: days, at };
      }),
    })),
  );
const smsWindow = fc.oneof(
  fc.constantFrom('*', 'NY', 'TX', 'RI', 'KY', 'LA', 'AL', 'MS', 'PA', 'UT', 'strict+America/Chicago'),
  fc.constantFrom(...zones).map((zone) => `strict+${zone}`),
);

const storyIn = (zone: fc.Arbitrary<string>) =>
  fc
    .record({
      zone,
      smsWindow,
      wide: fc.boolean(),
      ladder: rungs,
      signedUp: fc.oneof(fc.constant(-400 * 24 * 60), fc.integer({ min: -12 * 24 * 60, max: 12 * 60 })),
    })
    .map(({ zone, smsWindow, wide, ladder, signedUp }) => {
      const smsHours = wide ? { open: '08:00', close: '21:00' } : undefined;
      const windows = windowsFor({ zone, smsWindow, smsHours });
      return {
        where: { zone, smsWindow, wide },
        ladder: { ...ladder, zone, windows },
        at: new Date(ladder.deadline.getTime() + signedUp * minute),
      };
    });

type Story = ReturnType<typeof storyIn> extends fc.Arbitrary<infer S> ? S : never;

// The oracle: what the rules say, worked out by Intl and written-down dates alone. It shares nothing with the planner.

const formats = new Map<string, Intl.DateTimeFormat>();

function wallIn(zone: string, instant: number) {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(zone, format);
  }
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const date = `${part.year}-${part.month}-${part.day}`;
  const time = `${part.hour}:${part.minute}`;
  return { date, time, shown: Date.parse(`${date}T${time}Z`), weekday: new Date(date).getUTCDay() };
}

const dates = (text: string) =>
  new Set(
    text.split('; ').flatMap((year) =>
      year
        .slice(6)
        .split(' ')
        .map((date) => `${year.slice(0, 4)}-${date}`),
    ),
  );

/** Written down from a public calendar (python-holidays 0.109), observed days included. */
const federal = dates(
  '2025: 12-25; 2026: 01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25; ' +
    '2027: 01-01 01-18 02-15 05-31 06-18 06-19 07-04 07-05 09-06 10-11 11-11 11-25 12-24 12-25 12-31; ' +
    '2028: 01-01 01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-11 11-23 12-25; ' +
    '2029: 01-01 01-15 02-19 05-28 06-19 07-04 09-03 10-08 11-11 11-12 11-22 12-25; ' +
    '2030: 01-01 01-21 02-18 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25; ' +
    '2031: 01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25; ' +
    '2032: 01-01 01-19 02-16',
);

/** The states' own, from the same; the planner closes more, by statute. */
const ofStates: Record<string, Set<string>> = {
  AL: dates(
    '2026: 04-27 06-01; 2027: 04-26 06-07; 2028: 04-24 06-05; 2029: 04-23 06-04; 2030: 04-22 06-03; 2031: 04-28 06-02',
  ),
  LA: dates(
    '2026: 02-17 04-03 11-03; 2027: 02-09 03-26; 2028: 02-29 04-14 11-07; 2029: 02-13 03-30; ' +
      '2030: 03-05 04-19 11-05; 2031: 02-25 04-11; 2032: 02-10',
  ),
  MS: dates('2026: 04-27; 2027: 04-26; 2028: 04-24; 2029: 04-30; 2030: 04-29; 2031: 04-28'),
  PA: dates('2026: 11-27; 2027: 11-26; 2028: 11-24; 2029: 11-23; 2030: 11-29; 2031: 11-28'),
  RI: dates('2026: 08-10; 2027: 08-09; 2028: 08-14; 2029: 08-13; 2030: 08-12; 2031: 08-11'),
  UT: dates('2026: 07-24; 2027: 07-23 07-24; 2028: 07-24; 2029: 07-24; 2030: 07-24; 2031: 07-24'),
};

/** Earliest and latest time of a text, by state, when the organizer asked for 08:00–21:00. */
const widest: Record<string, [string, string]> = {
  TX: ['09:00', '21:00'],
  RI: ['09:00', '18:00'],
  KY: ['10:00', '21:00'],
  LA: ['08:00', '20:00'],
  AL: ['08:00', '20:00'],
  MS: ['08:00', '20:00'],
};

type Where = { zone: string; smsWindow: string; wide: boolean };

function mayReach(channel: Channel, instant: number, { zone, smsWindow, wide }: Where): boolean {
  if (channel === 'email') {
    const { time } = wallIn(zone, instant);
    return time >= '07:00' && time < '21:00';
  }
  const strict = smsWindow.startsWith('strict+');
  return (strict ? [zone, smsWindow.slice(7)] : [zone]).every((zone) => {
    const { date, time, weekday } = wallIn(zone, instant);
    const known = !strict && smsWindow !== '*';
    let [open, close] = weekday === 6 ? ['10:00', '17:00'] : ['10:00', '18:00'];
    if (known && wide) [open, close] = widest[smsWindow] ?? ['08:00', '21:00'];
    if (known && wide && smsWindow === 'RI' && weekday === 6) [open, close] = ['10:00', '17:00'];
    const closed = strict ? Object.values(ofStates) : [ofStates[smsWindow]];
    if (weekday === 0 || federal.has(date) || closed.some((days) => days?.has(date))) return false;
    return time >= open && time < close;
  });
}

/** Does `planned` show `time` on the wall, `days` calendar days from the deadline's date; in a skipped hour later by the gap, in a doubled one first? */
function showsOnWall(planned: number, time: string, days: number, deadline: number, zone: string): boolean {
  const asked = Date.parse(`${wallIn(zone, deadline).date}T${time}Z`) + days * 24 * hour;
  const gap = wallIn(zone, planned).shown - asked;
  if (gap === 0) return [30, 60, 120].every((ago) => wallIn(zone, planned - ago * minute).shown !== asked);
  return gap > 0 && wallIn(zone, planned).shown - wallIn(zone, planned - gap).shown === 2 * gap;
}

const planned = (touches: Touch[]) => touches.filter((touch): touch is PlannedTouch => touch.at !== null);
const isReminder = ({ rung }: Touch) => rung === 'last_call' || 'daysBefore' in rung || 'hoursBefore' in rung;
const isAlert = ({ rung }: Touch) => rung !== 'last_call' && 'sendAt' in rung;

/** Jest's expect would cost more than the plans. */
function must(holds: boolean, rule: string, touch?: Touch): void {
  if (!holds) throw new Error(`${rule}${touch ? ` ${JSON.stringify(touch)}` : ''}`);
}

function keepsEveryRule({ where, ladder, at: signedUpAt }: Story) {
  const { deadline, zone, rungs, windows } = ladder;
  const end = deadline.getTime();
  const input = { deadline, zone, rungs, windows, signedUpAt: { email: signedUpAt, sms: signedUpAt } };
  const touches = planLadder(input);

  for (const touch of touches) {
    const { rung, plannedAt } = touch;
    if (rung === 'last_call' || !('at' in rung)) continue;
    const days = 'daysBefore' in rung ? -rung.daysBefore : rung.daysAfter;
    must(showsOnWall(plannedAt.getTime(), rung.at, days, end, zone), 'is planned by the wall', touch);
  }
  for (const touch of planned(touches)) {
    const [at, expiresAt, asked] = [touch.at, touch.expiresAt, touch.plannedAt].map(Number) as [
      number,
      number,
      number,
    ];
    const open = (instant: number) => mayReach(touch.channel, instant, where);
    const reminder = isReminder(touch);
    const asksForTheAct = reminder || (isAlert(touch) && asked < end);
    const rest = touch.rung === 'last_call' ? 1 : 2 * hour;

    must(open(at), 'goes inside its window', touch);
    must(at < expiresAt, 'goes before it expires', touch);
    must(
      Math.min(at, touch.rung === 'last_call' ? at : asked) - signedUpAt.getTime() >= rest,
      'goes after the signup',
      touch,
    );
    if (asksForTheAct) must(end - at >= hour, 'goes an hour before the deadline', touch);
    if (asksForTheAct)
      must(end - expiresAt >= 30 * minute, 'expires half an hour before the deadline', touch);
    if (reminder || isAlert(touch)) {
      must(open(expiresAt - 1), 'expires with its window', touch);
      must(
        expiresAt - at >= 30 * minute && expiresAt - at <= 14 * hour,
        'has half an hour, and no other day',
        touch,
      );
    } else {
      must(at >= end, 'follows up after the deadline', touch);
      must(expiresAt - at === 7 * 24 * hour, 'follows up for seven days', touch);
    }
    must(reminder || at >= asked, 'moves back only as a reminder', touch);
    // The planner closes more days of some states than the oracle.
    const sure = touch.channel === 'email' || ['*', 'NY', 'TX', 'KY'].includes(where.smsWindow);
    const fits =
      (asksForTheAct ? end - asked >= hour : asked >= end) &&
      [0, 10, 20, 30].every((after) => open(asked + after * minute - (after && 1)));
    must(!(sure && fits) || at === asked, 'stays where it fits', touch);
  }
  for (const channel of ['email', 'sms'] as const) {
    const moments = planned(touches)
      .filter((touch) => touch.channel === channel && isReminder(touch))
      .map(({ at }) => at.getTime());
    must(
      moments.every((at, index) => index === 0 || at - moments[index - 1]! >= spacing[channel]),
      'keeps its distance',
    );
  }
  const order = touches.map(({ at, plannedAt }) => (at ?? plannedAt).getTime());
  must(
    order.every((at, index) => index === 0 || at >= order[index - 1]!),
    'is in order of time',
  );
  must(JSON.stringify(planLadder(input)) === JSON.stringify(touches), 'is the same each time');
}

describe('every plan', () => {
  it('keeps to windows, expiry, signup, order and spacing in every zone, and is the same each time', () => {
    for (const zone of zones) {
      fc.assert(fc.property(storyIn(fc.constant(zone)), keepsEveryRule), { numRuns: 3 });
    }
  }, 120_000);

  it('is the waves that the signup came in time for, and a last call when none is left', () => {
    fc.assert(
      fc.property(
        storyIn(fc.constantFrom(...zones)),
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
      { numRuns: 800 },
    );
  });

  it('needs a last call exactly when no reminder is left', () => {
    fc.assert(
      fc.property(storyIn(fc.constantFrom(...zones)), ({ ladder }) => {
        const waves = planWaves({ ...ladder, channel: 'sms' });
        expect(needsLastCall(waves)).toBe(waves.some(isReminder) && !planned(waves).some(isReminder));
      }),
      { numRuns: 100 },
    );
  });
});

it('reads the wall like Temporal, skipped and doubled hours too', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), moment, fc.boolean(), (name, at, nearChange) => {
      let instant = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(name);
      const change = nearChange ? instant.getTimeZoneTransition('next') : null;
      if (change) instant = change.add({ minutes: (at % 240) - 120 });
      const clock = wallClockOf(name);
      expect(clock.offsetAt(instant.epochMilliseconds)).toBe(instant.offsetNanoseconds / 1e6);
      const wall = (change ?? instant).toPlainDateTime().subtract({ minutes: at % 120 });
      const wallMs = wall.toZonedDateTime('UTC').epochMilliseconds;
      expect(clock.instantOf(wallMs)).toBe(wall.toZonedDateTime(name).epochMilliseconds);
    }),
    { numRuns: 1000 },
  );
});
