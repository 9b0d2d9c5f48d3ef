import type { Row } from '../trial.js';

export const dropBefore250: Row = {
  name: 'drop_before_250',
  fault: 'the provider drops the connection before its answer for 5%',
  waits: true,
  run: async (trial) => {
    const world = await trial.world({ sink: { dropBefore250: 0.05 }, carrier: { dropBefore200: 0.05 } });
    const crowd = await world.crowd({ people: 3_000 });
    await world.clock('10:00:30');
    world.worker();
    world.worker();
    await world.takenAtLeast(crowd.people.length, 300);
    trial.say('everybody tried once');
    await world.sink.rules({ dropBefore250: 0 });
    const settled = await world.settled(240);
    trial.check('everything settled, texts of unknown outcome resolved', settled, 'true', settled);
    const judged = await world.judge();
    const cut = (lines: { answered: boolean }[]) => lines.filter(({ answered }) => !answered).length;
    const [letters, texts] = [cut(judged.letters), cut(judged.texts)];
    trial.promises(judged, letters);
    trial.check('connections dropped', [letters, texts], 'some', letters > 0 && texts > 0);
    const ambiguous = (channel: string) =>
      judged.ledger
        .filter((line) => line.channel === channel)
        .flatMap(({ attempts }) => attempts)
        .filter(({ outcome }) => outcome === 'ambiguous').length;
    trial.is('letters recorded as ambiguous', ambiguous('email'), letters);
    trial.is('texts recorded as ambiguous', ambiguous('sms'), texts);
    trial.check('ends', judged.ends, 'sent', Object.keys(judged.ends).join() === 'sent');
  },
};
