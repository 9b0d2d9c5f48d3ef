import { type Fault, type FaultCode, type FaultValues, fault } from '../refuse/faults.js';
import { lastDeadline } from './deadline.js';
import { channels, kindOf, minutesOf } from './ladder.js';
import type { Rung, RungKind } from './ladder.js';
import { plannedAt } from './plan.js';
import type { SmsHours } from './windows.js';
import { isZone } from './zone.js';

/** What is wrong, where (`rungs.2.at`, `deadline`), and what to do about it. */
export type Problem = Fault & { path: string };

export const mostDays = 366;
export const mostRungs = 40;

/**
 * Everything that is wrong with a ladder, all at once; empty when it can be planned. With the campaign's deadline and its zone, also what lies
 * on the wrong side of the deadline there.
 */
export function checkLadder(rungs: readonly Rung[], campaign?: { deadline: Date; zone: string }): Problem[] {
  const problems: Problem[] = [];
  if (rungs.length === 0) problems.push({ path: 'rungs', ...fault('ladder_empty') });
  if (rungs.length > mostRungs)
    problems.push({ path: 'rungs', ...fault('ladder_long', { rungs: rungs.length, most: mostRungs }) });
  const ids = new Map<string, number>();
  rungs.forEach((rung, index) => {
    problems.push(
      ...checkRung(rung).map(({ path, ...what }) => ({ path: `rungs.${index}.${path}`, ...what })),
    );
    const twin = ids.get(rung.id);
    if (twin === undefined) ids.set(rung.id, index);
    else
      problems.push({
        path: `rungs.${index}.id`,
        ...fault('rung_id_twin', { rung: twin + 1, id: rung.id }),
      });
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
    .map(({ path, at, from, to }) => ({ path, ...fault('sms_hours', { at, from, to }) }));
}

/** Alerts whose moment has passed: in a ladder that nobody was written to from, they could only come late or not at all. */
export function checkAlerts(rungs: readonly Rung[], now: Date): Problem[] {
  return rungs.flatMap((rung, index) =>
    'sendAt' in rung && rung.sendAt <= now
      ? [{ path: `rungs.${index}.sendAt`, ...fault('alert_past', { id: rung.id }) }]
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
    const values = { id: rung.id, was: kindWords[was], now: kindWords[kindOf(rung)] };
    return [{ path: `rungs.${index}.id`, ...fault('rung_went_out', values) }];
  });
}

const kindWords: Record<RungKind, string> = {
  reminder: 'a reminder',
  follow_up: 'a follow-up',
  alert: 'an alert',
};

function checkRung(rung: Rung): Problem[] {
  const problems: Problem[] = [];
  const say = (path: string, code: FaultCode, values?: FaultValues) =>
    problems.push({ path, ...fault(code, values) });

  if (!/^[\w-]{1,64}$/.test(rung.id)) say('id', 'rung_id_form', { id: rung.id });
  if (rung.id === 'last_call') say('id', 'rung_id_own');
  if (rung.channels.length === 0) say('channels', 'rung_no_channel');
  for (const channel of new Set(rung.channels)) {
    if (!channels.includes(channel)) say('channels', 'rung_channel', { channel: String(channel) });
  }
  if (new Set(rung.channels).size < rung.channels.length) say('channels', 'rung_channel_twice');

  const ways = ['daysBefore', 'hoursBefore', 'daysAfter', 'sendAt'].filter((way) => way in rung);
  if (ways.length !== 1) {
    say('', 'rung_moments', { ways: ways.length });
    return problems;
  }
  if ('daysBefore' in rung) problems.push(...checkCount('daysBefore', rung.daysBefore, mostDays));
  if ('daysAfter' in rung) problems.push(...checkCount('daysAfter', rung.daysAfter, mostDays));
  if ('hoursBefore' in rung) problems.push(...checkCount('hoursBefore', rung.hoursBefore, mostDays * 24));
  if ('sendAt' in rung && Number.isNaN(rung.sendAt.getTime())) say('sendAt', 'rung_no_moment');
  if ('sendAt' in rung && rung.sendAt >= lastDeadline)
    say('sendAt', 'rung_far', { year: rung.sendAt.getUTCFullYear() });
  if (('daysBefore' in rung || 'daysAfter' in rung) && minutesOf(rung.at) === undefined) {
    say('at', 'rung_time', { at: rung.at });
  }
  if ('daysAfter' in rung && rung.channels.includes('sms')) {
    say('channels', 'follow_up_text');
  }
  if (rung.audience !== undefined && kindOf(rung) !== 'alert') {
    say('audience', 'rung_audience');
  }
  return problems;
}

function checkCount(path: string, value: number, most: number): Problem[] {
  if (value >= 0 && value <= most && Number.isInteger(value)) return [];
  return [{ path, ...fault('rung_count', { count: value, most }) }];
}

function checkDeadline({ deadline, zone }: { deadline: Date; zone: string }): Problem[] {
  if (!isZone(zone)) {
    return [{ path: 'zone', ...fault('zone_unknown', { zone }) }];
  }
  if (Number.isNaN(deadline.getTime())) {
    return [{ path: 'deadline', ...fault('rung_no_moment') }];
  }
  if (deadline >= lastDeadline) {
    return [{ path: 'deadline', ...fault('rung_far', { year: deadline.getUTCFullYear() }) }];
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
      return [{ path: `rungs.${index}`, ...fault(`rung_twin_${channel}`, { rung: twin + 1 }) }];
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
      return [{ path: `rungs.${index}.at`, ...fault('rung_late', { at: rung.at }) }];
    }
    if ('daysAfter' in rung && moment <= deadline.getTime()) {
      return [{ path: `rungs.${index}.at`, ...fault('rung_early', { at: rung.at }) }];
    }
    return [];
  });
}
