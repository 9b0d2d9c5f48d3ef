import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { Channel } from '#domain';
import { buildersFor } from '../../../test/support/builders.js';
import { setNow } from '../../../test/support/clock.js';
import {
  channels,
  everybody,
  LedgerModel,
  line,
  type ModelClaim,
  type ModelRow,
  type ModelWave,
  nameOf,
  sharersOf,
  type Who,
} from '../../../test/support/ledger-model.js';
import { useDatabase } from '../../../test/support/use-database.js';
import { Campaigns } from './campaigns.js';
import { Confirmations } from './confirmations.js';
import { Consents } from './consents.js';
import type { Coalition } from './entities/coalition.js';
import { type ClaimedReminder, Reminders, type Settled } from './reminders.js';
import { Signups } from './signups.js';
import { UnknownTexts } from './unknown-texts.js';
import { Waves } from './waves.js';

const histories = Number(process.env['LEDGER_HISTORIES'] ?? 500);
const seed = Number(process.env['LEDGER_SEED'] ?? 20270302);

const world = useDatabase({ connections: 3 });
const { aCoalition } = buildersFor(world);
const zone = 'America/New_York';
const lease = 3_600;
/** More than there are reminders. */
const all = 50;

let coalitions: Coalition[];
beforeAll(async () => {
  coalitions = [await aCoalition(), await aCoalition()];
});

type Outcome = Settled['outcome'];

/** The ledger itself, as workers, pages and webhooks use it. */
class Ledger {
  private readonly claims = new Map<string, ClaimedReminder>();
  readonly log: { name: string; outcome: Outcome }[] = [];

  private constructor(
    readonly campaignId: string,
    private readonly signups: Record<Who, string>,
    private readonly names: Map<string, Who>,
  ) {}

  /** Four people agreed a week ago; Ana joined through two coalitions. */
  static async open(model: LedgerModel): Promise<Ledger> {
    await setNow(world.db, new Date(model.now));
    const ids = await world.db.query<{ campaignId: string; who: Who; id: string; supporterId: string }[]>(
      opening,
      [
        randomBytes(8).toString('hex'),
        new Date(model.deadline),
        JSON.stringify(fourPeople()),
        world.keys.tokenKey,
        coalitions.map(({ id }) => id),
      ],
    );
    const { campaignId } = ids[0]!;
    const ledger = new Ledger(
      campaignId,
      Object.fromEntries(ids.map(({ who, id }) => [who, id])) as Record<Who, string>,
      new Map(ids.flatMap(({ who, id, supporterId }) => [[id, who] as const, [supporterId, who] as const])),
    );
    await ledger.plan(model);
    return ledger;
  }

  async plan({ waves, round }: LedgerModel, waiting = new Waves(world.db.manager)): Promise<void> {
    await waiting.plan(
      { campaignId: this.campaignId, round, zone, smsWindow: '*' },
      waves.map(({ rung, channel, at, expiresAt }) => ({
        rung: { id: rung, daysBefore: rung === 'first' ? 2 : 1, at: '12:00', channels: [...channels] },
        ...{ channel, plannedAt: new Date(at), at: new Date(at), expiresAt: new Date(expiresAt) },
      })),
      { anew: true },
    );
  }

  async expand({ rung, round, channel }: ModelWave): Promise<void> {
    const [wave] = await world.db.query<{ id: string }[]>(
      `select id from waves where campaign_id = $1 and rung_id = $2 and round = $3 and channel = $4`,
      [this.campaignId, rung, round, channel],
    );
    await new Waves(world.db.manager).expand(wave!.id);
  }

  async claim(channel: Channel, limit: number, db = world.db.manager): Promise<string[]> {
    const { claimed } = await new Reminders(db).claim(this.campaignId, channel, limit, lease);
    for (const reminder of claimed) this.claims.set(`${this.nameOf(reminder)} ${reminder.fence}`, reminder);
    return claimed.map((reminder) => this.nameOf(reminder)).sort();
  }

  /** @returns whether the result was taken */
  async handOver(claim: ModelClaim, outcome: Outcome): Promise<boolean> {
    this.log.push({ name: claim.name, outcome });
    const { campaignId, id, fence } = this.given(claim);
    const reason = outcome === 'failed' ? 'refused' : undefined;
    const result = { campaignId, id, fence, outcome, reason, retrySeconds: 0 };
    return (await new Reminders(world.db.manager).settle([result])) === 1;
  }

