import type { Row, Trial } from '../trial.js';
import { connections } from '../world.js';

export const killInGap: Row = {
  name: 'kill_in_gap',
  fault: 'kill exactly between acceptance and commit',
  waits: true,
  run: async (trial: Trial) => {
    const world = await trial.world({ sink: { hold: true }, carrier: { hold: true } });
    const crowd = await world.crowd({ people: 60 });
    await world.clock('10:00:30');
    const victim = world.worker();
    const held = await world.handsFull();
    const full = Math.min(held.letters, held.texts) > 0;
    trial.check('accepted and not answered', held, `1 to ${connections} on each channel`, full);
    victim.kill('SIGKILL');
    await victim.ended;
    trial.say('killed in the gap');
    await Promise.all([world.sink.rules({ hold: false }), world.carrier.rules({ hold: false })]);
    const letters = new Set((await world.sink.lines()).map(({ to }) => to));
    const texts = new Set((await world.carrier.lines()).map(({ to }) => to));
    world.worker();

    const inDoubt = await world.until(async () => (await world.count('unknown')) > 0, 90);
    trial.say('texts in doubt; now the leases of letters run out');
    const settled = await world.settled(240);
    trial.check('everything settled, texts of unknown outcome resolved', settled, 'true', settled);
    const judged = await world.judge();
    trial.promises(judged, connections);
    trial.is('letters handed over again, with the same Message-ID', judged.emailDoubles, letters.size);
    const signups = new Map(crowd.people.map(({ signupId, phone }) => [signupId, phone]));
    const doubtful = judged.ledger.filter(
      ({ channel, signupId }) => channel === 'sms' && texts.has(signups.get(signupId)!),
    );
    const wereUnknown = doubtful.filter(({ attempts }) =>
      attempts.some(({ outcome }) => outcome === 'ambiguous'),
    ).length;
    trial.check(
      'texts that became unknown',
      wereUnknown,
      `${texts.size}`,
      inDoubt && wereUnknown === texts.size,
    );
    trial.is(
      'of these resolved as sent',
      doubtful.filter(({ state }) => state === 'sent').length,
      texts.size,
    );
    trial.check('ends', judged.ends, 'sent', Object.keys(judged.ends).join() === 'sent');
    await neverArrived(trial);
  },
};

/** The other side of the gap: killed after the claim, before the carrier had anything. */
async function neverArrived(trial: Trial): Promise<void> {
  const world = await trial.world({ carrier: { lose: true } }, 'never-arrived');
  await world.crowd({ people: connections, by: 'sms' });
  await world.clock('10:00:30');
  const victim = world.worker();
  const waiting = await world.until(async () => (await world.carrier.count()).lost === connections, 60);
  trial.check('texts on their way that get lost', waiting, 'true', waiting);
  victim.kill('SIGKILL');
  await victim.ended;
  await world.carrier.rules({ lose: false });
  world.worker();
  const unknown = await world.until(async () => (await world.count('unknown')) === connections, 90);
  trial.check('texts of unknown outcome', await world.count('unknown'), `${connections}`, unknown);
  await world.aDayLater();
  const settled = await world.settled(120);
  trial.check('given up after 24 hours', settled, 'true', settled);
  const judged = await world.judge();
  trial.promises(judged, 0);
  trial.is('ends of lost texts', judged.ends, { 'failed not_found': connections });
  trial.is('texts handed over again', judged.texts.length, 0);
}
