import type { Channel } from '#domain';

export type Who = 'ana' | 'ben' | 'cam' | 'dee';
export const everybody: readonly Who[] = ['ana', 'ben', 'cam', 'dee'];
export const channels: readonly Channel[] = ['email', 'sms'];

/** Ben and Cam share a phone; Dee has none. */
const phoneOf: Record<Who, string | null> = { ana: 'hers', ben: 'theirs', cam: 'theirs', dee: null };
export const sharersOf = (who: Who) =>
  everybody.filter((each) => phoneOf[each] !== null && phoneOf[each] === phoneOf[who]);

const hour = 3_600_000;
const day = 24 * hour;
/** A Tuesday in New York, in a week without a change of its clocks. */
export const noon = Date.parse('2027-03-02T12:00-05:00');

export type ModelWave = {
  rung: string;
  round: number;
  channel: Channel;
  at: number;
  expiresAt: number;
  expanded: boolean;
};
export type ModelRow = {
  who: Who;
  key: string;
  channel: Channel;
  /** The ledger's, once it has one. */
  id: number;
  state: string;
  reason: string | null;
  fence: number;
  plan: number;
  dueAt: number;
  expiresAt: number;
};
/** A reminder that a worker was given, and by which fence. */
export type ModelClaim = { name: string; fence: number };
type Person = { email: boolean; sms: boolean; done: boolean; tookBackAt: number };

export const nameOf = ({ who, key, channel }: Pick<ModelRow, 'who' | 'key' | 'channel'>) =>
  `${who} ${key} ${channel}`;
export const line = ({ state, reason, fence }: Pick<ModelRow, 'state' | 'reason' | 'fence'>) =>
  [state, ...(state === 'skipped' || state === 'failed' ? [reason] : []), `fence ${fence}`].join(' ');

/** What RULES §4 says of four people's reminders of a ladder of two rungs, in plain words and without a database. */
export class LedgerModel {
  now = noon;
  deadline = noon + 2 * day + 5 * hour;
  status: 'running' | 'paused' | 'ended' = 'running';
  plan = 1;
  round = 1;
  readonly rows = new Map<string, ModelRow>();
  readonly people = Object.fromEntries(
    everybody.map((who) => [who, { email: true, sms: phoneOf[who] !== null, done: false, tookBackAt: -1 }]),
  ) as Record<Who, Person>;
  waves: ModelWave[] = this.planned();
  /** What each of two workers was given and has neither handed over nor lost. */
  readonly hands: [ModelClaim[], ModelClaim[]] = [[], []];
  /** What was in the hands of one that was killed. */
  readonly lost: ModelClaim[] = [];
  private readonly days = new Map<string, string>();

  /** Noon, two days and one day before the deadline's. */
  private planned(): ModelWave[] {
    const dayOfDeadline = this.deadline - 5 * hour;
    return ['first', 'second'].flatMap((rung, n) =>
      channels.map((channel) => {
        const at = dayOfDeadline - (2 - n) * day;
        const expiresAt = at + (channel === 'email' ? 8 : 6) * hour;
        return { rung, round: this.round, channel, at, expiresAt, expanded: false };
      }),
    );
  }

  /** Until eight in the evening by two hours, then to the next noon: always a decent hour. */
  goOn(): void {
    const today = Math.floor((this.now - noon) / day);
    const next = this.now + 2 * hour;
    this.now = next <= noon + today * day + 8 * hour ? next : noon + (today + 1) * day;
  }

  /** Waves that a tick would expand. */
  due(): ModelWave[] {
    if (this.status !== 'running') return [];
    return this.waves.filter(
      ({ at, expiresAt, expanded }) => at <= this.now && (!expanded || expiresAt > this.now),
    );
  }

  private agreed(who: Who, channel: Channel): boolean {
    return this.people[who][channel];
  }

  eligible(wave: ModelWave): Who[] {
    return everybody.filter((who) => {
      const { done, tookBackAt } = this.people[who];
      return this.agreed(who, wave.channel) && !done && tookBackAt <= wave.at;
    });
  }

  private standsFor(who: Who, key: string): boolean {
    return sharersOf(who).some((other) => {
      const row = this.rows.get(nameOf({ who: other, key, channel: 'sms' }));
      return row !== undefined && row.state !== 'skipped';
    });
  }