  async release(claims: ModelClaim[]): Promise<void> {
    await new Reminders(world.db.manager).release(claims.map((claim) => this.given(claim)));
  }

  private given({ name, fence }: ModelClaim): ClaimedReminder {
    return this.claims.get(`${name} ${fence}`)!;
  }

  /** As a person's own page and Twilio's webhook do. @param meanwhile while the signups are held */
  async stop(who: Who, channel: Channel, meanwhile?: () => Promise<void>): Promise<void> {
    await world.db.transaction(async (db) => {
      const signups = new Signups(db, world.keys);
      const held = await signups.hold(this.signups[who]);
      await meanwhile?.();
      const [key, reason] =
        channel === 'email' ? [held.emailKey!, 'unsubscribed' as const] : [held.phoneKey!, 'stop' as const];
      const people = channel === 'email' ? [held] : await signups.ofPhone([key]);
      await new Consents(db, world.keys).stop(key, channel, reason, people, {
        wording: 'STOP',
        source: 'text',
      });
      await new Reminders(db).cancel(people, channel, 'suppressed');
    });
  }

  async confirm(who: Who): Promise<void> {
    await world.db.transaction(async (db) => {
      const held = await new Signups(db, world.keys).hold(this.signups[who]);
      await new Confirmations(db, world.keys).record(held.id, 'pledged', 'page');
      for (const channel of channels) await new Reminders(db).cancel([held], channel, 'already_confirmed');
    });
  }

  /** @param now the clock runs on for some milliseconds, and a wave's moment may be this very one */
  async takeBack(who: Who, now: Date): Promise<void> {
    await world.db.transaction((db) => new Confirmations(db, world.keys).takeBack(this.signups[who]));
    await world.db.query(
      `update confirmations set taken_back_at = least(taken_back_at, $2) where signup_id = $1`,
      [this.signups[who], now],
    );
  }

  async turn(status: 'running' | 'paused'): Promise<void> {
    await world.db.transaction(async (db) => {
      await new Campaigns(db).hold(this.campaignId);
      await db.query(`update campaigns set status = $2 where id = $1`, [this.campaignId, status]);
    });
  }

  async move(model: LedgerModel): Promise<void> {
    await world.db.transaction(async (db) => {
      await new Campaigns(db).hold(this.campaignId);
      const waves = new Waves(db);
      await waves.hold(this.campaignId);
      await db.query(`update campaigns set deadline_at = $2, plan = $3, round = $4 where id = $1`, [
        this.campaignId,
        new Date(model.deadline),
        model.plan,
        model.round,
      ]);
      await new Reminders(db).takeBack(this.campaignId, model.plan);
      await this.plan(model, waves);
    });
  }

  async leasesRunOut(): Promise<void> {
    await world.db.query(
      `update reminders set lease_until = now() - interval '1 second' where campaign_id = $1 and state = 'sending'`,
      [this.campaignId],
    );
    await new Reminders(world.db.manager).reclaim();
  }

  /** What waits for another try need not wait any longer. */
  async fiveMinutesLater(): Promise<void> {
    await world.db.query(`update reminders set not_before = null where campaign_id = $1 and state = 'due'`, [
      this.campaignId,
    ]);
  }

  async tick(): Promise<void> {
    await new Campaigns(world.db.manager).moveOn();
    await new Reminders(world.db.manager).expire();
    await new Reminders(world.db.manager).reclaim();
  }

  /** The provider says that it has the text. */
  async find(name: string, rows: Map<string, ModelRow>): Promise<boolean> {
    const { id, fence } = rows.get(name)!;
    const text = { campaignId: this.campaignId, id: String(id), fence };
    return new UnknownTexts(world.db.manager).found(text, `SM${this.campaignId}${id}`);
  }

  async rows(): Promise<Map<string, ModelRow>> {
    const rows = await world.db.query<(Omit<ModelRow, 'who' | 'id'> & { id: string; supporterId: string })[]>(
      `select supporter_id as "supporterId", key, channel, id, state, reason, fence from reminders where campaign_id = $1`,
      [this.campaignId],
    );
    const named = rows.map((row) => ({ ...row, id: Number(row.id), who: this.names.get(row.supporterId)! }));
    const byName = new Map(named.map((row) => [nameOf(row), row]));
    if (byName.size < rows.length)
      throw new Error('Somebody has two reminders for one rung, round and channel');
    return byName;
  }

  /** As the ledger chooses among those on one phone whom it takes up again. */
  get inOrder(): Who[] {
    return [...everybody].sort((one, other) => (this.signups[one] < this.signups[other] ? -1 : 1));
  }

