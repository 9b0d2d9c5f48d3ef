import { DataSource, type DataSourceOptions } from 'typeorm';
import { Campaign } from './entities/campaign.js';
import { Coalition } from './entities/coalition.js';
import { Clock1764000000001 } from './migrations/1-clock.js';
import { Campaigns1764000000002 } from './migrations/2-campaigns.js';
import { People1764000000003 } from './migrations/3-people.js';
import { Ledger1764000000004 } from './migrations/4-ledger.js';
import { Confirmations1764000000005 } from './migrations/5-confirmations.js';
import { Staff1764000000006 } from './migrations/6-staff.js';
import { Moments1764000000007 } from './migrations/7-moments.js';
import { Notices1764000000008 } from './migrations/8-notices.js';
import { Receipts1764000000009 } from './migrations/9-receipts.js';
import { Limits1764000000010 } from './migrations/10-limits.js';
import { Owners1764000000011 } from './migrations/11-owners.js';
import { Imports1764000000012 } from './migrations/12-imports.js';
import { Claims1764000000013 } from './migrations/13-claims.js';
import { Tallies1764000000014 } from './migrations/14-tallies.js';
import { Ids1764000000015 } from './migrations/15-ids.js';
import { PastDeadlines1764000000016 } from './migrations/16-past-deadlines.js';
import { Accounts1764000000017 } from './migrations/17-accounts.js';
import { Coalitions1764000000018 } from './migrations/18-coalitions.js';
import { Steps1764000000019 } from './migrations/19-steps.js';
import { Drafts1764000000020 } from './migrations/20-drafts.js';
import { SecondFactors1764000000021 } from './migrations/21-second-factors.js';
import { Folding1764000000022 } from './migrations/22-folding.js';
import { Dockets1764000000024 } from './migrations/24-dockets.js';
import { GuideFiles1764000000025 } from './migrations/25-guide-files.js';
import { Referrals1764000000026 } from './migrations/26-referrals.js';
import { After1764000000027 } from './migrations/27-after.js';
import { Sweeps1764000000028 } from './migrations/28-sweeps.js';
import { ClaimsByNumber1764000000029 } from './migrations/29-claims-by-number.js';
import { Evidence1764000000030 } from './migrations/30-evidence.js';
import { WordsOfTheirKind1764000000031 } from './migrations/31-words-of-their-kind.js';
import { NumbersReadAlike1764000000032 } from './migrations/32-numbers-read-alike.js';
import { Counts1764000000033 } from './migrations/33-counts.js';

export const migrations = [
  Clock1764000000001,
  Campaigns1764000000002,
  People1764000000003,
  Ledger1764000000004,
  Confirmations1764000000005,
  Staff1764000000006,
  Moments1764000000007,
  Notices1764000000008,
  Receipts1764000000009,
  Limits1764000000010,
  Owners1764000000011,
  Imports1764000000012,
  Claims1764000000013,
  Tallies1764000000014,
  Ids1764000000015,
  PastDeadlines1764000000016,
  Accounts1764000000017,
  Coalitions1764000000018,
  Steps1764000000019,
  Drafts1764000000020,
  SecondFactors1764000000021,
  Folding1764000000022,
  Dockets1764000000024,
  GuideFiles1764000000025,
  Referrals1764000000026,
  After1764000000027,
  Sweeps1764000000028,
  ClaimsByNumber1764000000029,
  Evidence1764000000030,
  WordsOfTheirKind1764000000031,
  NumbersReadAlike1764000000032,
  Counts1764000000033,
];

/** How every process connects. @param connections the size of this process's pool */
export const dataSourceOptions = (url: string, connections: number): DataSourceOptions => ({
  type: 'postgres',
  url,
  entities: [Coalition, Campaign],
  migrations,
  migrationsTableName: 'migrations',
  migrationsTransactionMode: 'all',
  poolSize: connections,
  extra: { connectionTimeoutMillis: 10_000 },
  logging: false,
});

/**
 * How a worker connects for claims and results. They look at a few rows by index whatever is in a table, so their plans
 * are made once for all values, and must not depend on how full the table was just then.
 */
export const ledgerOptions = (url: string): DataSourceOptions => ({
  ...dataSourceOptions(url, 4),
  extra: { connectionTimeoutMillis: 10_000, options: planned.map((setting) => `-c ${setting}`).join(' ') },
});

const planned = [
  'plan_cache_mode=force_generic_plan',
  'enable_seqscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
  'jit=off',
];

/** Brings the schema up to this build; of many processes that start at once, one does it and the others wait. */
export async function migrate(url: string): Promise<void> {
  const db = await new DataSource(dataSourceOptions(url, 2)).initialize();
  const turn = db.createQueryRunner();
  try {
    await turn.query(`select pg_advisory_lock(hashtext('drumbeat.migrate'))`);
    await db.runMigrations();
  } finally {
    await turn.query(`select pg_advisory_unlock(hashtext('drumbeat.migrate'))`);
    await turn.release();
    await db.destroy();
  }
}
