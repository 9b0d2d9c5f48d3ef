import type { DataSource, EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { type Channel, planWaves, windowsFor } from '#domain';
import { readKit } from '#messages';
import { Campaigns, type Keyring, Tallies, Waves } from '#postgres';
import { setNow } from './clock.js';

/** A Tuesday noon where the crowd lives: decent on both channels for hours. Every crowd's wave is due at this moment. */
export const noon = new Date('2027-03-02T17:00:00Z');
const zone = 'America/New_York';
const longAgo = new Date('2027-02-16T17:00:00Z');
const deadline = new Date('2027-03-04T17:00:00Z');
const rung = { id: 'today', hoursBefore: 48 };
const batch = 10_000;
const names = ['Ana', 'Ben', 'Carmen', 'Dee', 'Eli', 'Fatima', 'Grace', 'Hector', 'Ines', 'Jo', 'Kim', 'Luz'];

export type Crowd = {
  campaignId: string;
  slug: string;
  coalitionIds: string[];
  waveId: string;
  channel: Channel;
  /** The number of its first person, see `emailOf`. */
  first: number;
  people: number;
};

let made = 0;

/** The sample campaign that a crowd's mail is about; its first rung's words go out. */
export const sampleKit = () => readKit('soc-docket');

/** Contacts are made of a person's number: everybody has an address, and a phone whoever is texted. */
export const emailOf = (number: number) => `person-${number}@crowd.example`;
export const phoneOf = (number: number) => `+1${2_012_000_000 + number}`;

/**
 * A campaign with people who agreed to one channel, in an evenly divided handful of coalitions, all in one zone. Its wave is due at
 * noon, the clock is set to a minute after it, and nothing happens before `release`: the campaign is paused.
 * @param db holds the schema; other crowds may be there
 */
export async function crowd({
  db,
  keys,
  people,
  coalitions = 1,
  channel = 'email',
}: {
  db: DataSource;
  keys: Keyring;
  people: number;
  coalitions?: number;
  channel?: Channel;
}): Promise<Crowd> {
  await setNow(db, new Date(noon.getTime() + 60_000));
  const first = made;
  made += people;
  const coalitionIds = await recruiters(db, coalitions, first);
  const { id: campaignId, slug } = await pausedCampaign(db.manager, keys, coalitionIds, channel, first);
  const starts = Array.from({ length: Math.ceil(people / batch) }, (_, at) => at * batch).values();
  const signUpBatches = async () => {
    for (const from of starts) {
      const numbers = Array.from({ length: Math.min(batch, people - from) }, (_, at) => first + from + at);
      await db.transaction(async (tx) => {
        await tx.query(uncounted);
        await signUp(tx, keys, { campaignId, coalitionIds, channel, numbers });
      });
    }
  };
  await Promise.all([signUpBatches(), signUpBatches()]);
  await count(db);
  const [wave] = await db.query<{ id: string }[]>(`select id from waves where campaign_id = $1`, [
    campaignId,
  ]);
  return { campaignId, slug, coalitionIds, waveId: wave!.id, channel, first, people };
}

/** For a transaction that brings so many rows that they are counted when all are there. */
export const uncounted = `set local session_replication_role = replica`;

export async function count(db: DataSource): Promise<void> {
  const tallies = new Tallies(db.manager);
  await tallies.rebuild();
  await tallies.fold();
}

/** Resumes the campaign, whose wave is due. @returns when, by the database's real clock, in milliseconds */
export async function release(db: DataSource, { campaignId }: Crowd): Promise<number> {
  const [[row]] = await db.query<[[{ at: number }]]>(
    `update campaigns set status = 'running' where id = $1 returning extract(epoch from clock_timestamp())::float8 * 1000 as at`,
    [campaignId],
  );
  return row.at;
}

/** Its wave comes due in so many seconds, in a running campaign. @returns when, by the real clock, in milliseconds since 1970 */
export async function dueIn(db: DataSource, { campaignId, waveId }: Crowd, seconds: number): Promise<number> {
  const [[row]] = await db.query<[[{ at: number }]]>(
    `update waves set at = campaign_now() + make_interval(secs => $2) where id = $1
     returning extract(epoch from at - (select ahead from campaign_clock))::float8 * 1000 as at`,
    [waveId, seconds],
  );
  await resume(db, campaignId);
  return row.at;
}

export const pause = (db: DataSource, campaignId: string) => turn(db, campaignId, 'paused');
export const resume = (db: DataSource, campaignId: string) => turn(db, campaignId, 'running');

async function turn(db: DataSource, campaignId: string, status: string): Promise<void> {
  await db.query(`update campaigns set status = $2 where id = $1`, [campaignId, status]);
}

/** One more person, in its first coalition, counted at once. */
export async function joinCrowd(
  db: DataSource,
  keys: Keyring,
  { campaignId, coalitionIds, channel }: Crowd,
): Promise<void> {
  const numbers = [made++];
  await db.transaction((tx) =>
    signUp(tx, keys, { campaignId, coalitionIds: coalitionIds.slice(0, 1), channel, numbers }),
  );
}

/** Makes all its reminders as the worker would, in one go. */
export async function expandCrowd(db: DataSource, { waveId }: Crowd): Promise<void> {
  await new Waves(db.manager).expand(waveId, 50_000);
}

async function recruiters(db: DataSource, count: number, first: number): Promise<string[]> {
  const [parent] = await db.query<{ id: string }[]>(
    `insert into coalitions (slug, name, short_name, zone, reply_to, postal_address, colour)
     values ('crowd-' || $1, 'Many Hands', 'Many Hands', '${zone}', 'hello@manyhands.example', '1 Main St, Columbus, OH 43004', '#225588') returning id`,
    [first],
  );
  if (count === 1) return [parent!.id];
  const rows = await db.query<{ id: string }[]>(
    `insert into coalitions (parent_id, slug, name, short_name, zone, reply_to, postal_address, colour)
     select $1, 'crowd-' || $2 || '-' || n, 'Many Hands ' || n, 'Many Hands', '${zone}', 'hello@manyhands.example', '1 Main St, Columbus, OH 43004', '#225588'
     from generate_series(2, $3::int) as n returning id`,
    [parent!.id, first, count],
  );
  return [parent!.id, ...rows.map(({ id }) => id)];
}

async function pausedCampaign(
  db: EntityManager,
  keys: Keyring,
  coalitionIds: string[],
  channel: Channel,
  first: number,
) {
  const { languages, ladder } = sampleKit();
  const campaigns = new Campaigns(db);
  const campaign = await campaigns.save({
    slug: `crowd-${first}`,
    kind: 'regulatory_comment',
    status: 'paused',
    texts: languages,
    launchedAt: longAgo,
    deadlineAt: deadline,
    deadlineZone: zone,
  });
  await campaigns.addCoalitions(campaign.id, coalitionIds, keys.tokenKey);
  await campaigns.startRound(campaign.id, 1, deadline);
  const words = ladder.find(({ channels }) => channels.includes(channel))!;
  await campaigns.setLadder(campaign.id, [
    { ...rung, name: 'Today', channels: [channel], messages: words.messages ?? {} },
  ]);
  await db.query(`insert into campaign_zones values ($1, '${zone}', '*')`, [campaign.id]);
  const windows = windowsFor({ zone, smsWindow: '*', smsHours: null });
  const rungs = await campaigns.ladderOf(campaign.id);
  await new Waves(db).plan(
    { campaignId: campaign.id, round: 1, zone, smsWindow: '*' },
    planWaves({ deadline, zone, windows, rungs, channel }),
  );
  return campaign;
}

async function signUp(
  db: EntityManager,
  keys: Keyring,
  {
    campaignId,
    coalitionIds,
    channel,
    numbers,
  }: { campaignId: string; coalitionIds: string[]; channel: Channel; numbers: number[] },
): Promise<void> {
  const supporters = numbers.map(() => v7());
  const signups = numbers.map(() => v7());
  await db.query(
    `insert into supporters (id, email, email_key, phone, phone_key, name, language, zone, zone_source, sms_window)
     select *, 'en', '${zone}', 'zip', '*' from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])`,
    [
      supporters,
      numbers.map((number) => keys.seal('email', emailOf(number))),
      numbers.map((number) => keys.contactKey(emailOf(number))),
      numbers.map((number) => (channel === 'sms' ? keys.seal('phone', phoneOf(number)) : null)),
      numbers.map((number) => (channel === 'sms' ? keys.contactKey(phoneOf(number)) : null)),
      numbers.map((number) => keys.seal('name', names[number % names.length]!)),
    ],
  );
  const since = channel === 'email' ? 'email_since' : 'sms_since';
  await db.query(
    `insert into signups (id, campaign_id, supporter_id, coalition_id, counted_zone, counted_window, signed_up_at, ${since}, opted_in_at, token_key, changed_at)
     select x.id, $1, x.supporter, x.coalition, '${zone}', '*', $5, $5, $5, $6, now() - interval '1 day' from unnest($2::uuid[], $3::uuid[], $4::uuid[]) as x(id, supporter, coalition)`,
    [
      campaignId,
      signups,
      supporters,
      numbers.map((number) => coalitionIds[number % coalitionIds.length]),
      longAgo,
      keys.tokenKey,
    ],
  );
  await db.query(
    `insert into signup_coalitions (signup_id, campaign_id, coalition_id, joined_at)
     select id, campaign_id, coalition_id, signed_up_at from signups where id = any($1)`,
    [signups],
  );
  await db.query(
    `insert into consents (supporter_id, campaign_id, coalition_id, scope, action, wording, contact_key, source, at)
     select s.supporter_id, s.campaign_id, s.coalition_id, $2, 'granted', $3, case $2 when 'email' then p.email_key else p.phone_key end, $4, s.signed_up_at
     from signups s join supporters p on p.id = s.supporter_id where s.id = any($1)`,
    [signups, channel, ...(channel === 'email' ? ['email-optin@1', 'page'] : ['YES', 'text'])],
  );
}
