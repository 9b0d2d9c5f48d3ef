import { setAhead } from '../../../test/support/clock.js';
import { buildersFor } from '../../../test/support/builders.js';
import { useDatabase } from '../../../test/support/use-database.js';
import { Audit } from './audit.js';
import { CampaignClock } from './clock.js';
import { Coalitions } from './coalitions.js';
import { Confirmations } from './confirmations.js';
import { Consents } from './consents.js';
import { migrations } from './data-source.js';
import { WordsOfTheirKind1764000000031 } from './migrations/31-words-of-their-kind.js';
import { Reminders } from './reminders.js';
import type { SignupView } from './signups.js';
import { Tallies } from './tallies.js';

const world = useDatabase();
const { aCoalition, aCampaign, aSignup } = buildersFor(world);

async function someone(): Promise<SignupView> {
  const coalition = await aCoalition();
  return aSignup(await aCampaign([coalition]), coalition);
}

const confirmations = () => new Confirmations(world.db.manager, world.keys);
const hours = (count: number) => new Date(Date.now() + count * 3_600_000);

describe('ids', () => {
  it('of people and signups come in the order of time, so that a wave finds its people side by side', async () => {
    const first = await someone();
    await world.db.query(`select pg_sleep(0.002)`);
    const second = await someone();
    expect(first.id < second.id && first.supporterId < second.supporterId).toBe(true);
    expect([first.id, first.supporterId].map((id) => id[14])).toEqual(['7', '7']);
  });
});

describe('one intent', () => {
  const insert = (signup: SignupView, key: string) =>
    world.db.query(
      `insert into reminders (campaign_id, supporter_id, signup_id, coalition_id, kind, key, channel, due_at, expires_at)
       values ($1, $2, $3, $4, 'rung', $5, 'email', now(), now() + interval '1 hour')`,
      [signup.campaignId, signup.supporterId, signup.id, signup.coalitionId, key],
    );

  it('refuses a second reminder for the same supporter, rung, round and channel', async () => {
    const signup = await someone();
    await insert(signup, 'a-week-before/1');
    await expect(insert(signup, 'a-week-before/1')).rejects.toThrow(/one_intent|campaign_id_supporter_id/);
    await insert(signup, 'a-week-before/2');
  });

  it('adds a personal reminder once, however often it is asked for', async () => {
    const signup = await someone();
    const reminders = new Reminders(world.db.manager);
    const welcome = {
      kind: 'welcome',
      key: 'welcome',
      channel: 'email',
      dueAt: null,
      expiresAt: hours(1),
    } as const;
    expect(await reminders.add(signup, [welcome])).toBe(1);
    expect(await reminders.add(signup, [welcome])).toBe(0);
  });
});

describe('one confirmation per signup', () => {
  it('records the first and says that the second is known', async () => {
    const signup = await someone();
    expect(await confirmations().record(signup.id, 'filed', 'page')).toBe(true);
    expect(await confirmations().record(signup.id, 'pledged', 'text')).toBe(false);
  });

  it('is held by the table itself, until it is taken back', async () => {
    const signup = await someone();
    const insert = () =>
      world.db.query(
        `insert into confirmations (signup_id, outcome, source) values ($1, 'answered', 'api')`,
        [signup.id],
      );
    await insert();
    await expect(insert()).rejects.toThrow('one_confirmation');
    await world.db.query(`update confirmations set taken_back_at = now() where signup_id = $1`, [signup.id]);
    await insert();
  });
});

describe('evidence never goes down', () => {
  it('goes up with a tracking number and refuses to fall back', async () => {
    const signup = await someone();
    await confirmations().record(signup.id, 'filed', 'page');
    await confirmations().addTrackingNumber(signup.id, 'abc-defg-hijk');
    await expect(
      world.db.query(
        `update confirmations set evidence = 'said', tracking_number = null where signup_id = $1`,
        [signup.id],
      ),
    ).rejects.toThrow('evidence only goes up');
    await world.db.query(`update confirmations set evidence = 'seen_on_docket' where signup_id = $1`, [
      signup.id,
    ]);
    await confirmations().addTrackingNumber(signup.id, 'abc-defg-hijk');
    const [row] = await world.db.query<unknown[]>(`select evidence from confirmations where signup_id = $1`, [
      signup.id,
    ]);
    expect(row).toEqual({ evidence: 'seen_on_docket' });
  });
});

describe('the tree of coalitions', () => {
  it('refuses a loop, near or far', async () => {
    const coalitions = new Coalitions(world.db.manager);
    const national = await aCoalition();
    const state = await aCoalition(national);
    const local = await aCoalition(state);
    await expect(coalitions.save({ id: national.id, parentId: local.id })).rejects.toThrow('above itself');
    await expect(coalitions.save({ id: local.id, parentId: local.id })).rejects.toThrow();
  });
});

