import { lastDeadline } from './deadline.js';
import { channels, kindOf, minutesOf } from './ladder.js';
import type { Rung, RungKind } from './ladder.js';
import { plannedAt } from './plan.js';
import type { SmsHours } from './windows.js';
import { isZone } from './zone.js';

/** What is wrong, where (`rungs.2.at`, `deadline`), and what to do about it. */
export interface Problem {
  path: string;
  message: string;
}

export const mostDays = 366;
export const mostRungs = 40;

/**
 * Everything that is wrong with a ladder, all at once; empty when it can be planned. With the campaign's deadline and its zone, also what lies
 * on the wrong side of the deadline there.
 */
export function checkLadder(rungs: readonly Rung[], campaign?: { deadline: Date; zone: string }): Problem[] {
  const problems: Problem[] = [];
  if (rungs.length === 0)
    problems.push({ path: 'rungs', message: 'The ladder is empty; add at least one rung.' });
  if (rungs.length > mostRungs) {
    problems.push({
      path: 'rungs',
      message: `${rungs.length} rungs are too many; keep at most ${mostRungs}.`,
    });
  }
  const ids = new Map<string, number>();
  rungs.forEach((rung, index) => {
    problems.push(
      ...checkRung(rung).map(({ path, message }) => ({ path: `rungs.${index}.${path}`, message })),
    );
    const twin = ids.get(rung.id);
    if (twin === undefined) ids.set(rung.id, index);
    else
      problems.push({ path: `rungs.${index}.id`, message: `Rung ${twin + 1} has the id "${rung.id}" too.` });
  });
  problems.push(...(campaign ? checkDeadline(campaign) : []));
  if (problems.length > 0) return problems;
  return [...checkTwins(rungs, campaign), ...(campaign ? checkSides(rungs, campaign) : [])];
}

/**
 * What is wrong with an organizer's hours for texts: they are wider than 10:00–18:00 and within 08:00–21:00 (RULES §3). Empty when windowsFor
 * can use them; then no state's row leaves them without an opening.
 */
export function checkSmsHours({ open, close }: SmsHours): Problem[] {
  const sides = [
    { path: 'smsHours.open', at: open, from: '08:00', to: '10:00' },
    { path: 'smsHours.close', at: close, from: '18:00', to: '21:00' },
  ];
  return sides
    .filter(({ at, from, to }) => minutesOf(at) === undefined || at < from || at > to)
    .map(({ path, at, from, to }) => ({
      path,
      message: `"${at}" cannot be used; choose a time from ${from} to ${to}, written like that.`,
    }));
}

/** Alerts whose moment has passed: in a ladder that nobody was written to from, they could only come late or not at all. */
export function checkAlerts(rungs: readonly Rung[], now: Date): Problem[] {
  return rungs.flatMap((rung, index) =>
    'sendAt' in rung && rung.sendAt <= now
      ? [
          {
            path: `rungs.${index}.sendAt`,
            message: `The moment of "${rung.id}" has passed; choose one that is ahead, or take the alert out.`,
          },
        ]
      : [],
  );
}

/**
 * Rungs that went out as something else: under the same id each kind has reminders of its own, so people would be written to twice.
 * @param sent what each rung went out as, by its id
 */
export function checkKinds(rungs: readonly Rung[], sent: ReadonlyMap<string, RungKind>): Problem[] {
  return rungs.flatMap((rung, index) => {
    const was = sent.get(rung.id);
    if (was === undefined || was === kindOf(rung)) return [];
    const message = `"${rung.id}" went out as ${kindWords[was]} already; ${kindWords[kindOf(rung)]} is another message: give it a new id.`;
    return [{ path: `rungs.${index}.id`, message }];
  });
}

const kindWords: Record<RungKind, string> = {
  reminder: 'a reminder',
  follow_up: 'a follow-up',
  alert: 'an alert',
};

