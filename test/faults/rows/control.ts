import { seeded } from '../../support/outside/seeded.js';
import { killPoints } from '../kill-points.js';
import type { Row } from '../trial.js';

/** What everybody writes first: fetch some, move the cursor, send them. It must lose, or the other rows prove nothing. */
export const control: Row = {
  name: 'control',
  fault: 'a naive send loop with a fetch-time cursor under sigkill20',
  mustLose: true,
  run: async (trial) => {
    const [people, kills, senders] = [20_000, 20, 3];
    const random = seeded(20);
    const world = await trial.world();
    const crowd = await world.crowd({ people, by: 'email' });
    await world.db.query(
      `create table naive_cursor (at integer not null); insert into naive_cursor values (0);
       create table naive_list (place integer primary key, email text not null)`,
    );
    await world.db.query(
      `insert into naive_list select n, e from unnest($1::text[]) with ordinality as x(e, n)`,
      [crowd.people.map(({ email }) => email)],
    );
    const sender = () => world.program('test/faults/naive.js');
    const running = Array.from({ length: senders }, sender);
    for (const [n, point] of killPoints(random, kills, people).entries()) {
      await world.takenAtLeast(point);
      const victim = Math.floor(random() * running.length);
      running[victim]!.kill('SIGKILL');
      await running[victim]!.ended;
      running[victim] = sender();
      trial.say(`kill ${n + 1} of ${kills} at ${await world.taken()} of ${people}`);
    }
    await Promise.all(running.map(({ ended }) => ended));
    const taken = new Map<string, number>();
    for (const { to } of await world.sink.lines()) taken.set(to, (taken.get(to) ?? 0) + 1);
    trial.figures.lost = crowd.people.filter(({ email }) => !taken.has(email!)).length;
    trial.figures.doubles = [...taken.values()].reduce((sum, times) => sum + times - 1, 0);
    trial.check('lost', trial.figures.lost, 'more than 0', trial.figures.lost > 0);
  },
};
