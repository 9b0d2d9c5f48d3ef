import type { Row } from '../trial.js';
import { aKey } from '../world.js';
import { freePort } from '../../support/free-port.js';

export const doubleLaunch: Row = {
  name: 'double_launch',
  fault: 'launch pressed 50 times in parallel',
  run: async (trial) => {
    const world = await trial.world();
    const crowd = await world.crowd({ people: 200, status: 'draft' });
    await world.clock('07:00');
    const key = await aKey(world);
    const urls = [world.api().url, world.api(await freePort()).url];
    for (const url of urls) await world.ready(url);
    world.worker();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        fetch(`${urls[n % 2]}/api/v1/campaigns/${crowd.campaignId}/launch`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}` },
        }).then(({ status }) => status),
      ),
    );
    const count: Record<number, number> = {};
    for (const status of answers) count[status] = (count[status] ?? 0) + 1;
    trial.check(
      'answers',
      count,
      '200, or 409',
      answers.every((status) => status === 200 || status === 409),
    );
    const { rows: lines } = await world.db.query(
      `select from audit where campaign_id = $1 and action = 'campaign.launched'`,
      [crowd.campaignId],
    );
    trial.is('launches in the audit log', lines.length, 1);
    const { rows: rounds } = await world.db.query(`select from rounds where campaign_id = $1`, [
      crowd.campaignId,
    ]);
    trial.is('rounds', rounds.length, 1);
    await world.clock('10:00:30');
    await world.settled(60);
    await world.clock('12:30');
    const settled = await world.settled(60);
    trial.check('everything settled', settled, 'true', settled);
    const judged = await world.judge();
    trial.promises(judged, 0);
    trial.is('reminders', judged.ledger.length, crowd.people.length);
  },
};
