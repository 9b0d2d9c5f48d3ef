import { randomBytes } from 'node:crypto';
import type { Row, Trial } from '../trial.js';
import type { World } from '../world.js';

/** One recipient in many is poison: that one fails with a reason, and alone. */
async function onePoison(
  trial: Trial,
  kind: string,
  people: number,
  poison: (world: World, supporterId: string, to: string) => Promise<void>,
): Promise<void> {
  const world = await trial.world({}, kind.replaceAll(' ', '-'));
  const crowd = await world.crowd({ people, by: 'email' });
  const victim = crowd.people[Math.floor(people / 2)]!;
  await poison(world, victim.supporterId, victim.email!);
  await world.clock('10:00:30');
  world.worker();
  world.worker();
  const settled = await world.settled(Math.max(120, people / 50));
  trial.check(`everything settled, ${kind}`, settled, 'true', settled);
  const judged = await world.judge();
  trial.promises(judged, 0);
  trial.is(`sent, ${kind}`, judged.ends['sent'] ?? 0, people - 1);
  const failed = judged.ledger.filter(({ state }) => state === 'failed');
  trial.check(
    `failed, ${kind}`,
    failed.map(({ reason }) => reason),
    'one, with a reason',
    failed.length === 1 && failed[0]!.signupId === victim.signupId && failed[0]!.reason !== null,
  );
}

const giveAddress = async (world: World, supporterId: string, sealed: string) => {
  await world.db.query(`update supporters set email = $2 where id = $1`, [supporterId, sealed]);
};

export const poison: Row = {
  name: 'poison',
  fault: 'one poison recipient in 10,000',
  run: async (trial) => {
    await onePoison(trial, 'an address with a line break', 10_000, (world, id) =>
      giveAddress(world, id, world.keys.seal('email', 'nobody\r\nBcc: all@people.example')),
    );
    await onePoison(trial, 'a sealed value that does not open', 200, (world, id) =>
      giveAddress(world, id, `k1:${randomBytes(60).toString('base64url')}`),
    );
    await onePoison(trial, 'an address that the provider refuses', 200, async (world, _, to) => {
      await world.sink.rules({ refuse: [to] });
    });
  },
};
