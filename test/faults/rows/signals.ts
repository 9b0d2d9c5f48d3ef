import { setTimeout as wait } from 'node:timers/promises';
import type { Row } from '../trial.js';
import { connections, type World } from '../world.js';

const held = async (world: World) => {
  const [letters, texts] = await Promise.all([world.sink.count(), world.carrier.count()]);
  return { letters: letters.held, texts: texts.held };
};

export const sigstop: Row = {
  name: 'sigstop',
  fault: 'SIGSTOP past the lease, then SIGCONT',
  waits: true,
  run: async (trial) => {
    const world = await trial.world();
    await world.crowd({ people: 600 });
    await world.clock('10:00:30');
    const sleeper = world.worker();
    await world.takenAtLeast(100);
    await Promise.all([world.sink.rules({ hold: true }), world.carrier.rules({ hold: true })]);
    const full = await world.handsFull();
    trial.check(
      'in flight',
      full,
      `1 to ${connections} on each channel`,
      Math.min(full.letters, full.texts) > 0,
    );
    sleeper.kill('SIGSTOP');
    trial.say('stopped with its hands full');
    await Promise.all([world.sink.rules({ hold: false }), world.carrier.rules({ hold: false })]);
    world.worker();
    const settled = await world.settled(240);
    trial.check('everything settled without it', settled, 'true', settled);
    const before = await world.judge();
    sleeper.kill('SIGCONT');
    trial.say('it goes on');
    await wait(5_000); // it has its answers at once; this is for whatever it might do wrong with them
    const after = await world.judge();
    const outcomes = ({ ledger }: typeof before) =>
      ledger.map(({ id, state, reason, fence, attempts }) => ({ id, state, reason, fence, attempts }));
    const changed = outcomes(after).filter(
      (line, at) => JSON.stringify(line) !== JSON.stringify(outcomes(before)[at]),
    );
    trial.is('reminders that its stale results changed', changed.length, 0);
    trial.promises(after, connections);
    const twice = after.ledger.filter(
      ({ attempts }) => attempts.filter(({ outcome }) => outcome === 'sent').length > 1,
    );
    trial.is('reminders with two outcomes', twice.length, 0);
    trial.check('ends', after.ends, 'sent', Object.keys(after.ends).join() === 'sent');
    trial.check('the sleeper', sleeper.isUp, 'is still up', sleeper.isUp);
  },
};

export const sigterm: Row = {
  name: 'sigterm',
  fault: 'SIGTERM in mid-batch',
  run: async (trial) => {
    const world = await trial.world({ sink: { answerAfterMs: 2_000 }, carrier: { answerAfterMs: 2_000 } });
    await world.crowd({ people: 400 });
    await world.clock('10:00:30');
    const workers = [world.worker(), world.worker(), world.worker()];
    await world.takenAtLeast(100);
    for (const worker of workers) {
      const { letters, texts } = await held(world);
      trial.check('in flight', letters + texts, 'some', letters + texts > 0);
      const began = performance.now();
      worker.kill('SIGTERM');
      const { code, signal } = await worker.ended;
      const seconds = Math.round((performance.now() - began) / 100) / 10;
      trial.atMost('seconds until it was gone', seconds, 25);
      trial.check('its end', { code, signal }, 'exit by itself', signal === null || signal === 'SIGTERM');
      world.worker();
    }
    await Promise.all([world.sink.rules({ answerAfterMs: 0 }), world.carrier.rules({ answerAfterMs: 0 })]);
    const settled = await world.settled(60);
    trial.check('everything settled, without waiting for a lease', settled, 'true', settled);
    const judged = await world.judge();
    trial.promises(judged, 0);
    trial.is('unknown', judged.unknown, 0);
    trial.check('ends', judged.ends, 'sent', Object.keys(judged.ends).join() === 'sent');
  },
};
