import { crowd, resume } from '../../support/crowd.js';
import { freePort } from '../../support/free-port.js';
import { type Ask, Visitors } from '../load.js';
import { interleaved, type Row, scaled } from '../row.js';
import { keys } from '../stage.js';

const signups = scaled(2_000);
/** Our answers to a signup wait for 200 ms, so that nobody can measure who is known: many must be on their way at once. */
const visitors = 256;

export const signupInsert: Row = {
  name: 'signup_insert',
  what: "signups over HTTP ÷ the same framework's handler with one bare insert",
  goal: 0.5,
  better: 'more',
  async measure(stage) {
    const database = await stage.database();
    const { db } = database;
    await db.query(
      `create table bare_signups (id uuid primary key default gen_random_uuid(), email text not null unique, name text)`,
    );
    const { slug, campaignId, first } = await crowd({ db, keys, people: 1 });
    await resume(db, campaignId);
    const api = await stage.api(database);
    const port = await freePort();
    const bare = stage.program('test/bench/controls/bare-insert.js', {
      DATABASE_URL: database.url,
      PORT: String(port),
    });
    const bareUrl = `http://127.0.0.1:${port}/signups`;
    await stage.listening(bareUrl, bare.child);
    let from = 0;
    const perSecond = async (url: string) => {
      from += signups;
      const asks = Array.from({ length: signups }, (_, at) => signUp(url, from + at));
      return rateOf(asks);
    };
    const measured = await interleaved(stage.say, {
      ours: () => perSecond(`${api.url}/c/${slug}/crowd-${first}`),
      control: () => perSecond(bareUrl),
    });
    await api.stop();
    await bare.stop();
    await stage.drop(database);
    return { ...measured, signups, visitors };
  },
};

const signUp = (url: string, number: number): Ask => ({
  method: 'POST',
  url,
  // People sit in networks of their own, each of which has its limits.
  headers: { 'x-forwarded-for': `10.${number >> 14}.${(number >> 6) & 255}.1` },
  body: new URLSearchParams({
    email: `new-${number}@crowd.example`,
    name: 'Carmen',
    zip: '43004',
  }).toString(),
});

async function rateOf(asks: Ask[]): Promise<number> {
  const browsers = new Visitors(visitors);
  const started = performance.now();
  const left = asks.values();
  const askOnAndOn = async () => {
    for (const ask of left) {
      const { status } = await browsers.ask(ask);
      if (status !== 303) throw new Error(`A signup was answered with ${status}.`);
    }
  };
  await Promise.all(Array.from({ length: visitors }, askOnAndOn));
  const perSecond = (asks.length / (performance.now() - started)) * 1_000;
  browsers.leave();
  return perSecond;
}
