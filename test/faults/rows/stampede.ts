import { freePort } from '../../support/free-port.js';
import type { Row } from '../trial.js';
import { setTimeout as wait } from 'node:timers/promises';

export const stampede: Row = {
  name: 'stampede',
  fault: '20 processes start at once on an empty database',
  run: async (trial) => {
    const world = await trial.world({ empty: true });
    const apis = [];
    for (let n = 0; n < 10; n++) apis.push(world.api(await freePort()));
    const workers = Array.from({ length: 10 }, () => world.worker());
    const ready = await Promise.all(apis.map(({ url }) => world.ready(url, 180)));
    trial.is('api processes that got ready', ready.filter(Boolean).length, 10);
    trial.is('workers that are still up', workers.filter(({ isUp }) => isUp).length, 10);
    const { rows: migrations } = await world.db.query<{ name: string; n: number }>(
      `select name, count(*)::int as n from migrations group by 1`,
    );
    trial.check('schema steps', migrations.length, 'some', migrations.length > 0);
    trial.is('schema steps done twice', migrations.filter(({ n }) => n > 1).length, 0);

    trial.say('ready; now their ticks');
    await world.db.query(
      `create table slots_taken (slot bigint, at timestamptz default clock_timestamp());
       create function note_slot() returns trigger language plpgsql as $$
       begin insert into slots_taken (slot) values (new.slot); return null; end $$;
       create trigger note_slot after update of slot on tick for each row execute function note_slot()`,
    );
    while (workers.filter(({ isUp }) => isUp).length < world.workers.length && world.workers.length < 20)
      world.worker(); // those that gave up are started again, as whoever runs them would
    const crowd = await world.crowd({ people: 500 });
    await world.clock('10:00:30');
    const settled = await world.settled(120);
    trial.check('everything settled', settled, 'true', settled);
    await wait(10_000); // five more slots
    const { rows: slots } = await world.db.query<{ slot: string; n: number }>(
      `select slot, count(*)::int as n from slots_taken group by 1`,
    );
    trial.check('slots taken', slots.length, 'at least 5', slots.length >= 5);
    trial.is('slots taken twice', slots.filter(({ n }) => n > 1).length, 0);
    const judged = await world.judge();
    trial.promises(judged, 0);
    trial.is('reminders', judged.ledger.length, crowd.people.length);
    trial.check('ends', judged.ends, 'sent', Object.keys(judged.ends).join() === 'sent');
  },
};
