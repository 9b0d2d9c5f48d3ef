import type { Row } from '../trial.js';

export const outagePastDeadline: Row = {
  name: 'outage_past_deadline',
  fault: 'the deadline passes during an outage',
  waits: true,
  run: async (trial) => {
    const world = await trial.world();
    const deadlineAt = new Date('2027-03-03T15:00-05:00'); // so expiry is at 14:30
    await world.crowd({ people: 1_500, hoursBefore: 3, deadlineAt });
    const during = { people: 300, hoursBefore: 2, deadlineAt };
    await world.crowd(during);
    await world.clock('12:00:30');
    world.worker();
    world.worker();
    await world.takenAtLeast(400);
    await Promise.all([world.sink.rules({ silent: true }), world.carrier.rules({ lose: true })]);
    trial.say('the providers fall silent, then everything of ours is gone');
    for (const worker of world.workers) worker.kill('SIGKILL');
    await Promise.all(world.workers.map(({ ended }) => ended));
    const taken = await world.taken();
    // The second campaign's wave was due at 13:00, when nobody was there; both campaigns end at 15:00.
    await world.clock('15:00:10');
    await world.postgres.restart('immediate');
    await Promise.all([world.sink.rules({ silent: false }), world.carrier.rules({ lose: false })]);
    world.worker();
    world.worker();
    const settled = await world.settled(240, { unknown: false });
    trial.check('everything settled', settled, 'true', settled);
    trial.is('hand-overs after expiry', (await world.taken()) - taken, 0);
    const judged = await world.judge();
    trial.promises(judged, 0);
    const { sent = 0, 'skipped expired': expired = 0, ...others } = judged.ends;
    trial.check('sent before it', sent, 'some', sent > 0);
    trial.check('skipped as expired', expired, 'some', expired > 0);
    trial.check(
      'other ends',
      others,
      'only texts in flight at the outage',
      Object.keys(others).every((end) => end === 'unknown'),
    );
    trial.is(
      'of the second campaign, all expired',
      judged.ledger
        .slice()
        .filter(
          ({ campaignId, reason }) => campaignId === world.crowds[1]!.campaignId && reason === 'expired',
        ).length,
      during.people,
    );
  },
};
