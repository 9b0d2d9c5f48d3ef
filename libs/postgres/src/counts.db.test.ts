import fc from 'fast-check';
import type { Channel } from '#domain';
import { buildersFor } from '../../../test/support/builders.js';
import { setNow } from '../../../test/support/clock.js';
import { untilWaitingOr } from '../../../test/support/until-waiting.js';
import { useDatabase } from '../../../test/support/use-database.js';
import { Confirmations } from './confirmations.js';
import { Consents } from './consents.js';
import type { Campaign } from './entities/campaign.js';
import type { Coalition } from './entities/coalition.js';
import { Counts1764000000033 } from './migrations/33-counts.js';
import { OwnerData } from './owner-data.js';
import { type Receipt, Receipts } from './receipts.js';
import { Reminders, type Settled } from './reminders.js';
import { Signups } from './signups.js';
import { Tallies } from './tallies.js';
import { Waves } from './waves.js';

const world = useDatabase({ connections: 3 });
const { aCoalition, aCampaign, aSignup, agree, aReminder } = buildersFor(world);
// A decent hour in every zone that somebody moves to but one.
beforeAll(() => setNow(world.db, new Date('2027-03-02T17:00:00Z')));
const reminders = () => new Reminders(world.db.manager);
const signups = () => new Signups(world.db.manager, world.keys);
const consents = () => new Consents(world.db.manager, world.keys);
const confirmations = () => new Confirmations(world.db.manager, world.keys);
const tallies = () => new Tallies(world.db.manager);
const receipts = () => new Receipts(world.db.manager, world.keys);

type Grouped = Record<string, number>;
const grouped = (rows: { label: string[]; n: number }[]): Grouped =>
  Object.fromEntries(rows.filter(({ n }) => n !== 0).map(({ label, n }) => [label.join(' '), n]));

/** By counting rows one by one: who may be written to where, and what became of each reminder. */
const countedByHand = async (campaignId: string) => ({
  people: grouped(
    await world.db.query(
      `select array[p.zone, p.sms_window, may.label] as label, count(*)::int as n
       from signups s join supporters p on p.id = s.supporter_id cross join lateral (values
         ('open email', s.done_at is null and s.email_since is not null), ('open sms', s.done_at is null and s.sms_since is not null),
         ('updates email', s.updates and s.email_since is not null), ('updates sms', s.updates and s.sms_since is not null)
       ) as may(label, yes) where s.campaign_id = $1 and s.standing = 'joined' and may.yes group by 1`,
      [campaignId],
    ),
  ),
  reminders: grouped(
    await world.db.query(
      `select array[kind, channel::text, case when state in ('due', 'sending') then 'open' else state end,
         case when state in ('failed', 'skipped') then reason else '' end] as label, count(*)::int as n
       from reminders where campaign_id = $1 group by 1`,
      [campaignId],
    ),
  ),
  heard: grouped(
    await world.db.query(
      `select array[x.channel, x.heard] as label, count(distinct reminder_id)::int as n from (
         select reminder_id, case provider when 'twilio' then 'sms' else 'email' end as channel,
           case status when 'read' then 'delivered' else status end as heard from receipts where campaign_id = $1) as x
       where x.heard in ('delivered', 'bounced', 'complained') group by 1`,
      [campaignId],
    ),
  ),
});

const shown = async (campaignId: string) => {
  const people: Grouped = {};
  for (const { zone, smsWindow, people: by } of await new Waves(world.db.manager).crowds(campaignId))
    for (const [audience, channels] of Object.entries(by))
      for (const [channel, n] of Object.entries(channels))
        if (n > 0) people[[zone, smsWindow, audience, channel].join(' ')] = n;
  const rows: { label: string[]; n: number }[] = [];
  for (const { kind, channel, sent, failed, skipped, unknown, planned } of await reminders().progress(
    campaignId,
  )) {
    const ended = [
      ...Object.entries(failed).map(([reason, n]) => ({ label: [kind, channel, 'failed', reason], n })),
      ...Object.entries(skipped).map(([reason, n]) => ({ label: [kind, channel, 'skipped', reason], n })),
      { label: [kind, channel, 'sent', ''], n: sent },
      { label: [kind, channel, 'unknown', ''], n: unknown },
    ];
    const open = planned - ended.reduce((sum, { n }) => sum + n, 0);
    rows.push(...ended, { label: [kind, channel, 'open', ''], n: open });
  }
  const heard = (await receipts().heardOf(campaignId)).flatMap(({ channel, ...figures }) =>
    Object.entries(figures).map(([what, n]) => ({ label: [channel, what], n })),
  );
  return { people, reminders: grouped(rows), heard: grouped(heard) };
};

