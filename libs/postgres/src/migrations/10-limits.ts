import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often a thing was done in a while, and which addresses got opt-in mail: neither says whose it is. */
export class Limits1764000000010 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create unlogged table limits (
        key bytea primary key check (length(key) = 32),
        taken integer not null,
        ends_at timestamptz not null
      );
      create index on limits (ends_at);
      comment on table limits is 'Counts by the real clock; key is a keyed hash. Lost in a crash, which harms nobody';

      create function take_limits(keys bytea[], most integer[], seconds integer[])
        returns table (place integer, retry_seconds integer) language plpgsql as $$
      begin
        insert into limits as l (key, taken, ends_at)
        select k, 0, clock_timestamp() + make_interval(secs => s) from unnest(keys, seconds) as x(k, s) order by k
        on conflict (key) do update set
          taken = case when l.ends_at > clock_timestamp() then l.taken else 0 end,
          ends_at = case when l.ends_at > clock_timestamp() then l.ends_at else excluded.ends_at end;
        return query
          select x.n::integer, greatest(1, ceil(extract(epoch from l.ends_at - clock_timestamp())))::integer
          from unnest(keys, most) with ordinality as x(k, m, n) join limits l on l.key = x.k
          where l.taken >= x.m order by l.ends_at desc limit 1;
        if not found then
          update limits set taken = taken + 1 where key = any(keys);
        end if;
      end $$;
      comment on function take_limits is
        'Takes one of each or of none, and then answers which is full. Rows are held in one order, so nobody deadlocks';

      create table opt_in_mails (
        campaign_id uuid not null,
        supporter_id uuid not null,
        kind text not null check (kind in ('welcome', 'nudge')),
        key text not null,
        email_key contact_key not null,
        due_at timestamptz not null,
        primary key (campaign_id, supporter_id, kind, key)
      );
      create index on opt_in_mails (email_key);
      comment on table opt_in_mails is
        'One a day, three a campaign, six a year to an address (RULES §6), also when its person was deleted and came again';
      insert into opt_in_mails (campaign_id, supporter_id, kind, key, email_key, due_at)
      select r.campaign_id, r.supporter_id, r.kind, r.key, p.email_key, r.due_at
      from reminders r join supporters p on p.id = r.supporter_id
      where r.channel = 'email' and r.kind in ('welcome', 'nudge') and p.email_key is not null;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table opt_in_mails;
      drop function take_limits;
      drop table limits;
    `);
  }
}
