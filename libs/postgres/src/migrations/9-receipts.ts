import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What providers say later: each webhook is taken once, and what counts towards a limit or a spike is found again. */
export class Receipts1764000000009 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table webhooks
        add event text,
        add digest bytea,
        alter column received_at set default campaign_now();
      create unique index one_webhook on webhooks (provider, event);
      create index on webhooks (received_at);
      comment on column webhooks.event is 'The provider''s id or token of the call; the same call again changes nothing';
      comment on column webhooks.digest is 'Keyed hash of the body: a token that comes again with other words is refused';

      alter table receipts
        add contact_key contact_key,
        alter column received_at set default campaign_now();
      create index receipts_of_soft_bounces on receipts (contact_key, received_at) where contact_key is not null;
      create index receipts_of_spikes on receipts (campaign_id, received_at) where status = 'complained' or code = '30007';
      comment on column receipts.contact_key is 'Of a bounce that may pass, since five in 14 days suppress the address; gone after 30 days';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop index receipts_of_spikes, receipts_of_soft_bounces, one_webhook;
      alter table receipts drop column contact_key, alter column received_at set default now();
      alter table webhooks drop column digest, drop column event, alter column received_at set default now();
      drop index if exists webhooks_received_at_idx;
    `);
  }
}