function checkRung(rung: Rung): Problem[] {
  const problems: Problem[] = [];
  const say = (path: string, message: string) => problems.push({ path, message });

  if (!/^[\w-]{1,64}$/.test(rung.id))
    say('id', `"${rung.id}" is no id; use letters, digits, "-" and "_", at most 64.`);
  if (rung.id === 'last_call') say('id', '"last_call" is the planner\'s own word; choose another id.');
  if (rung.channels.length === 0) say('channels', 'Choose email, text or both.');
  for (const channel of new Set(rung.channels)) {
    if (!channels.includes(channel)) say('channels', `"${String(channel)}" is no channel; use email or sms.`);
  }
  if (new Set(rung.channels).size < rung.channels.length) say('channels', 'Name each channel once.');

  const ways = ['daysBefore', 'hoursBefore', 'daysAfter', 'sendAt'].filter((way) => way in rung);
  if (ways.length !== 1) {
    say('', `Say when in exactly one way, not ${ways.length}: daysBefore, hoursBefore, daysAfter or sendAt.`);
    return problems;
  }
  if ('daysBefore' in rung) problems.push(...checkCount('daysBefore', rung.daysBefore, mostDays));
  if ('daysAfter' in rung) problems.push(...checkCount('daysAfter', rung.daysAfter, mostDays));
  if ('hoursBefore' in rung) problems.push(...checkCount('hoursBefore', rung.hoursBefore, mostDays * 24));
  if ('sendAt' in rung && Number.isNaN(rung.sendAt.getTime()))
    say('sendAt', 'This is not a moment; give a date and a time.');
  if ('sendAt' in rung && rung.sendAt >= lastDeadline)
    say('sendAt', `The year ${rung.sendAt.getUTCFullYear()} is too far; check the date.`);
  if (('daysBefore' in rung || 'daysAfter' in rung) && minutesOf(rung.at) === undefined) {
    say('at', `"${rung.at}" is not a time; write it as 09:30.`);
  }
  if ('daysAfter' in rung && rung.channels.includes('sms')) {
    say('channels', 'Follow-ups go by email only; take the text out.');
  }
  if (rung.audience !== undefined && kindOf(rung) !== 'alert') {
    say('audience', 'Only an alert (sendAt) has an audience; everything else goes to those not done.');
  }
  return problems;
}

function checkCount(path: string, value: number, most: number): Problem[] {
  if (value >= 0 && value <= most && Number.isInteger(value)) return [];
  return [
    {
      path,
      message: `${value} is out of range; use a whole number from 0 to ${most}.`,
    },
  ];
}

function checkDeadline({ deadline, zone }: { deadline: Date; zone: string }): Problem[] {
  if (!isZone(zone)) {
    return [{ path: 'zone', message: `"${zone}" is not a time zone; use a name like America/Chicago.` }];
  }
  if (Number.isNaN(deadline.getTime())) {
    return [{ path: 'deadline', message: 'This is not a moment; give a date and a time.' }];
  }
  if (deadline >= lastDeadline) {
    return [
      { path: 'deadline', message: `The year ${deadline.getUTCFullYear()} is too far; check the date.` },
    ];
  }
  return [];
}

/** Two rungs at one moment on one channel: one would always supersede the other, or both would go out at once. */
function checkTwins(rungs: readonly Rung[], campaign?: { deadline: Date; zone: string }): Problem[] {
  const seen = new Map<string, number>();
  return rungs.flatMap((rung, index) =>
    rung.channels.flatMap((channel) => {
      const key = `${channel} ${kindOf(rung)} ${momentOf(rung, campaign)} ${rung.audience ?? 'open'}`;
      const twin = seen.get(key);
      if (twin === undefined) {
        seen.set(key, index);
        return [];
      }
      return [
        {
          path: `rungs.${index}`,
          message: `Rung ${twin + 1} goes out by ${channel} at the same moment; move one.`,
        },
      ];
    }),
  );
}

function momentOf(rung: Rung, campaign?: { deadline: Date; zone: string }): string {
  if (campaign) return String(plannedAt(rung, campaign.deadline.getTime(), campaign.zone));
  if ('sendAt' in rung) return rung.sendAt.toISOString();
  if ('hoursBefore' in rung) return `${rung.hoursBefore} hours`;
  return 'daysBefore' in rung ? `${rung.daysBefore} ${rung.at}` : `${rung.daysAfter} ${rung.at}`;
}

function checkSides(rungs: readonly Rung[], { deadline, zone }: { deadline: Date; zone: string }): Problem[] {
  return rungs.flatMap((rung, index) => {
    const moment = plannedAt(rung, deadline.getTime(), zone);
    if ('daysBefore' in rung && moment >= deadline.getTime()) {
      return [
        {
          path: `rungs.${index}.at`,
          message: `${rung.at} on the day of the deadline is too late; choose an earlier time.`,
        },
      ];
    }
    if ('daysAfter' in rung && moment <= deadline.getTime()) {
      return [
        {
          path: `rungs.${index}.at`,
          message: `${rung.at} on that day is before the deadline; follow up later.`,
        },
      ];
    }
    return [];
  });
}
