import { setTimeout as wait } from 'node:timers/promises';
import { Staff } from '#postgres';
import { crowd, pause, resume } from '../../support/crowd.js';
import { type Ask, Visitors } from '../load.js';
import { handedOver, pipeline } from '../pipeline.js';
import { interleaved, quantile, type Row, rounded, scaled } from '../row.js';
import { keys } from '../stage.js';

type Target = { api: string; page: string; campaignId: string; coalitionId: string; key: string };

const perSecond = 40;
const seconds = 8;

/** Visitors open the signup page and sign up, in turn, at a steady pace; a worker sends at half of what it can meanwhile, or nothing. */
export const apiUnderSend: Row = {
  name: 'api_under_send',
  what: 'API p99 while sending at half the ceiling ÷ idle',
  goal: 3,
  better: 'less',
  async measure(stage) {
    const database = await stage.database();
    const { db } = database;
    const sink = await stage.sink();
    const ceiling = stage.ceiling ?? (await pipeline(stage, { database, sink, people: scaled(6_000) }));
    const pace = Math.max(1, Math.round(ceiling / 2));
    const { campaignId, ...rest } = await crowd({ db, keys, people: Math.round(pace * (seconds + 4) * 6) });
    const open = await crowd({ db, keys, people: 1 });
    await db.query(`vacuum analyze`);
    const worker = await stage.worker(database, sink, { EMAIL_PER_SECOND: String(pace) });
    const api = await stage.api(database);
    const target: Target = {
      api: api.url,
      page: `${api.url}/c/${open.slug}/crowd-${open.first}`,
      campaignId: open.campaignId,
      coalitionId: open.coalitionIds[0]!,
      key: await new Staff(db.manager).createKey('the bench', 'organizer', null),
    };
    await resume(db, open.campaignId);
    await p99(target, 'warm-up');
    let round = 0;
    let handed = 0;
    const measured = await interleaved(stage.say, {
      ours: async () => {
        const before = (await sink.count()).answered;
        await resume(db, campaignId);
        await handedOver(sink, before + pace / 2);
        const [started, from] = [performance.now(), (await sink.count()).answered];
        const answer = await p99(target, `sending-${++round}`);
        handed = ((await sink.count()).answered - from) / ((performance.now() - started) / 1_000);
        await pause(db, campaignId);
        await stage.still(sink);
        return answer;
      },
      control: () => p99(target, `idle-${++round}`),
    });
    await api.stop();
    await worker.stop();
    await sink.stop();
    await stage.drop(database);
    return { ...measured, pace, handedOverPerSecond: rounded(handed), people: rest.people };
  },
};

/** @returns the time within which 99% are answered, in milliseconds */
async function p99(target: Target, name: string): Promise<number> {
  const browsers = new Visitors(64);
  const answers: Promise<number>[] = [];
  const started = performance.now();
  for (let n = 0; n < perSecond * seconds; n++) {
    await wait(Math.max(0, started + (n * 1_000) / perSecond - performance.now()));
    answers.push(
      timed(browsers, n % 2 === 0 ? { method: 'GET', url: target.page } : signUp(target, `${name}-${n}`)),
    );
  }
  const times = await Promise.all(answers);
  browsers.leave();
  return quantile(times, 0.99);
}

async function timed(browsers: Visitors, ask: Ask): Promise<number> {
  const { status, ms } = await browsers.ask(ask);
  if (status !== (ask.method === 'GET' ? 200 : 201))
    throw new Error(`${ask.method} was answered with ${status}.`);
  return ms;
}

/** By the API: the page's answer waits on purpose. */
const signUp = ({ api, campaignId, coalitionId, key }: Target, name: string): Ask => ({
  method: 'POST',
  url: `${api}/api/v1/campaigns/${campaignId}/signups`,
  headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
  body: JSON.stringify({
    coalitionId,
    email: `${name}@crowd.example`,
    name: 'Carmen',
    zip: '43004',
    channels: ['email'],
  }),
});