const equalsTheRows = async ({ id }: Pick<Campaign, 'id'>) =>
  expect(await shown(id)).toEqual(await countedByHand(id));

type World = { campaigns: Campaign[]; coalition: Coalition; claimed: Settled[] };

const person = fc.constantFrom('ana', 'ben', 'cam', 'dee');
const which = fc.nat({ max: 1 });
const channel = fc.constantFrom<Channel>('email', 'sms');
const phones: Record<string, string> = { ana: '+16145550101', ben: '+16145550102', cam: '+16145550103' };
const someone = ({ campaigns, coalition }: World, at: number, name: string) =>
  aSignup(campaigns[at]!, coalition, {
    email: `${name}-${campaigns[0]!.slug}@counts.example`,
    ...(phones[name] && { phone: phones[name] }),
  });
const proof = { wording: 'updates@1', source: 'page' as const };

const heard = fc.record({
  status: fc.constantFrom('delivered', 'read', 'bounced', 'complained'),
  state: fc.constantFrom('sent' as const, 'failed' as const),
  reason: fc.constantFrom('bad_address' as const, 'mailbox_full' as const),
  n: fc.nat({ max: 3 }),
});

const happening: fc.Arbitrary<(to: World) => Promise<unknown>> = fc.oneof(
  fc.tuple(which, person).map(
    ([at, name]) =>
      async (to: World) =>
        agree(await someone(to, at, name)),
  ),
  fc.tuple(which, person, channel).map(([at, name, channel]) => async (to: World) => {
    await consents().withdraw(await someone(to, at, name), channel, { wording: 'STOP', source: 'text' });
  }),
  fc.tuple(which, person, fc.boolean()).map(([at, name, yes]) => async (to: World) => {
    await consents().askForUpdates(await someone(to, at, name), yes, proof);
  }),
  fc.tuple(which, person, fc.constantFrom('Pacific/Guam', 'America/Chicago')).map(
    ([at, name, zone]) =>
      async (to: World) =>
        signups().setPlace(await someone(to, at, name), 'en', zone, '9-20'),
  ),
  fc.tuple(which, person).map(([at, name]) => async (to: World) => {
    await confirmations().record((await someone(to, at, name)).id, 'filed', 'page');
  }),
  fc.tuple(which, person).map(([at, name]) => async (to: World) => {
    await confirmations().takeBack((await someone(to, at, name)).id);
  }),
  fc.tuple(which, person).map(([at, name]) => async (to: World) => {
    await world.db.query(`update signups set standing = 'invited' where id = $1`, [
      (await someone(to, at, name)).id,
    ]);
  }),
  person.map((name) => async (to: World) => {
    const signup = await someone(to, 0, name);
    await world.db.transaction((db) => new OwnerData(db, world.keys).erase(signup, { suppress: false }));
  }),
  fc.tuple(which, person, channel).map(([at, name, channel]) => async (to: World) => {
    const signup = await someone(to, at, name);
    if (channel === 'email' || signup.phoneKey) await aReminder(signup, { channel });
  }),
  {
    weight: 2,
    arbitrary: fc.tuple(which, channel).map(([at, channel]) => async (to: World) => {
      const { claimed } = await reminders().claim(to.campaigns[at]!.id, channel, 10, 120);
      to.claimed.push(...claimed.map((each): Settled => ({ ...each, outcome: 'sent' })));
    }),
  },
  fc
    .constantFrom<Partial<Settled>[]>(
      [{ outcome: 'sent' }],
      [{ outcome: 'failed', reason: 'bad_address' }],
      [{ outcome: 'later', retrySeconds: 0 }],
      [{ outcome: 'ambiguous' }],
    )
    .map(([said]) => async ({ claimed }: World) => {
      await reminders().settle(claimed.splice(0, 2).map((each) => ({ ...each, ...said })));
    }),
  {
    weight: 3,
    arbitrary: fc
      .tuple(which, fc.array(heard, { minLength: 1, maxLength: 4 }))
      .map(([at, said]) => async (to: World) => {
        const campaignId = to.campaigns[at]!.id;
        const rows = await world.db.query<{ id: string; channel: Channel }[]>(
          `select id, channel from reminders where campaign_id = $1 and fence > 0 order by id limit 2`,
          [campaignId],
        );
        await receipts().take(
          rows.flatMap(({ id, channel }) =>
            said.map(({ n, ...receipt }): Receipt => ({
              ...receipt,
              provider: channel === 'sms' ? 'twilio' : n % 2 ? 'sendgrid' : 'smtp',
              providerId: `${id} ${n}`,
              channel,
              reminder: { campaignId, id },
            })),
          ),
        );
      }),
  },
  fc.tuple(which, person, channel).map(([at, name, channel]) => async (to: World) => {
    await reminders().cancel([await someone(to, at, name)], channel, 'revoked');
  }),
  fc.constant(() => reminders().reclaim({ all: true })),
  fc.constant(() => tallies().fold()),
);

