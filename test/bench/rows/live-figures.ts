import { setTimeout as wait } from 'node:timers/promises';
import { type Receipt, Receipts, Staff } from '#postgres';
import { joinCrowd, resume } from '../../support/crowd.js';
import { insertFinished } from '../ledger.js';
import { type Row, rounded, rounds } from '../row.js';
import { type Database, keys } from '../stage.js';

/** As often as the console asks. */
const every = 1_500;
const longest = 30_000;

type Figure = { route: string; of: (answer: never) => number };
type Total = { total: { signups: number } };

/** What the pages of a campaign, its figures and a leader show, and a number in it that moves. */
const figures = (coalitionId: string): Record<string, Figure> => ({
  tally: { route: '/tally', of: (it: Total) => it.total.signups },
  rungs: {
    route: '/rungs',
    of: (it: { items: { failed: Record<string, number> }[] }) => it.items[0]!.failed['bad_address'] ?? 0,
  },
  ahead: { route: '/rungs', of: (it: { items: { people: number | null }[] }) => it.items[0]!.people ?? 0 },
  series: { route: '/series?by=day', of: (it: { items: Total[] }) => it.items.at(-1)!.total.signups },
  sideBySide: { route: '/side-by-side', of: (it: Total) => it.total.signups },
  deliverability: {
    route: '/deliverability',
    of: (it: { items: { channel: string; bounced: number }[] }) =>
      it.items.find(({ channel }) => channel === 'email')!.bounced,
  },
  dashboard: {
    route: `/coalitions/${coalitionId}/dashboard`,
    of: (it: { coalitions: Total[] }) => it.coalitions[0]!.total.signups,
  },
});

export const liveFigures: Row = {
  name: 'live_figures',
  what: 'something happens → every page shows it, the slowest figure in seconds, at 1 million signups',
  goal: 5,
  better: 'less',
  async measure(stage) {
    const { template, crowd } = await stage.million();
    const { campaignId, coalitionIds } = crowd;
    const database = await stage.database(template);
    const { db } = database;
    stage.say('a million reminders, sent and delivered …');
    await insertFinished(database, crowd, ['today']);
    await db.query(
      `insert into receipts (provider, provider_id, status, campaign_id, reminder_id)
       select 'sendgrid', id::text, 'delivered', campaign_id, id from reminders where campaign_id = $1`,
      [campaignId],
    );
    await db.query(`vacuum analyze`);
    await resume(db, campaignId);
    const key = await new Staff(db.manager).createKey('the bench', 'organizer', null);
    const api = await stage.api(database);
    const shown = new Map<string, number>();
    const failures: unknown[] = [];
    let over = false;
    const watched = figures(coalitionIds[0]!);
    const routes = [...new Set(Object.values(watched).map(({ route }) => route))];
    // Each route is asked for by a page of its own, at a moment of its own.
    const pages = routes.map(async (route, n) => {
      await wait((n * every) / routes.length);
      while (!over) {
        const answer = await fetch(`${api.url}/api/v1/campaigns/${campaignId}${route}`, {
          headers: { authorization: `Bearer ${key}` },
        });
        if (!answer.ok) throw new Error(`${route} was answered with ${answer.status}.`);
        const json = (await answer.json()) as never;
        for (const [name, figure] of Object.entries(watched))
          if (figure.route === route) shown.set(name, figure.of(json));
        await wait(every);
      }
    });
    const all = Promise.all(pages).catch((error: unknown) => failures.push(error));
    const bounced = await sent(database, campaignId, rounds * 2);
    const samples: Record<string, number>[] = [];
    while (shown.size < Object.keys(watched).length && failures.length === 0) await wait(20);
    await wait(10_000);
    for (const reminderId of bounced) {
      const before = new Map(shown);
      await db.transaction((tx) => new Receipts(tx, keys).take([bounceOf(campaignId, reminderId)]));
      const happened = performance.now();
      await joinCrowd(db, keys, crowd);
      const ages: Record<string, number> = {};
      while (Object.keys(ages).length < shown.size && performance.now() - happened < longest) {
        if (failures.length > 0) throw failures[0];
        for (const [name, value] of shown)
          if (!(name in ages) && value !== before.get(name))
            ages[name] = rounded((performance.now() - happened) / 1_000);
        await wait(5);
      }
      for (const name of shown.keys()) ages[name] ??= longest / 1_000;
      stage.say(JSON.stringify(ages));
      samples.push(ages);
      await wait(Math.random() * every);
    }
    over = true;
    await all;
    await api.stop();
    await stage.drop(database);
    return { value: Math.max(...samples.flatMap((ages) => Object.values(ages))), samples };
  },
};

const bounceOf = (campaignId: string, id: string): Receipt => ({
  provider: 'sendgrid',
  providerId: `bounce-${id}`,
  status: 'bounced',
  channel: 'email',
  reminder: { campaignId, id },
  state: 'failed',
  reason: 'bad_address',
});

/** Ids of reminders that were sent. */
async function sent({ db }: Database, campaignId: string, count: number): Promise<string[]> {
  const rows = await db.query<{ id: string }[]>(
    `select id from reminders where campaign_id = $1 and state = 'sent' limit $2`,
    [campaignId, count],
  );
  return rows.map(({ id }) => id);
}
