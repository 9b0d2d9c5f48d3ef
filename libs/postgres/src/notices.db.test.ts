import { buildersFor } from '../../../test/support/builders.js';
import { useDatabase } from '../../../test/support/use-database.js';
import { type ClaimedNotice, type Notice, Notices, openNotify, sealNotify } from './notices.js';

const world = useDatabase();
const { aCampaign, aCoalition } = buildersFor(world);
const notices = () => new Notices(world.db.manager, world.keys);
const stateOf = async ({ id }: { id: string }) => {
  const [row] = await world.db.query<{ state: string; reason: string | null }[]>(
    `select state, reason from notices where id = $1`,
    [id],
  );
  return row;
};
afterEach(() => world.db.query(`delete from notices`));

async function aNotice(more: Partial<Notice> = {}): Promise<void> {
  await notices().add([
    { kind: 'rehearsal', campaignId: null, channel: 'email', to: 'ana@example.org', text: 'Look.', ...more },
  ]);
}
async function claimed(more: Partial<Notice> = {}): Promise<ClaimedNotice> {
  await aNotice(more);
  const [one] = await notices().claim(1, 60);
  return one!;
}

describe('a notice', () => {
  it('is kept sealed, and comes out as it went in', async () => {
    await aNotice({ subject: 'Tuesday', html: '<p>Look.</p>' });
    const [row] = await world.db.query<object[]>(`select * from notices`);
    expect(JSON.stringify(row)).not.toMatch(/ana@|Tuesday|Look\./);
    expect(await notices().claim(1, 60)).toMatchObject([
      { channel: 'email', to: 'ana@example.org', subject: 'Tuesday', text: 'Look.', html: '<p>Look.</p>' },
    ]);
  });

  it('is given to one worker, also while that one still claims', async () => {
    await aNotice();
    await world.db.transaction(async (open) => {
      expect(await new Notices(open, world.keys).claim(9, 60)).toHaveLength(1);
      expect(await notices().claim(9, 60)).toEqual([]);
    });
    expect(await notices().claim(9, 60)).toEqual([]);
  });

  it('by mail goes out again when its lease ran out, and the late result is refused', async () => {
    const first = await claimed();
    await world.db.query(`update notices set lease_until = now() - interval '1 second'`);
    const [again] = await notices().claim(9, 60);
    expect([again?.id, again?.fence]).toEqual([first.id, first.fence + 1]);
    await notices().settle([{ ...first, outcome: 'failed', reason: 'refused' }]);
    expect(await stateOf(first)).toEqual({ state: 'sending', reason: null });
    await notices().settle([{ ...again!, outcome: 'sent' }]);
    expect(await stateOf(first)).toEqual({ state: 'sent', reason: null });
  });

  it('by text is never sent again when its lease ran out', async () => {
    const text = await claimed({ channel: 'sms', to: '+15035550100' });
    await world.db.query(`update notices set lease_until = now() - interval '1 second'`);
    expect(await notices().claim(9, 60)).toEqual([]);
    expect(await stateOf(text)).toEqual({ state: 'failed', reason: 'unknown' });
  });

  it('that could not be sent waits, and is given up after an hour', async () => {
    const mail = await claimed();
    await notices().settle([{ ...mail, outcome: 'later', retrySeconds: 30 }]);
    expect(await notices().claim(9, 60)).toEqual([]);
    await world.db.query(`update notices set not_before = now()`);
    expect(await notices().claim(9, 60)).toMatchObject([{ id: mail.id, tries: 2 }]);
    await notices().settle([{ ...mail, fence: mail.fence + 1, outcome: 'later', retrySeconds: 0 }]);
    await world.db.query(`update notices set created_at = now() - interval '61 minutes'`);
    expect(await notices().claim(9, 60)).toEqual([]);
    expect(await stateOf(mail)).toEqual({ state: 'failed', reason: 'too_late' });
  });

  it('is gone seven days after it ended, however it ended; one that has not stays', async () => {
    await notices().settle([{ ...(await claimed()), outcome: 'sent' }]);
    await notices().settle([{ ...(await claimed()), outcome: 'failed' }]);
    await aNotice();
    await notices().purge();
    expect(await world.db.query(`select from notices`)).toHaveLength(3);
    await world.db.query(`update notices set ended_at = ended_at - interval '8 days', created_at = now()`);
    await notices().purge();
    expect(await world.db.query(`select state from notices`)).toEqual([{ state: 'due' }]);
  });
});

describe('organizers are told', () => {
  const told = async () => (await notices().claim(9, 60)).map(({ to }) => to).sort();
  const news = { kind: 'paused', subject: 'It paused', text: 'Look.' } as const;

  it('at the addresses that the campaign names, which are kept sealed', async () => {
    const campaign = await aCampaign([await aCoalition()]);
    const notify = sealNotify(world.keys, ['ana@example.org', 'ben@example.org']);
    expect(notify.join()).not.toContain('example');
    expect(openNotify(world.keys, notify)).toEqual(['ana@example.org', 'ben@example.org']);
    await notices().tell({ ...campaign, notify }, news);
    expect(await told()).toEqual(['ana@example.org', 'ben@example.org']);
  });

  it('or else where the coalitions are written to that have none of its others above them', async () => {
    const [root, other] = [await aCoalition(), await aCoalition()];
    const between = await aCoalition(root);
    const leaf = await aCoalition(between);
    for (const [name, { id }] of Object.entries({ root, other, between, leaf }))
      await world.db.query(`update coalitions set reply_to = $2 where id = $1`, [id, `${name}@example.org`]);
    await notices().tell(await aCampaign([root, other, leaf]), news);
    expect(await told()).toEqual(['other@example.org', 'root@example.org']);
  });
});