it('says what the rows say, after whatever happened', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 15, maxLength: 40, size: 'max' }), async (history) => {
      const coalition = await aCoalition();
      const campaigns = [
        await aCampaign([coalition], { running: true }),
        await aCampaign([coalition], { running: true }),
      ];
      const to: World = { campaigns, coalition, claimed: [] };
      // Somebody is written to from the start, so that there is something to send and to hear of.
      for (const at of [0, 1])
        for (const name of ['ana', 'ben']) {
          const signup = await someone(to, at, name);
          await agree(signup);
          for (const channel of ['email', 'sms'] as const) await aReminder(signup, { channel });
        }
      for (const happen of history) {
        await happen(to);
        for (const campaign of campaigns) await equalsTheRows(campaign);
      }
    }),
    { numRuns: 25, seed: 20270304 },
  );
}, 120_000);

it('is rebuilt from the rows by one statement', async () => {
  const coalition = await aCoalition();
  const campaign = await aCampaign([coalition], { running: true });
  await agree(await aSignup(campaign, coalition));
  await world.db.query(`delete from count_changes`);
  await world.db.query(`insert into counts values ($1, 'ended', '{rung,x,email,sent,NULL}', 9)`, [
    campaign.id,
  ]);
  await tallies().rebuild();
  await equalsTheRows(campaign);
});

it('counts what was there before anything was counted', async () => {
  const coalition = await aCoalition();
  const campaign = await aCampaign([coalition], { running: true });
  const ana = await aSignup(campaign, coalition);
  await agree(ana);
  await aReminder(ana);
  const { claimed } = await reminders().claim(campaign.id, 'email', 10, 120);
  await reminders().settle(claimed.map((each) => ({ ...each, outcome: 'sent' })));
  const before = await shown(campaign.id);
  const runner = world.db.createQueryRunner();
  await new Counts1764000000033().down(runner);
  await new Counts1764000000033().up(runner);
  await runner.release();
  expect(before.reminders).toEqual({ 'last_call email sent ': 1 });
  expect(await shown(campaign.id)).toEqual(before);
});

it('counts somebody where they move to while they join a second campaign', async () => {
  const coalition = await aCoalition();
  const [first, second] = [await aCampaign([coalition]), await aCampaign([coalition])];
  const email = 'moves@counts.example';
  const ana = await aSignup(first, coalition, { email });
  await agree(ana);
  let joined: Promise<unknown> | undefined;
  await world.db.transaction(async (open) => {
    await new Signups(open, world.keys).setPlace(ana, 'en', 'Pacific/Guam', '9-20');
    joined = aSignup(second, coalition, { email }).then(agree);
    await untilWaitingOr(world.db, joined);
  });
  await joined;
  for (const campaign of [first, second]) await equalsTheRows(campaign);
  expect((await shown(second.id)).people).toEqual({ 'Pacific/Guam 9-20 open email': 1 });
});