  async close(): Promise<void> {
    await world.db.query(`update campaigns set status = 'closed' where id = $1`, [this.campaignId]);
  }

  private nameOf({ signupId, key, channel }: ClaimedReminder): string {
    return nameOf({ who: this.names.get(signupId)!, key, channel });
  }
}

function fourPeople() {
  const phones = new Map(everybody.map((who) => [sharersOf(who)[0], randomBytes(8).toString('hex')]));
  return everybody.map((who) => {
    const phone = sharersOf(who)[0] && phones.get(sharersOf(who)[0]);
    const email = `${randomBytes(8).toString('hex')}@x.example`;
    return {
      who,
      email: world.keys.seal('email', email),
      email_key: world.keys.contactKey(email),
      phone: phone && world.keys.seal('phone', phone),
      phone_key: phone && world.keys.contactKey(phone),
    };
  });
}

/** $1 a name, $2 deadline, $3 people, $4 key of tokens, $5 coalitions. Campaigns of one partition, so that claims are planned once. */
const opening = `
  with campaign as (
    insert into campaigns (id, slug, kind, status, launched_at, deadline_at, deadline_zone, plan)
    select id, $1, 'custom', 'running', campaign_now() - interval '7 days', $2, '${zone}', 1
    from (select gen_random_uuid() as id from generate_series(1, 400)) as any_id
    where satisfies_hash_partition('reminders'::regclass, 16, 0, id) limit 1 returning id
  ), joined as (
    insert into campaign_coalitions (campaign_id, coalition_id, token_key) select id, unnest($5::uuid[]), $4 from campaign
  ), ladder as (
    insert into rungs (campaign_id, id, position, name, channels, days_before, at)
    select id, rung, days, rung, '{email,sms}', days, '12:00' from campaign cross join (values ('first', 2), ('second', 1)) as x(rung, days)
  ), people as (
    select gen_random_uuid() as id, gen_random_uuid() as signup_id, x.*
    from jsonb_to_recordset($3) as x(who text, email text, email_key text, phone text, phone_key text)
  ), supporters as (
    insert into supporters (id, email, email_key, phone, phone_key, language, zone, zone_source, sms_window)
    select id, email, email_key, phone, phone_key, 'en', '${zone}', 'coalition', '*' from people returning id
  ), zones as (
    insert into campaign_zones select id, '${zone}', '*' from campaign
  ), signups as (
    insert into signups (id, campaign_id, supporter_id, coalition_id, token_key, signed_up_at, email_since, sms_since, opted_in_at)
    select p.signup_id, c.id, p.id, ($5::uuid[])[1], $4, since, since, case when p.phone is not null then since end, since
    from people p join supporters using (id) cross join campaign c cross join (select campaign_now() - interval '7 days' as since) as week
  ), credits as (
    insert into signup_coalitions (signup_id, campaign_id, coalition_id)
    select p.signup_id, c.id, coalition from people p cross join campaign c cross join unnest($5::uuid[]) with ordinality as x(coalition, n)
    where n = 1 or p.who = 'ana'
  )
  select c.id as "campaignId", p.who, p.signup_id as id, p.id as "supporterId" from people p cross join campaign c`;

/** One thing that happens: to the model, to the ledger; then both say the same. */
class Step implements fc.AsyncCommand<LedgerModel, Ledger> {
  constructor(
    private readonly name: string,
    private readonly happen: (model: LedgerModel, ledger: Ledger) => Promise<void>,
    private readonly may: (model: LedgerModel) => boolean = () => true,
  ) {}

  check(model: Readonly<LedgerModel>): boolean {
    return this.may(model as LedgerModel);
  }

  async run(model: LedgerModel, ledger: Ledger): Promise<void> {
    await this.happen(model, ledger);
    await same(model, ledger);
  }

  toString(): string {
    return this.name;
  }
}

async function same(model: LedgerModel, ledger: Ledger): Promise<void> {
  const rows = await ledger.rows();
  const told = (each: Map<string, ModelRow>) =>
    Object.fromEntries([...each].map(([name, row]) => [name, line(row)]));
  expect(told(rows)).toEqual(told(model.rows));
  for (const [name, row] of model.rows) {
    const { id } = rows.get(name)!;
    // A letter's Message-ID is made of it.
    if (row.id !== 0) expect(id).toBe(row.id);
    row.id = id;
  }
  const accepted = ledger.log.filter(
    ({ name, outcome }) => name.endsWith('sms') && outcome !== 'later' && outcome !== 'failed',
  );
  expect(accepted.map(({ name }) => name)).toEqual([...new Set(accepted.map(({ name }) => name))]);
}

