import { readFile, writeFile } from 'node:fs/promises';
import pg from 'pg';

/**
 * Compares what the providers took with what the ledger says. It shares no code with the product: it knows the tables
 * and the logs, nothing else.
 */

/** Whom something was due for, and where the providers see them. */
export type Addressee = { signupId: string; email?: string; phone?: string };

export type Reminder = {
  id: string;
  campaignId: string;
  signupId: string;
  kind: string;
  key: string;
  channel: 'email' | 'sms';
  state: string;
  reason: string | null;
  fence: number;
  providerId: string | null;
  checkedAt: number | null;
  settledAt: number | null;
  attempts: { fence: number; outcome: string; reason: string | null; checkedAt: number; endedAt: number }[];
};

/** A line of a provider's log: a letter has an `id`, a text a `sid`. */
export type HandOver = { at: number; to: string; id?: string; sid?: string; answered: boolean };

export type Judged = {
  /** Addressees without a reminder in an end state, and reminders that are `sent` but that no provider saw. */
  lost: string[];
  /** Hand-overs beyond the first of each reminder. */
  emailDoubles: number;
  smsDoubles: number;
  /** Letters to one person under more than one Message-ID. */
  otherIds: number;
  unknown: number;
  /** Hand-overs of which the ledger has no attempt that may have been accepted. */
  unrecorded: number;
  /** How many reminders ended how: `sent`, `skipped expired` … */
  ends: Record<string, number>;
  ledger: Reminder[];
  letters: HandOver[];
  texts: HandOver[];
};

const ends = ['sent', 'skipped', 'failed', 'unknown'];

/**
 * @param kinds which reminders are judged
 * @param ledgerFile where the ledger that was judged is kept, a line of JSON for each reminder
 */
export async function judge(
  database: string,
  people: Addressee[],
  { sinkLog, carrierLog, ledgerFile }: { sinkLog: string; carrierLog: string; ledgerFile: string },
  kinds = ['rung'],
): Promise<Judged> {
  const ledger = (await readLedger(database)).filter(({ kind }) => kinds.includes(kind));
  await writeFile(ledgerFile, ledger.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const [letters, texts] = await Promise.all([readLog(sinkLog), readLog(carrierLog)]);
  const byAddress = { email: grouped(letters, 'to'), sms: grouped(texts, 'to') };
  const bySignup = grouped(
    ledger.map((line) => ({ ...line, place: `${line.signupId} ${line.channel}` })),
    'place',
  );

  const judged: Judged = {
    ...{ lost: [], emailDoubles: 0, smsDoubles: 0, otherIds: 0, unknown: 0, unrecorded: 0, ends: {} },
    ...{ ledger, letters, texts },
  };
  for (const { state, reason } of ledger) {
    const end = [state, reason].filter(Boolean).join(' ');
    judged.ends[end] = (judged.ends[end] ?? 0) + 1;
  }
  judged.unknown = ledger.filter(({ state }) => state === 'unknown').length;
  for (const person of people) {
    for (const [channel, to] of [
      ['email', person.email],
      ['sms', person.phone],
    ] as const) {
      if (to === undefined) continue;
      const reminders = bySignup.get(`${person.signupId} ${channel}`) ?? [];
      const handOvers = byAddress[channel].get(to) ?? [];
      if (reminders.length === 0) judged.lost.push(`${to}: no reminder`);
      for (const { state } of reminders) {
        if (!ends.includes(state)) judged.lost.push(`${to}: ${state}`);
      }
      const sent = reminders.filter(({ state }) => state === 'sent').length;
      const ids = new Set(handOvers.map(({ id, sid }) => id ?? sid)).size;
      const seen = channel === 'email' ? ids : handOvers.length;
      if (sent > seen) judged.lost.push(`${to}: ${sent} sent, ${seen} taken`);
      const more = Math.max(0, handOvers.length - reminders.length);
      if (channel === 'email') {
        judged.emailDoubles += more;
        judged.otherIds += Math.max(0, ids - reminders.length);
      } else {
        judged.smsDoubles += more;
      }
      const accounted = reminders
        .flatMap(({ attempts }) => attempts)
        .filter(({ outcome }) => outcome === 'sent' || outcome === 'ambiguous').length;
      judged.unrecorded += Math.max(0, handOvers.length - accounted);
    }
  }
  return judged;
}

/** A stop that was committed: what it ended, for one person or for a whole campaign. */
export type Stop = { what: string; signupId?: string; campaignId?: string; channels: string[]; at: number };

/**
 * Final checks that passed after a stop's commit, and hand-overs more than a second later.
 * @param people where the providers see each signup
 */
export function afterStops(
  { ledger, letters, texts }: Judged,
  people: Addressee[],
  stops: Stop[],
): { checks: string[]; handOvers: string[] } {
  const found = { checks: [] as string[], handOvers: [] as string[] };
  const signups = new Map(people.map((person) => [person.signupId, person]));
  const bySignup = grouped(ledger, 'signupId');
  const byAddress = { email: grouped(letters, 'to'), sms: grouped(texts, 'to') };
  for (const stop of stops) {
    const reminders = stop.signupId
      ? (bySignup.get(stop.signupId) ?? [])
      : ledger.filter(({ campaignId }) => campaignId === stop.campaignId);
    for (const { id, signupId, channel, state, checkedAt, attempts } of reminders) {
      if (!stop.channels.includes(channel)) continue;
      const checks = [
        ...attempts.map((attempt) => attempt.checkedAt),
        ...(state === 'sending' && checkedAt !== null ? [checkedAt] : []),
      ];
      for (const at of checks) {
        if (at > stop.at) found.checks.push(`${stop.what}: reminder ${id} checked ${at - stop.at} ms after`);
      }
      const person = signups.get(signupId);
      const to = channel === 'email' ? person?.email : person?.phone;
      for (const { at } of byAddress[channel].get(to ?? '') ?? []) {
        if (at > stop.at + 1_000)
          found.handOvers.push(`${stop.what}: reminder ${id} taken ${at - stop.at} ms after`);
      }
    }
  }
  return found;
}

async function readLedger(database: string): Promise<Reminder[]> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    const { rows } = await client.query<Reminder>(
      `select r.id::text, r.campaign_id as "campaignId", r.signup_id as "signupId", r.kind, r.key, r.channel, r.state, r.reason,
         r.fence, r.provider_id as "providerId", extract(epoch from r.checked_at)::float8 * 1000 as "checkedAt",
         extract(epoch from r.settled_at)::float8 * 1000 as "settledAt",
         coalesce((
           select json_agg(json_build_object('fence', a.fence, 'outcome', a.outcome, 'reason', a.reason,
             'checkedAt', extract(epoch from a.checked_at) * 1000, 'endedAt', extract(epoch from a.ended_at) * 1000) order by a.fence)
           from attempts a where a.campaign_id = r.campaign_id and a.reminder_id = r.id), '[]') as attempts
       from reminders r order by r.campaign_id, r.id`,
    );
    return rows;
  } finally {
    await client.end();
  }
}

async function readLog(file: string): Promise<HandOver[]> {
  const text = await readFile(file, 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as HandOver);
}

function grouped<Item extends object>(items: Item[], by: keyof Item): Map<unknown, Item[]> {
  const groups = new Map<unknown, Item[]>();
  for (const item of items) {
    const group = groups.get(item[by]);
    if (group) group.push(item);
    else groups.set(item[by], [item]);
  }
  return groups;
}
