import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type Keyring, tokenHash } from '#postgres';
import type { Addressee } from './check.js';

export type Crowd = { campaignId: string; slug: string; coalitionId: string; people: Person[] };
export type Person = Addressee & { supporterId: string; campaignId: string };

/** What a crowd is due: one rung, at a time of the wall in New York on the day three days before its deadline. */
export type CrowdOptions = {
  people: number;
  /** Whom by what: by turns email and text, all by one of them, or all by both. */
  by?: 'turns' | 'email' | 'sms' | 'both';
  /** `10:00` on Wednesday, 3 March 2027. */
  at?: string;
  /** Instead of `at`: so many hours before the deadline. */
  hoursBefore?: number;
  deadlineAt?: Date;
  status?: 'draft' | 'running';
};

let made = 0;

/** A campaign and people who agreed to be written to, days before its rung is due. */
export async function seedCrowd(
  db: pg.Pool,
  keys: Keyring,
  {
    people: many,
    by = 'turns',
    at = '10:00',
    hoursBefore,
    deadlineAt = new Date('2027-03-06T17:00-05:00'),
    status = 'running',
  }: CrowdOptions,
): Promise<Crowd> {
  const number = ++made;
  const slug = `campaign-${number}`;
  const coalitionId = await one(
    db,
    `insert into coalitions (slug, name, short_name, zone, reply_to, postal_address, colour)
     values ($1, 'Many Hands of Ohio', 'Many Hands', 'America/New_York', 'hello@manyhands.example',
       '1 Main St, Columbus, OH 43004', '#225588') returning id`,
    [`coalition-${number}`],
  );
  const words = {
    title: 'Comment on the docket',
    deed: 'file your comment',
    summary: 'The comment period is open.',
    why: '',
    steps: [],
    minutes: { from: 5, to: 10 },
    doneLabel: 'I filed my comment',
    officialLabel: 'Open the form',
    sources: [],
  };
  const campaignId = await one(
    db,
    `insert into campaigns (slug, kind, status, deadline_at, deadline_zone, texts, launched_at)
     values ($1, 'custom', $2::text, $3, 'America/New_York', $4, case $2::text when 'running' then timestamptz '2027-02-20' end) returning id`,
    [slug, status, deadlineAt, { en: words }],
  );
  await db.query(`insert into campaign_coalitions values ($1, $2, $3)`, [
    campaignId,
    coalitionId,
    keys.tokenKey,
  ]);
  await db.query(`insert into rounds (campaign_id, number, deadline_at) values ($1, 1, $2)`, [
    campaignId,
    deadlineAt,
  ]);
  const channels = { turns: ['email', 'sms'], both: ['email', 'sms'], email: ['email'], sms: ['sms'] }[by];
  await db.query(
    `insert into rungs (campaign_id, id, position, name, channels, days_before, at, hours_before)
     values ($1, 'the-rung', 0, 'The rung', $2, $3, $4, $5)`,
    hoursBefore === undefined
      ? [campaignId, `{${channels.join()}}`, 3, at, null]
      : [campaignId, `{${channels.join()}}`, null, null, hoursBefore],
  );
  await db.query(
    `insert into rung_texts values ($1, 'the-rung', 'en', 'Your comment is due by {{ deadlineShort }}',
       E'File your comment by {{ deadline }}.\n\nIt takes ten minutes.', 'File your comment by {{ deadlineShort }}.')`,
    [campaignId],
  );
  await db.query(`insert into campaign_zones values ($1, 'America/New_York', '*')`, [campaignId]);

  const people: Person[] = [];
  for (let from = 0; from < many; from += 5_000) {
    const some = Array.from({ length: Math.min(5_000, many - from) }, (_, n) =>
      aPerson(campaignId, from + n, number, by),
    );
    await seat(db, keys, coalitionId, some);
    people.push(...some);
  }
  return { campaignId, slug, coalitionId, people };
}

function aPerson(
  campaignId: string,
  place: number,
  crowd: number,
  by: 'turns' | 'email' | 'sms' | 'both',
): Person {
  const hasEmail = by === 'turns' ? place % 2 === 0 : by !== 'sms';
  const hasPhone = by === 'turns' ? place % 2 === 1 : by !== 'email';
  return {
    signupId: randomUUID(),
    supporterId: randomUUID(),
    campaignId,
    ...(hasEmail && { email: `p${place}.${crowd}@people.example` }),
    ...(hasPhone && { phone: `+1212${String(2_000_000 + crowd * 100_000 + place)}` }),
  };
}

async function seat(db: pg.Pool, keys: Keyring, coalitionId: string, people: Person[]): Promise<void> {
  const rows = people.map(({ supporterId, signupId, campaignId, email, phone }) => ({
    id: supporterId,
    signup_id: signupId,
    campaign_id: campaignId,
    email: email && keys.seal('email', email),
    email_key: email && keys.contactKey(email),
    phone: phone && keys.seal('phone', phone),
    phone_key: phone && keys.contactKey(phone),
    name: keys.seal('name', 'Ana'),
    email_since: email && '2027-02-20',
    sms_since: phone && '2027-02-20',
  }));
  const given = JSON.stringify(rows);
  await db.query(
    `insert into supporters (id, email, email_key, phone, phone_key, name, language, zone, zone_source, sms_window, created_at)
     select id, email, email_key, phone, phone_key, name, 'en', 'America/New_York', 'chosen', '*', '2027-02-20'
     from jsonb_to_recordset($1) as x(id uuid, email text, email_key text, phone text, phone_key text, name text)`,
    [given],
  );
  await db.query(
    `insert into signups (id, campaign_id, supporter_id, coalition_id, signed_up_at, email_since, sms_since, opted_in_at, token_key, changed_at)
     select signup_id, campaign_id, id, $2, '2027-02-20', email_since, sms_since, '2027-02-20', $3, '2027-02-20'
     from jsonb_to_recordset($1) as x(id uuid, signup_id uuid, campaign_id uuid, email_since timestamptz, sms_since timestamptz)`,
    [given, coalitionId, keys.tokenKey],
  );
  await db.query(
    `insert into signup_coalitions (signup_id, campaign_id, coalition_id)
     select signup_id, campaign_id, $2 from jsonb_to_recordset($1) as x(signup_id uuid, campaign_id uuid)`,
    [given, coalitionId],
  );
  await db.query(
    `insert into tokens (hash, purpose, signup_id)
     select decode(hash, 'hex'), purpose, signup_id from jsonb_to_recordset($1) as x(hash text, purpose text, signup_id uuid)`,
    [
      JSON.stringify(
        people.flatMap(({ signupId }) =>
          (['stop', 'done'] as const).map((purpose) => ({
            hash: tokenHash(keys.token(keys.tokenKey, signupId, purpose)).toString('hex'),
            purpose,
            signup_id: signupId,
          })),
        ),
      ),
    ],
  );
}

async function one(db: pg.Pool, statement: string, parameters: unknown[]): Promise<string> {
  const { rows } = await db.query<{ id: string }>(statement, parameters);
  return rows[0]!.id;
}
