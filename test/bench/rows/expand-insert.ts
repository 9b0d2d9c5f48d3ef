import { Waves } from '#postgres';
import { resume } from '../../support/crowd.js';
import { type Row, rounded } from '../row.js';
import type { Database } from '../stage.js';

export const expandInsert: Row = {
  name: 'expand_insert',
  what: 'expanding 1 million reminders ÷ a bare INSERT … SELECT',
  goal: 0.5,
  better: 'more',
  async measure(stage) {
    const { seconds: bare } = await stage.backlog();
    const { template, crowd } = await stage.million();
    const database = await stage.database(template);
    await resume(database.db, crowd.campaignId);
    stage.say('expanding …');
    const started = performance.now();
    const answer = await new Waves(database.db.manager).expand(crowd.waveId);
    const ours = (performance.now() - started) / 1_000;
    await check(database, crowd.people, answer?.born);
    await stage.drop(database);
    return {
      value: rounded(bare / ours),
      samples: [{ ours: rounded(ours), control: rounded(bare), unit: 'seconds' }],
      reminders: crowd.people,
    };
  },
};

async function check({ db }: Database, people: number, born = 0): Promise<void> {
  const [row] = await db.query<{ n: number }[]>(`select count(*)::int as n from reminders`);
  if (row!.n !== people || born !== people)
    throw new Error(`${born} were born and ${row!.n} are there, not ${people}.`);
}
