import { Test } from '@nestjs/testing';
import { useDatabase } from '../../../test/support/use-database.js';
import { Campaigns } from './campaigns.js';
import { Coalitions } from './coalitions.js';
import { Consents } from './consents.js';
import { Keyring } from './keyring.js';
import { PostgresModule } from './postgres.module.js';
import { Reminders } from './reminders.js';
import { Signups, type Typed } from './signups.js';
import { Staff } from './staff.js';
import { Texts } from './texts.js';

const world = useDatabase();
const aKey = (id: string) => ({ id, key: Buffer.alloc(32, id) });
const before = new Keyring([aKey('k1')], [aKey('l1')]);
const after = new Keyring([aKey('k2'), aKey('k1')], [aKey('l2'), aKey('l1')]);

const typed = (more: Partial<Typed>): Typed => ({
  language: 'en',
  zone: 'America/New_York',
  zoneSource: 'coalition',
  state: null,
  smsWindow: '*',
  wantsTexts: true,
  nextStep: false,
  visible: false,
  ...more,
});
const anEmail = (address: string) => ({ address, lookup: address });
let made = 0;

async function aCampaign() {
  const coalition = await new Coalitions(world.db.manager).save({
    parentId: null,
    slug: `rotated-${++made}`,
    name: 'Many Hands',
    shortName: 'Many Hands',
    zone: 'America/New_York',
    replyTo: 'hello@manyhands.example',
    postalAddress: '1 Main St',
    colour: '#225588',
  });
  const campaigns = new Campaigns(world.db.manager);
  const campaign = await campaigns.save({
    slug: `rotated-${made}`,
    kind: 'custom',
    status: 'running',
    deadlineAt: new Date(Date.now() + 864_000_000),
    deadlineZone: 'America/New_York',
    launchedAt: new Date(),
  });
  await campaigns.addCoalitions(campaign.id, [coalition.id], before.tokenKey);
  const join = async (keys: Keyring, who: Partial<Typed>) => {
    const signups = new Signups(world.db.manager, keys);
    return (await signups.byId((await signups.accept(campaign.id, coalition.id, typed(who))).id))!;
  };
  return { id: campaign.id, coalitionId: coalition.id, join };
}

describe('after a rotation of both keys', () => {
  it('who signed up before is found, read and not made again', async () => {
    const { join } = await aCampaign();
    const first = await join(before, { email: anEmail('old@example.org'), name: 'Ana' });
    const again = await join(after, { email: anEmail('old@example.org') });
    expect(again.supporterId).toBe(first.supporterId);
    expect([again.email, again.name]).toEqual(['old@example.org', 'Ana']);
  });

  it('new rows are written with the new keys, and old links go on working', async () => {
    const { join } = await aCampaign();
    const old = await join(before, { email: anEmail('linked@example.org') });
    const fresh = await join(after, { email: anEmail('new@example.org') });
    const [row] = await world.db.query<{ email: string; email_key: string }[]>(
      `select email, email_key from supporters where id = $1`,
      [fresh.supporterId],
    );
    expect([row!.email.split(':')[0], row!.email_key.split(':')[0], fresh.tokenKey]).toEqual([
      'k2',
      'l2',
      'l2',
    ]);
    const link = after.token(old.tokenKey, old.id, 'done');
    expect((await new Signups(world.db.manager, after).byToken(link, 'done'))?.id).toBe(old.id);
  });

  it('a leader’s link is still derived as it was, though the coalition is added again', async () => {
    const { id, coalitionId } = await aCampaign();
    const campaigns = new Campaigns(world.db.manager);
    const link = (keys: Keyring, tokenKey: string) => keys.token(tokenKey, `${id}/${coalitionId}`, 'leader');
    await new Staff(world.db.manager).openLeaderLink(link(before, before.tokenKey), id, coalitionId);

    expect(await campaigns.addCoalitions(id, [coalitionId], after.tokenKey)).toEqual([]);
    const tokenKey = (await campaigns.leaderKeysOf(id)).get(coalitionId)!;
    expect(await new Staff(world.db.manager).leaderOf(link(after, tokenKey))).toEqual({
      campaignId: id,
      coalitionId,
    });
  });

  it('somebody who was suppressed and deleted is still not written to when the address comes back', async () => {
    const address = 'deleted@example.org';
    await new Consents(world.db.manager, before).suppress(
      before.contactKey(address),
      'email',
      'complaint',
      'provider',
    );
    const { id, join } = await aCampaign();
    const back = await join(after, { email: anEmail(address), wantsTexts: false });
    const expiresAt = new Date(Date.now() + 3_600_000);
    await new Reminders(world.db.manager).add(back, [
      { kind: 'welcome', key: '1', channel: 'email', dueAt: null, expiresAt },
    ]);
    expect((await new Reminders(world.db.manager).claim(id, 'email', 10, 60)).claimed).toEqual([]);
    expect(await world.db.query(`select reason from reminders where campaign_id = $1`, [id])).toEqual([
      { reason: 'suppressed' },
    ]);
  });

  it('two people who share a phone, one from before and one from after, share its STOP', async () => {
    const phone = '+12127365000';
    const { join } = await aCampaign();
    const old = await join(before, { email: anEmail('mother@example.org'), phone });
    const fresh = await join(after, { email: anEmail('daughter@example.org'), phone });
    expect(fresh.phoneKey).toBe(old.phoneKey);
    const theirs = await new Signups(world.db.manager, after).ofPhone(after.contactKeys(phone));
    expect(theirs.map(({ id }) => id).sort()).toEqual([old.id, fresh.id].sort());
    expect(await new Signups(world.db.manager, after).contactKeyOf(phone)).toBe(old.phoneKey);
  });
});

