import { crowd, expandCrowd, resume } from '../../support/crowd.js';
import { insertBare, insertFinished, timeClaims } from '../ledger.js';
import { type Measured, quantile, type Row, rounded, rounds, scaled } from '../row.js';
import { type Database, keys } from '../stage.js';

const claimsARound = 60;
/** A ledger that somebody claims from: the few due, of a campaign in a database. */
type Ledger = { database: Database; campaignId: string };

export const claimBacklog: Row = {
  name: 'claim_backlog',
  what: 'claim p95 behind 1 million due ÷ behind 10 thousand',
  goal: 1.2,
  better: 'less',
  async measure(stage) {
    const { database, crowd: million } = await stage.backlog();
    await resume(database.db, million.campaignId);
    await database.db.query(`analyze`);
    const measured = await inTurn(
      stage.say,
      async () => ({ database, campaignId: million.campaignId }),
      async () => {
        const small = await stage.database();
        const { campaignId, ...rest } = await crowd({ db: small.db, keys, people: 10_000 });
        await resume(small.db, campaignId);
        await expandCrowd(small.db, { campaignId, ...rest });
        await small.db.query(`vacuum analyze`);
        return { database: small, campaignId };
      },
      (ledger) => stage.drop(ledger.database),
    );
    return measured;
  },
};

/**
 * Both databases have the same million people and as many due; in one of them two earlier rungs are finished, the last hundred
 * thousand of which went through every state on the spot, so that their dead rows are there too.
 */
export const claimAfter2m: Row = {
  name: 'claim_after_2m',
  what: 'claim p95 after 2 million finished rows ÷ on a fresh table',
  goal: 1.3,
  better: 'less',
  async measure(stage) {
    const { template, crowd: million } = await stage.million();
    const { campaignId } = million;
    const due = 50 * (claimsARound + 10) * rounds + 5_000;
    const fresh = await stage.database(template);
    const full = await stage.database(template);
    stage.say('finishing 2 million reminders …');
    await insertFinished(full, million, ['month', 'week']);
    await goThrough(full, campaignId, scaled(100_000));
    for (const database of [fresh, full]) {
      await resume(database.db, campaignId);
      await insertBare(database, million, due);
      await database.db.query(`analyze`);
    }
    const measured = await inTurn(
      stage.say,
      async () => ({ database: full, campaignId }),
      async () => ({ database: fresh, campaignId }),
    );
    await stage.drop(fresh);
    await stage.drop(full);
    return { ...measured, due };
  },
};

/** Rounds of claims in turn. The value is taken of all claims of a side together: a p95 of one round would be three claims. */
async function inTurn(
  say: (line: string) => void,
  ours: () => Promise<Ledger>,
  control: () => Promise<Ledger>,
  after: (ledger: Ledger) => Promise<void> = async () => {},
): Promise<Measured> {
  const all: { ours: number[]; control: number[] } = { ours: [], control: [] };
  for (let round = 1; round <= rounds; round++) {
    const first = await ours();
    all.ours.push(...(await timeClaims(first.database, first.campaignId, claimsARound)));
    const second = await control();
    all.control.push(...(await timeClaims(second.database, second.campaignId, claimsARound)));
    await after(second);
    say(
      `round ${round}: p95 so far ${rounded(quantile(all.ours, 0.95))} ms against ${rounded(quantile(all.control, 0.95))} ms`,
    );
  }
  return {
    value: rounded(quantile(all.ours, 0.95) / quantile(all.control, 0.95)),
    p50: rounded(quantile(all.ours, 0.5) / quantile(all.control, 0.5)),
    samples: [{ unit: 'ms', ours: all.ours.map(rounded), control: all.control.map(rounded) }],
  };
}

async function goThrough({ db }: Database, campaignId: string, count: number): Promise<void> {
  const some = `id in (select id from reminders where campaign_id = $1 order by id desc limit ${count})`;
  await db.query(`update reminders set state = 'due', settled_at = null where campaign_id = $1 and ${some}`, [
    campaignId,
  ]);
  await db.query(
    `update reminders set state = 'sending', lease_until = now(), fence = fence + 1 where campaign_id = $1 and state = 'due'`,
    [campaignId],
  );
  await db.query(
    `update reminders set state = 'sent', lease_until = null, settled_at = now() where campaign_id = $1 and state = 'sending'`,
    [campaignId],
  );
}