describe('what is append-only', () => {
  it('keeps a consent as it was given; only what names a person can be emptied', async () => {
    const signup = await someone();
    const proof = { wording: 'email-optin@1', source: 'page', ip: '192.0.2.1', agent: 'a browser' } as const;
    await new Consents(world.db.manager, world.keys).grant(signup, 'email', proof);
    const change = (what: string) => world.db.query(`${what} where supporter_id = $1`, [signup.supporterId]);
    await expect(change(`update consents set action = 'withdrawn'`)).rejects.toThrow('append-only');
    await expect(change(`update consents set wording = 'another@2', ip = null`)).rejects.toThrow(
      'append-only',
    );
    await expect(change(`delete from consents`)).rejects.toThrow('append-only');
    await change(`update consents set said = null, ip = null, agent = null, means = '{}'`);
  });

  it('keeps a line of the audit log as it was written', async () => {
    const campaign = await aCampaign([]);
    await new Audit(world.db.manager).write('key:Ana', 'launch', campaign.id);
    const change = (what: string) => world.db.query(`${what} where campaign_id = $1`, [campaign.id]);
    await expect(change(`update audit set actor = 'nobody'`)).rejects.toThrow('append-only');
    await expect(change(`delete from audit`)).rejects.toThrow('append-only');
  });
});

describe('a tally', () => {
  it('counts a person of two coalitions once in the total and once in each', async () => {
    const national = await aCoalition();
    const [ohio, texas] = [await aCoalition(national), await aCoalition(national)];
    const campaign = await aCampaign([ohio, texas]);
    await aSignup(campaign, ohio, { email: 'both@x.example' });
    const both = await aSignup(campaign, texas, { email: 'both@x.example' });
    await aSignup(campaign, texas, { email: 'one@x.example' });
    await confirmations().record(both.id, 'filed', 'page');

    const { total, coalitions } = await new Tallies(world.db.manager).of(campaign.id);
    expect(total).toMatchObject({ signups: 2, confirmed: 1 });
    expect(Object.fromEntries(coalitions.map((it) => [it.coalitionId, [it.signups, it.confirmed]]))).toEqual({
      [ohio.id]: [1, 1],
      [texas.id]: [2, 1],
      [national.id]: [2, 1],
    });
  });
});

describe('two clocks', () => {
  afterEach(() => setAhead(world.db, '0'));

  it("moves the campaign's clock apart from the real one", async () => {
    await setAhead(world.db, '3 days');
    const [row] = await world.db.query<{ real: Date; campaign: Date }[]>(
      `select now() as real, campaign_now() as campaign`,
    );
    expect(row!.campaign.getTime() - row!.real.getTime()).toBe(3 * 24 * 3_600_000);
  });

  it('never goes back', async () => {
    const clock = new CampaignClock(world.db.manager);
    await clock.moveTo(hours(48));
    await clock.moveTo(hours(1));
    expect((await clock.now()).getTime()).toBeGreaterThan(hours(47).getTime());
  });
});

describe('migrations', () => {
  const empty = useDatabase({ connections: 2 });

  /** Every column, constraint, index and trigger of ours, as Postgres says it. */
  const schema = () =>
    empty.db.query<{ line: string }[]>(`
      select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' ||
        coalesce(pg_get_expr(d.adbin, d.adrelid), '') || a.attnotnull as line
      from pg_attribute a join pg_class c on c.oid = a.attrelid
        left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
      union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
      where connamespace = 'public'::regnamespace
      union all select indexdef from pg_indexes where schemaname = 'public'
      union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
      union all select pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace
      order by 1`);

  it('go down and up again, and end at the same schema', async () => {
    const before = await schema();
    for (let undone = 0; undone < migrations.length; undone++) await empty.db.undoLastMigration();
    expect(
      await empty.db.query(
        `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')`,
      ),
    ).toEqual([{ relname: 'migrations' }]);
    expect(await empty.db.runMigrations()).toHaveLength(migrations.length);
    expect(await schema()).toEqual(before);
  });

  it('take out words that their campaign has no page for, and no others', async () => {
    const { id, texts } = await aCampaign([await aCoalition()]);
    const need = ['A pen'];
    await world.db.query(`update campaigns set texts = $2 where id = $1`, [
      id,
      { en: { ...texts['en'], need, prompts: [], entry: {} }, es: { ...texts['en'], sample: 'Yo' } },
    ]);
    const runner = world.db.createQueryRunner();
    await new WordsOfTheirKind1764000000031().up(runner);
    await runner.release();
    expect(await world.db.query(`select texts from campaigns where id = $1`, [id])).toEqual([
      { texts: { en: { ...texts['en'], need }, es: texts['en'] } },
    ]);
  });
});
