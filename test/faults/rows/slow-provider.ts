import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Row } from '../trial.js';

const busySeconds = 60;

export const slowProvider: Row = {
  name: 'slow_provider',
  fault: 'provider answers 421 / 429 for a minute',
  waits: true,
  run: async (trial) => {
    const world = await trial.world({ sink: { answerAfterMs: 20 }, carrier: { answerAfterMs: 20 } });
    const crowd = await world.crowd({ people: 4_000 });
    await world.clock('10:00:30');
    world.worker();
    world.worker();
    await world.takenAtLeast(crowd.people.length / 4);
    await Promise.all([world.sink.rules({ busy: 421 }), world.carrier.rules({ tooMany: true })]);
    const from = Date.now();
    trial.say('421 and 429 from now on');
    await wait(busySeconds * 1_000);
    await Promise.all([world.sink.rules({ busy: 0 }), world.carrier.rules({ tooMany: false })]);
    const to = Date.now();
    const atTheEnd = [await world.sink.count(), await world.carrier.count()];
    trial.say('well again');
    for (const [channel, before, outside] of [
      ['letters', atTheEnd[0]!.messages, world.sink],
      ['texts', atTheEnd[1]!.messages, world.carrier],
    ] as const) {
      const again = await world.until(async () => (await outside.count()).messages > before, 90);
      const seconds = Math.round((Date.now() - to) / 100) / 10;
      trial.check(`seconds until ${channel} went again`, seconds, 'at most 60', again && seconds <= 60);
    }
    const settled = await world.settled(300);
    trial.check('everything settled', settled, 'true', settled);
    for (const outside of [world.sink, world.carrier]) {
      await outside.lines();
      const refused = (await readFile(`${outside.logFile}.refusals`, 'utf8'))
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => (JSON.parse(line) as { at: number }).at);
      const [name, all] = [outside === world.sink ? 'letters' : 'texts', refused.length];
      // What is in flight as it begins may be refused; after that only tries that find out whether it is over.
      const late = refused.filter((at) => at > from + 10_000 && at < to).length;
      trial.check(`${name} refused`, all, 'some', all > 0);
      trial.atMost(`${name} tried in the last 50 seconds of the minute`, late, 50);
    }
    const judged = await world.judge();
    trial.promises(judged, 0);
    trial.check('ends', judged.ends, 'sent', Object.keys(judged.ends).join() === 'sent');
  },
};
