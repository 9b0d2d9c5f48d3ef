import type { EntityManager } from 'typeorm';
import type { Key } from '#boot';
import { keyNumber } from './keyring.js';

/**
 * Which keys the rows still need and the environment no longer gives, a sentence for each variable; empty when all
 * are there. Without an old look-up key a suppressed person would be taken for a new one and written to again (RULES §9).
 */
export async function missingKeys(
  db: EntityManager,
  given: { ENCRYPTION_KEYS: Key[]; LOOKUP_KEYS: Key[] },
): Promise<string[]> {
  const [schema] = await db.query<{ made: boolean }[]>(`select to_regclass('signups') is not null as made`);
  if (!schema!.made) return [];
  const rows = await db.query<{ variable: keyof typeof given; ids: string[] }[]>(
    `with used as (
       select 'LOOKUP_KEYS' as variable, split_part(contact_key, ':', 1) as id from suppressions
       union select 'LOOKUP_KEYS', split_part(k, ':', 1) from supporters, lateral (values (email_key), (phone_key)) as x(k)
       union select 'LOOKUP_KEYS', token_key from signups
       union select 'LOOKUP_KEYS', token_key from campaign_coalitions
       union select 'LOOKUP_KEYS', split_part(tracking_key, ':', 1) from confirmations
       union select 'LOOKUP_KEYS', split_part(email_key, ':', 1) from accounts
       union select 'LOOKUP_KEYS', split_part(email_key, ':', 1) from invitations
       union select 'LOOKUP_KEYS', coalesce($3::jsonb ->> v, 'of number ' || v)
         from auth."twoFactor", lateral (values (split_part(secret, '$', 3))) as x(v)
       union select 'ENCRYPTION_KEYS', split_part(name, ':', 1) from auth."passkey"
       union select 'ENCRYPTION_KEYS', split_part(s, ':', 1) from accounts, lateral (values (email), (name)) as x(s)
       union select 'ENCRYPTION_KEYS', split_part(email, ':', 1) from invitations
       union select 'ENCRYPTION_KEYS', split_part(s, ':', 1) from supporters, lateral (values (email), (phone), (name)) as x(s)
       union select 'ENCRYPTION_KEYS', split_part(typed, ':', 1) from signup_coalitions
       union select 'ENCRYPTION_KEYS', split_part(typed, ':', 1) from tokens
       union select 'ENCRYPTION_KEYS', split_part(s, ':', 1) from texts, lateral (values (phone), (body)) as x(s)
       union select 'ENCRYPTION_KEYS', split_part(s, ':', 1) from consents, lateral (values (said), (ip), (agent)) as x(s)
       union select 'ENCRYPTION_KEYS', split_part(tracking_number, ':', 1) from confirmations
       union select 'ENCRYPTION_KEYS', split_part(body, ':', 1) from webhooks
       union select 'ENCRYPTION_KEYS', split_part(s, ':', 1) from notices, lateral (values (contact), (body)) as x(s)
       union select 'ENCRYPTION_KEYS', split_part(address, ':', 1) from campaigns, unnest(notify) as address
       union select 'ENCRYPTION_KEYS', split_part(words, ':', 1) from proof_words
     )
     select variable, array_agg(id order by id) as ids from used
     where id is not null and id <> all(case variable when 'LOOKUP_KEYS' then $1::text[] else $2::text[] end)
     group by variable order by variable`,
    [
      given.LOOKUP_KEYS.map(({ id }) => id),
      given.ENCRYPTION_KEYS.map(({ id }) => id),
      Object.fromEntries(given.LOOKUP_KEYS.map(({ id }) => [keyNumber(id), id])),
    ],
  );
  return rows.map(({ variable, ids }) => {
    const keys =
      ids.length === 1 ? `the key ${ids[0]}, which rows` : `the keys ${ids.join(', ')}, which rows`;
    return `${variable} lacks ${keys} in the database were made with. Put it back after the first.`;
  });
}