async function expand(model: LedgerModel, ledger: Ledger): Promise<void> {
  for (const wave of model.due()) {
    await ledger.expand(wave);
    const rows = await ledger.rows();
    model.expand(
      wave,
      (name) => rows.has(name),
      (group) => ledger.inOrder.find((who) => group.includes(who))!,
    );
  }
}

async function claim(
  model: LedgerModel,
  ledger: Ledger,
  worker: 0 | 1,
  channel: Channel,
  limit: number,
  held?: Who,
): Promise<void> {
  expect(await ledger.claim(channel, limit)).toEqual(model.claim(worker, channel, limit, held));
}

async function settle(
  model: LedgerModel,
  ledger: Ledger,
  claim: ModelClaim,
  outcome: Outcome,
): Promise<void> {
  expect(await ledger.handOver(claim, outcome)).toBe(model.settle(claim, outcome));
}

const worker = fc.constantFrom<(0 | 1)[]>(0, 1);
const channel = fc.constantFrom(...channels);
const who = fc.constantFrom(...everybody);
const limit = fc.constantFrom(1, 2, all);
const outcome = fc.constantFrom<Outcome[]>('sent', 'sent', 'failed', 'later', 'ambiguous');

const handing = fc.tuple(worker, outcome).map(
  ([by, outcome]) =>
    new Step(
      `worker ${by} hands over: ${outcome}`,
      (model, ledger) => settle(model, ledger, model.hands[by].shift()!, outcome),
      (model) => model.hands[by].length > 0,
    ),
);
const claiming = fc
  .tuple(worker, channel, limit)
  .map(
    ([by, channel, limit]) =>
      new Step(`worker ${by} claims ${limit} by ${channel}`, (model, ledger) =>
        claim(model, ledger, by, channel, limit),
      ),
  );
const expanding = fc.constant(
  new Step('waves are expanded', expand, (model) => model.status === 'running' && model.due().length > 0),
);
const goingOn = fc.constant(
  new Step('time goes by', async (model) => {
    model.goOn();
    await setNow(world.db, new Date(model.now));
  }),
);