describe('a process that starts', () => {
  const start = async (encryption: string[], lookup: string[]) => {
    const module = await Test.createTestingModule({
      imports: [
        PostgresModule.with(
          { DATABASE_URL: world.url, ENCRYPTION_KEYS: encryption.map(aKey), LOOKUP_KEYS: lookup.map(aKey) },
          2,
        ),
      ],
    }).compile();
    try {
      await module.init();
    } finally {
      await module.close();
    }
  };
  beforeAll(async () => {
    const { join } = await aCampaign();
    await join(before, { email: anEmail('kept@example.org') });
    await join(after, { email: anEmail('kept2@example.org') });
  });

  it('does so with every key that its rows were made with, and with more', async () => {
    await start(['k2', 'k1'], ['l2', 'l1']);
    await start(['k3', 'k2', 'k1'], ['l3', 'l2', 'l1']);
  });

  it('refuses without a look-up key that a suppression still uses, though nobody else does', async () => {
    const alone = new Keyring([aKey('k1')], [aKey('l0')]);
    await new Consents(world.db.manager, alone).suppress(
      alone.contactKey('gone@example.org'),
      'email',
      'complaint',
      'provider',
    );
    await expect(start(['k2', 'k1'], ['l2', 'l1'])).rejects.toThrow(
      'LOOKUP_KEYS lacks the key l0, which rows in the database were made with. Put it back after the first.',
    );
    await world.db.query(`delete from suppressions where contact_key like 'l0:%'`);
  });

  it('refuses without an encryption key that only a text still uses', async () => {
    const alone = new Keyring([aKey('k0')], [aKey('l1')]);
    const phone = '+12127365001';
    await new Texts(world.db.manager, alone).take({
      messageSid: 'SM0',
      phone,
      phoneKey: alone.contactKey(phone),
      body: 'thank you',
      meaning: 'other',
      crisis: false,
    });
    await expect(start(['k2', 'k1'], ['l2', 'l1'])).rejects.toThrow('ENCRYPTION_KEYS lacks the key k0');
    await world.db.query(`delete from texts where message_sid = 'SM0'`);
  });

  it('refuses without an old key of either kind, names each, and prints no key', async () => {
    const refusal = await start(['k9'], ['l9']).then(
      () => 'started',
      (error: Error) => error.message,
    );
    expect(refusal).toContain('ENCRYPTION_KEYS lacks the keys k1, k2');
    expect(refusal).toContain('LOOKUP_KEYS lacks the keys l1, l2');
    expect(refusal).not.toContain(aKey('k9').key.toString('base64'));
  });

  it('starts on a database that has no schema yet', async () => {
    const { missingKeys } = await import('./missing-keys.js');
    await world.db.transaction(async (db) => {
      await db.query(`set local search_path to pg_temp`);
      expect(await missingKeys(db, { ENCRYPTION_KEYS: [], LOOKUP_KEYS: [] })).toEqual([]);
    });
  });
});
