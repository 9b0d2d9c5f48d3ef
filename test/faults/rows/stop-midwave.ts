import twilio from 'twilio';
import { afterStops, type Stop } from '../check.js';
import type { Person } from '../people.js';
import type { Row } from '../trial.js';
import { account, aKey, type World } from '../world.js';

const each = 40;

/** Everything that ends messages, pressed while they go out; each one's commit is what Postgres says it was. */
export const stopMidwave: Row = {
  name: 'stop_midwave',
  fault: 'unsubscribe, STOP, done, pause while the wave is being sent',
  run: async (trial) => {
    const world = await trial.world({
      postgres: { track_commit_timestamp: 'on' },
      sink: { answerAfterMs: 200 },
      carrier: { answerAfterMs: 200 },
    });
    const crowd = await world.crowd({ people: 3_000 });
    await world.clock('10:00:30');
    const key = await aKey(world);
    const { url } = world.api();
    await world.ready(url);
    world.worker();
    world.worker();
    await world.takenAtLeast(100);

    const { people } = crowd;
    const spread = (from: number, by: 'email' | 'phone') =>
      people
        .filter((person) => person[by])
        .filter((_, n) => n % Math.floor(people.length / 2 / each) === from);
    const presses: {
      what: string;
      channels: string[];
      who: Person[];
      press: (who: Person) => Promise<number>;
    }[] = [
      {
        what: 'unsubscribe',
        channels: ['email'],
        who: spread(0, 'email'),
        press: ({ signupId }) =>
          submit(`${url}/stop/${token(world, signupId, 'stop')}`, { 'List-Unsubscribe': 'One-Click' }),
      },
      {
        what: 'STOP',
        channels: ['sms'],
        who: spread(0, 'phone'),
        press: ({ phone }) => text(`${url}/hooks/twilio/inbound`, phone!),
      },
      {
        what: 'done by mail',
        channels: ['email', 'sms'],
        who: spread(1, 'email'),
        press: ({ signupId }) =>
          submit(`${url}/done/${token(world, signupId, 'done')}`, { outcome: 'filed' }),
      },
      {
        what: 'done by text',
        channels: ['email', 'sms'],
        who: spread(1, 'phone'),
        press: ({ signupId }) =>
          submit(`${url}/done/${token(world, signupId, 'done')}`, { outcome: 'filed' }),
      },
    ];
    const answers: number[] = [];
    for (let n = 0; n < each; n++) {
      answers.push(
        ...(await Promise.all(presses.flatMap(({ who, press }) => who.slice(n, n + 1).map(press)))),
      );
    }
    const pressed = await world.taken();
    trial.say(`${answers.length} pressed by ${pressed} of ${people.length}`);
    trial.check(
      'answers to stops',
      [...new Set(answers)],
      '2xx or 303',
      answers.every((status) => status < 400),
    );
    trial.check(
      'taken when all had pressed',
      pressed,
      `less than ${people.length}`,
      pressed < people.length * 0.95,
    );
    const stops: Stop[] = [];
    for (const { what, channels, who } of presses) {
      const { rows } = await world.db.query<{ id: string; at: number }>(
        `select id, extract(epoch from pg_xact_commit_timestamp(xmin))::float8 * 1000 as at from signups
         where id = any($1) and (done_at is not null or email_since is null and sms_since is null)`,
        [who.map(({ signupId }) => signupId)],
      );
      trial.is(`stopped by ${what}`, rows.length, Math.min(each, who.length));
      stops.push(...rows.map(({ id, at }) => ({ what, signupId: id, channels, at })));
    }

    const paused = await fetch(`${url}/api/v1/campaigns/${crowd.campaignId}/pause`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
    });
    trial.is('answer to pause', paused.status, 200);
    const { rows: pause } = await world.db.query<{ at: number }>(
      `select extract(epoch from pg_xact_commit_timestamp(xmin))::float8 * 1000 as at from campaigns where id = $1`,
      [crowd.campaignId],
    );
    await world.until(async () => (await world.count('sending')) === 0, 30);
    const atPause = await world.judge();
    const whole = {
      what: 'pause',
      campaignId: crowd.campaignId,
      channels: ['email', 'sms'],
      at: pause[0]!.at,
    };
    const left = await world.count('due');
    trial.check('left when paused', left, 'some', left > 0);
    const duringPause = afterStops(atPause, people, [whole]);
    trial.check(
      'final checks after the pause',
      duringPause.checks.slice(0, 5),
      'none',
      duringPause.checks.length === 0,
    );
    trial.check(
      'hand-overs after the pause + 1 s',
      duringPause.handOvers.slice(0, 5),
      'none',
      duringPause.handOvers.length === 0,
    );

    await Promise.all([world.sink.rules({ answerAfterMs: 0 }), world.carrier.rules({ answerAfterMs: 0 })]);
    const resumed = await fetch(`${url}/api/v1/campaigns/${crowd.campaignId}/resume`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
    });
    trial.is('answer to resume', resumed.status, 200);
    // A reminder that a claim looked at while it was paused waits five minutes before it is looked at again.
    const settled = await world.settled(330);
    trial.check('everything settled', settled, 'true', settled);
    const judged = await world.judge();
    trial.promises(judged, 0);
    const { checks, handOvers } = afterStops(judged, people, stops);
    trial.check('final checks after a stop', checks.slice(0, 5), 'none', checks.length === 0);
    trial.check('hand-overs after a stop + 1 s', handOvers.slice(0, 5), 'none', handOvers.length === 0);
    const late = stops.filter(({ signupId }) =>
      judged.ledger.some((line) => line.signupId === signupId && line.state === 'skipped'),
    ).length;
    trial.check('stops that came before their message', late, 'some', late > 0);
    trial.check(
      'ends',
      judged.ends,
      'sent, revoked, suppressed or already_confirmed',
      Object.keys(judged.ends).every((end) =>
        ['sent', 'skipped revoked', 'skipped suppressed', 'skipped already_confirmed'].includes(end),
      ),
    );
  },
};

const token = ({ keys }: World, signupId: string, purpose: 'stop' | 'done') =>
  keys.token(keys.tokenKey, signupId, purpose);

async function submit(url: string, form: Record<string, string>): Promise<number> {
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
  await answer.text();
  return answer.status;
}

let texts = 0;

/** STOP as Twilio passes it on once it has taken note of it itself. */
async function text(url: string, from: string): Promise<number> {
  const form = {
    AccountSid: account.accountSid,
    MessageSid: `SM${String(++texts).padStart(32, '0')}`,
    From: from,
    To: '+12025550100',
    Body: 'STOP',
    OptOutType: 'STOP',
  };
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'x-twilio-signature': twilio.getExpectedTwilioSignature(account.authToken, url, form) },
    body: new URLSearchParams(form),
  });
  await answer.text();
  return answer.status;
}