  /** @param chosen who of several on one phone got its text */
  expand(wave: ModelWave, chosen: (name: string) => boolean, first: (who: Who[]) => Who): void {
    const { channel, at, expiresAt } = wave;
    const key = `${wave.rung}#${wave.round}`;
    const people = this.eligible(wave);
    const rowOf = (who: Who) => this.rows.get(nameOf({ who, key, channel }));
    const due = (who: Who, row?: ModelRow) =>
      this.rows.set(nameOf({ who, key, channel }), {
        ...{ who, key, channel, id: 0, fence: 0, ...row },
        ...{ state: 'due', reason: null, plan: this.plan, dueAt: at, expiresAt },
      });
    const one = (group: Who[], choose: (who: Who[]) => Who) =>
      group.length === 0 || (channel === 'sms' && this.standsFor(group[0]!, key)) ? [] : [choose(group)];
    const each = (group: Who[], choose: (who: Who[]) => Who) =>
      channel === 'email'
        ? group
        : ['hers', 'theirs'].flatMap((phone) =>
            one(
              group.filter((who) => phoneOf[who] === phone),
              choose,
            ),
          );
    const takenBack = people.filter((who) => {
      const row = rowOf(who);
      return row?.state === 'skipped' && ['replanned', 'expired'].includes(row.reason!);
    });
    if (expiresAt > this.now) for (const who of each(takenBack, first)) due(who, rowOf(who));
    const unborn = people.filter((who) => !rowOf(who));
    for (const who of each(
      unborn,
      (group) => group.find((who) => chosen(nameOf({ who, key, channel }))) ?? group[0]!,
    ))
      due(who);
    wave.expanded = true;
  }

  dueRows(channel: Channel): ModelRow[] {
    return [...this.rows.values()]
      .filter((row) => row.channel === channel && row.state === 'due' && row.dueAt <= this.now)
      .sort((one, other) => one.dueAt - other.dueAt || one.id - other.id);
  }

  /** @param held whose signup somebody is changing at this moment @returns the names of what is handed over */
  claim(worker: 0 | 1, channel: Channel, limit: number, held?: Who): string[] {
    const names = this.check(channel, limit, held);
    this.hands[worker].push(...names.map((name) => ({ name, fence: this.rows.get(name)!.fence })));
    return names.sort();
  }

  private check(channel: Channel, limit: number, held?: Who): string[] {
    if (this.status === 'paused') return [];
    const looked = this.dueRows(channel).slice(0, limit);
    return looked
      .filter(({ who }) => who !== held)
      .flatMap((row) => {
        const verdict = this.verdict(row);
        const phone = phoneOf[row.who]!;
        if (verdict) {
          Object.assign(row, { state: 'skipped', reason: verdict });
          return [];
        }
        if (channel === 'sms') this.days.set(`${phone} ${this.today}`, nameOf(row));
        Object.assign(row, { state: 'sending', fence: row.fence + 1 });
        return [nameOf(row)];
      });
  }

  private get today(): number {
    return Math.floor((this.now - noon) / day);
  }

  private verdict(row: ModelRow): string | null {
    if (row.expiresAt <= this.now || this.deadline - hour / 2 <= this.now) return 'expired';
    if (this.people[row.who].done) return 'already_confirmed';
    if (!this.agreed(row.who, row.channel)) return 'revoked';
    if (row.plan !== this.plan) return 'replanned';
    const other = this.rows.get(this.days.get(`${phoneOf[row.who]!} ${this.today}`) ?? '');
    if (row.channel === 'sms' && other && other !== row && !['skipped', 'failed'].includes(other.state))
      return 'capped';
    return null;
  }

  /** @returns whether the result counts */
  settle({ name, fence }: ModelClaim, outcome: 'sent' | 'failed' | 'later' | 'ambiguous'): boolean {
    const row = this.rows.get(name)!;
    if (row.state !== 'sending' || row.fence !== fence) return false;
    row.reason = outcome === 'failed' ? 'refused' : null;
    if (outcome === 'sent' || outcome === 'failed') row.state = outcome;
    else row.state = outcome === 'ambiguous' && row.channel === 'sms' ? 'unknown' : 'due';
    return true;
  }

  release({ name, fence }: ModelClaim): void {
    const row = this.rows.get(name)!;
    if (row.state === 'sending' && row.fence === fence) row.state = 'due';
  }

  /** Every lease runs out. */
  reclaim(): void {
    for (const row of this.rows.values())
      if (row.state === 'sending') row.state = row.channel === 'email' ? 'due' : 'unknown';
  }

  stop(people: readonly Who[], channel: Channel): void {
    for (const who of people) {
      this.people[who][channel] = false;
      this.skip((row) => row.who === who && row.channel === channel, 'suppressed');
    }
  }

  confirm(who: Who): void {
    this.people[who].done = true;
    this.skip((row) => row.who === who, 'already_confirmed');
  }

  takeBack(who: Who): void {
    this.people[who].done = false;
    this.people[who].tookBackAt = this.now;
  }

  /** By days; from two days on it is another round. */
  move(days: number): void {
    this.deadline += days * day;
    this.plan++;
    if (days >= 2) this.round++;
    this.skip((row) => row.plan !== this.plan, 'replanned');
    const before = this.waves;
    this.waves = this.planned().map((wave) => {
      const known = before.find(
        ({ rung, round, channel }) => rung === wave.rung && round === wave.round && channel === wave.channel,
      );
      return { ...wave, expanded: (known?.expanded ?? false) && wave.expiresAt <= this.now };
    });
  }

  tick(): void {
    if (this.deadline <= this.now) this.status = 'ended';
    this.skip(({ expiresAt }) => expiresAt <= this.now, 'expired');
  }

  private skip(which: (row: ModelRow) => boolean, reason: string): void {
    for (const row of this.rows.values())
      if (row.state === 'due' && which(row)) Object.assign(row, { state: 'skipped', reason });
  }
}
