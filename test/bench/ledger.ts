import { type Channel } from '#domain';
import { DataSource } from 'typeorm';
import { ledgerOptions, Reminders } from '#postgres';
import { count, type Crowd, uncounted } from '../support/crowd.js';
import type { Database } from './stage.js';

/** What an expansion makes, by one bare statement that checks nothing. @param most of so many people only */
export async function insertBare(
  { db }: Database,
  { campaignId, waveId }: Crowd,
  most = 2_147_483_647,
): Promise<void> {
  await db.query(
    `insert into reminders (campaign_id, supporter_id, signup_id, coalition_id, kind, key, channel, wave_id, due_at, expires_at, plan, zone)
     select s.campaign_id, s.supporter_id, s.id, s.coalition_id, w.kind, w.rung_id || '#' || w.round, w.channel, w.id, w.at, w.expires_at, c.plan, w.zone
     from (select * from signups where campaign_id = $1 order by id limit $3) as s join waves w on w.id = $2 join campaigns c on c.id = s.campaign_id`,
    [campaignId, waveId, most],
  );
}

/** Reminders of earlier rungs to everybody, sent and done with. */
export async function insertFinished(
  { db }: Database,
  { campaignId, waveId }: Crowd,
  rungs: string[],
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(uncounted);
    for (const rung of rungs)
      await tx.query(
        `insert into reminders (campaign_id, supporter_id, signup_id, coalition_id, kind, key, channel, wave_id, state, due_at, expires_at, plan, zone,
           tries, fence, handed_at, checked_at, settled_at, provider_id)
         select s.campaign_id, s.supporter_id, s.id, s.coalition_id, w.kind, $3 || '#1', w.channel, w.id, 'sent', w.at - interval '3 days',
           w.expires_at - interval '3 days', c.plan, w.zone, 1, 1, w.at, now(), now(), '<' || $3 || '.' || s.id || '@drumbeat.example>'
         from signups s join waves w on w.id = $2 join campaigns c on c.id = s.campaign_id where s.campaign_id = $1`,
        [campaignId, waveId, rung],
      );
  });
  await count(db);
}

const size = 50;
const warmUp = 10;

/** Over a worker's connections, claims 50 and settles them as sent, again and again. @returns how long each claim took, in milliseconds, after a few to warm up */
export async function timeClaims({ url }: Database, campaignId: string, claims: number): Promise<number[]> {
  const ledger = await new DataSource(ledgerOptions(url)).initialize();
  const times = await timed(new Reminders(ledger.manager), campaignId, claims);
  await ledger.destroy();
  return times;
}

async function timed(reminders: Reminders, campaignId: string, claims: number): Promise<number[]> {
  const channel: Channel = 'email';
  const times: number[] = [];
  for (let n = 0; n < claims + warmUp; n++) {
    const started = performance.now();
    const { claimed } = await reminders.claim(campaignId, channel, size, 120);
    const took = performance.now() - started;
    if (claimed.length !== size) throw new Error(`A claim took ${claimed.length} reminders, not ${size}.`);
    if (n >= warmUp) times.push(took);
    await reminders.settle(
      claimed.map(({ id, fence }) => ({
        campaignId,
        id,
        fence,
        outcome: 'sent',
        providerId: `<${id}@drumbeat.example>`,
      })),
    );
  }
  return times;
}
