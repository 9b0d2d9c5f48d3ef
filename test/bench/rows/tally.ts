import { Tallies } from '#postgres';
import { crowd } from '../../support/crowd.js';
import { median, type Row, rounded, rounds, scaled } from '../row.js';
import { type Database, keys } from '../stage.js';

export const tally: Row = {
  name: 'tally',
  what: 'dashboard tally at 1 million signups ÷ at 10 thousand',
  goal: 2,
  better: 'less',
  async measure(stage) {
    const small = await stage.database();
    const few = await crowd({ db: small.db, keys, people: scaled(10_000), coalitions: 2_000 });
    await small.db.query(`vacuum analyze`);
    const { template, crowd: many } = await stage.million();
    const large = await stage.database(template);
    const samples: { ours: number; control: number }[] = [];
    for (let round = 1; round <= rounds; round++) {
      const control = await time(small, few.campaignId, few.people);
      const ours = await time(large, many.campaignId, many.people);
      samples.push({ ours, control });
      stage.say(`round ${round}: ${ours} ms against ${control} ms`);
    }
    await stage.drop(small);
    await stage.drop(large);
    return {
      value: rounded(median(samples.map(({ ours, control }) => ours / control))),
      samples,
      coalitions: 2_000,
    };
  },
};

/** The median of three looks, in milliseconds. */
async function time({ db }: Database, campaignId: string, people: number): Promise<number> {
  const took: number[] = [];
  for (let n = 0; n < 3; n++) {
    const started = performance.now();
    const { total } = await new Tallies(db.manager).of(campaignId);
    took.push(performance.now() - started);
    if (total.signups !== people) throw new Error(`The tally counts ${total.signups} people, not ${people}.`);
  }
  return rounded(median(took));
}
