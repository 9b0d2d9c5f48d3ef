import { OwnerData, Signups } from '#postgres';
import { buildersFor } from '../../../../test/support/builders.js';
import { setNow } from '../../../../test/support/clock.js';
import { useDatabase } from '../../../../test/support/use-database.js';
import { KeepService } from './keep.service.js';

const world = useDatabase();
const { somebodyAgreed } = buildersFor(world);
const keep = () => new KeepService(world.db, world.keys).run();
const person = async (id: string) => (await new Signups(world.db.manager, world.keys).byId(id))!;

async function closed(campaignId: string, daysAgo: number): Promise<void> {
  await world.db.query(
    `update campaigns set status = 'closed', closed_at = campaign_now() - make_interval(days => $2) where id = $1`,
    [campaignId, daysAgo],
  );
}

beforeAll(() => setNow(world.db, new Date('2027-03-01T12:00-05:00')));

describe('90 days after the close', () => {
  it('contacts are gone, and an unsubscribe is not forgotten', async () => {
    const ana = await somebodyAgreed({ phone: '+15035550601' });
    await world.db.query(
      `insert into suppressions (contact_key, channel, reason, source) values ($1, 'email', 'unsubscribed', 'page')`,
      [ana.emailKey],
    );
    await closed(ana.campaignId, 91);
    await keep();
    expect(await person(ana.id)).toMatchObject({ email: null, phone: null, name: null });
    expect(
      await world.db.query(`select reason from suppressions where contact_key = any($1)`, [
        [ana.emailKey, ana.phoneKey],
      ]),
    ).toEqual([{ reason: 'unsubscribed' }]);
  });

  it('they stay a day earlier, in another campaign that goes on, and with who asked for the next step', async () => {
    const [early, next] = [await somebodyAgreed(), await somebodyAgreed()];
    await closed(early.campaignId, 89);
    await closed(next.campaignId, 91);
    await world.db.query(`update signups set next_step = true where id = $1`, [next.id]);
    await keep();
    expect((await person(early.id)).email).not.toBeNull();
    expect((await person(next.id)).email).not.toBeNull();
  });
});

describe('what is old', () => {
  it('goes: webhooks after 30 days, the words of texts after 90, links of arrivals after a day', async () => {
    const seal = (text: string) => world.keys.seal('webhook', text);
    await world.db.query(
      `insert into webhooks (provider, body, received_at) values ('ses', $1, campaign_now() - interval '31 days'), ('ses', $2, campaign_now() - interval '29 days')`,
      [seal('old'), seal('new')],
    );
    await world.db.query(
      `insert into texts (message_sid, phone_key, phone, body, meaning, at)
       values ('SM1', $1, $2, $3, 'other', campaign_now() - interval '91 days'), ('SM2', $1, $2, $3, 'other', campaign_now() - interval '89 days')`,
      [
        world.keys.contactKey('+15035550602'),
        world.keys.seal('phone', '+15035550602'),
        world.keys.seal('text', 'hello'),
      ],
    );
    await keep();
    expect(await world.db.query(`select count(*)::int as n from webhooks`)).toEqual([{ n: 1 }]);
    expect(
      await world.db.query(`select message_sid as sid, body is null as emptied from texts order by id`),
    ).toEqual([
      { sid: 'SM1', emptied: true },
      { sid: 'SM2', emptied: false },
    ]);
  });

  it('doubled, changes nothing', async () => {
    await keep();
    expect(await new OwnerData(world.db.manager, world.keys).purge()).toBe(0);
  });
});