/** What disturbs the usual course. */
const disturbances: fc.Arbitrary<Step>[] = [
  limit.map(
    (limit) =>
      new Step(`both workers claim letters at once, one of them ${limit}`, (model, ledger) =>
        world.db.transaction(async (first) => {
          const one = await ledger.claim('email', limit, first);
          await world.db.transaction(async (second) => {
            await second.query(`set local lock_timeout = '5s'`);
            const other = await ledger.claim('email', all, second);
            expect([one, other]).toEqual([model.claim(0, 'email', limit), model.claim(1, 'email', all)]);
          });
        }),
      ),
  ),
  worker.map(
    (by) =>
      new Step(
        `worker ${by} gives back`,
        async (model, ledger) => {
          const back = model.hands[by].splice(0);
          await ledger.release(back);
          for (const each of back) model.release(each);
        },
        (model) => model.hands[by].length > 0,
      ),
  ),
  worker.map(
    (by) =>
      new Step(
        `worker ${by} is killed`,
        async (model) => void model.lost.push(...model.hands[by].splice(0)),
        (model) => model.hands[by].length > 0,
      ),
  ),
  fc.constant(
    new Step('leases run out', async (model, ledger) => {
      await ledger.leasesRunOut();
      model.reclaim();
    }),
  ),
  outcome.map(
    (outcome) =>
      new Step(
        `an answer comes late: ${outcome}`,
        (model, ledger) => settle(model, ledger, model.lost.shift()!, outcome),
        (model) => model.lost.length > 0,
      ),
  ),
  who.map(
    (who) =>
      new Step(`${who} unsubscribes`, async (model, ledger) => {
        await ledger.stop(who, 'email');
        model.stop([who], 'email');
      }),
  ),
  fc.constantFrom<Who[]>('ana', 'ben', 'cam').map(
    (who) =>
      new Step(`${who}'s phone says STOP`, async (model, ledger) => {
        await ledger.stop(who, 'sms');
        model.stop(sharersOf(who), 'sms');
      }),
  ),
  fc.tuple(worker, who).map(
    ([by, who]) =>
      new Step(`worker ${by} claims letters while ${who} unsubscribes`, async (model, ledger) => {
        await ledger.stop(who, 'email', () => claim(model, ledger, by, 'email', all, who));
        model.stop([who], 'email');
      }),
  ),
  who.map(
    (who) =>
      new Step(
        `${who} is done`,
        async (model, ledger) => {
          await ledger.confirm(who);
          model.confirm(who);
        },
        (model) => !model.people[who].done,
      ),
  ),
  who.map(
    (who) =>
      new Step(
        `${who} takes it back`,
        async (model, ledger) => {
          await ledger.takeBack(who, new Date(model.now));
          model.takeBack(who);
        },
        (model) => model.people[who].done,
      ),
  ),
  fc.constantFrom<('running' | 'paused')[]>('running', 'paused').map(
    (status) =>
      new Step(
        status === 'paused' ? 'pause' : 'resume',
        async (model, ledger) => {
          await ledger.turn(status);
          model.status = status;
        },
        (model) => model.status !== 'ended' && model.status !== status,
      ),
  ),
  fc.constantFrom(-1, 1, 2).map(
    (days) =>
      new Step(
        `the deadline moves by ${days} days`,
        async (model, ledger) => {
          model.move(days);
          await ledger.move(model);
        },
        (model) => model.status !== 'ended' && model.deadline + days * 86_400_000 > model.now,
      ),
  ),
  fc.constant(
    new Step(
      'the deadline passes',
      async (model) => {
        while (model.now < model.deadline) model.goOn();
        await setNow(world.db, new Date(model.now));
      },
      (model) => model.now < model.deadline,
    ),
  ),
  fc.constant(
    new Step('a tick', async (model, ledger) => {
      await ledger.tick();
      model.tick();
    }),
  ),
  fc.constant(
    new Step(
      'the provider lists a text',
      async (model, ledger) => {
        const unknown = [...model.rows.values()].find(({ state }) => state === 'unknown')!;
        const another = [...model.rows.values()].some(
          ({ who, state, channel }) =>
            channel === 'sms' && state === 'sending' && sharersOf(who).includes(unknown.who),
        );
        expect(await ledger.find(nameOf(unknown), model.rows)).toBe(!another);
        if (!another) unknown.state = 'sent';
      },
      (model) => [...model.rows.values()].some(({ state }) => state === 'unknown'),
    ),
  ),
];

/** Whatever happened before, a quiet end brings every reminder to an end of its own. */
async function end(model: LedgerModel, ledger: Ledger): Promise<void> {
  if (model.status === 'paused') {
    await ledger.turn('running');
    model.status = 'running';
  }
  await ledger.leasesRunOut();
  model.reclaim();
  await expand(model, ledger);
  await same(model, ledger);
  for (const channel of channels) {
    do {
      await ledger.fiveMinutesLater();
      model.hands[0].splice(0);
      await claim(model, ledger, 0, channel, all);
      for (const each of model.hands[0]) await settle(model, ledger, each, 'sent');
    } while (model.dueRows(channel).length > 0);
  }
  for (const wave of model.due()) {
    for (const person of model.eligible(wave)) {
      const key = `${wave.rung}#${wave.round}`;
      const group = wave.channel === 'sms' ? sharersOf(person) : [person];
      const states = group.map((who) => model.rows.get(nameOf({ who, key, channel: wave.channel }))?.state);
      expect(states.filter(Boolean)).not.toEqual([]);
    }
  }
  while (model.now < model.deadline) model.goOn();
  await setNow(world.db, new Date(model.now));
  await ledger.tick();
  model.tick();
  await same(model, ledger);
  const left = [...model.rows.values()].filter(({ state }) => state === 'due' || state === 'sending');
  expect(left).toEqual([]);
  await ledger.close();
}

const usual = [
  expanding,
  goingOn,
  ...Array<fc.Arbitrary<Step>>(4).fill(claiming),
  ...Array<fc.Arbitrary<Step>>(5).fill(handing),
];

it(
  `keeps its promises through ${histories} histories (seed ${seed})`,
  () =>
    fc.assert(
      fc.asyncProperty(
        fc.commands([...usual, ...disturbances], { maxCommands: 24, size: 'max' }),
        async (commands) => {
          const model = new LedgerModel();
          const ledger = await Ledger.open(model);
          await expand(model, ledger);
          await same(model, ledger);
          await fc.asyncModelRun(() => ({ model, real: ledger }), commands);
          await end(model, ledger);
        },
      ),
      { numRuns: histories, seed },
    ),
  60_000 + histories * 1_000,
);
