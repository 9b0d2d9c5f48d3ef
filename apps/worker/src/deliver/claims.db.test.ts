import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '#postgres';
import { buildersFor } from '../../../../test/support/builders.js';
import { setNow } from '../../../../test/support/clock.js';
import { useDatabase } from '../../../../test/support/use-database.js';
import { Claims } from './claims.js';

const world = useDatabase();
const { somebodyAgreed, aReminder } = buildersFor(world);
beforeEach(() => setNow(world.db, new Date('2027-03-02T12:00-05:00')));

/** A line to the database that is cut, once it is told to, when the next answer comes: what was asked for is done. */
async function aLine() {
  const line = { cut: false };
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const { hostname, port } = new URL(world.url);
    const far = connect(Number(port || 5432), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    }
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => (line.cut ? near.destroy() : near.write(bytes)));
    near.on('close', () => far.end());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(world.url);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  const db = await new DataSource(dataSourceOptions(url.href, 1)).initialize();
  const close = async () => {
    await db.destroy();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { line, db, close };
}

it('gives back what a claim took whose answer never came, and nobody else’s', async () => {
  const ana = await somebodyAgreed();
  const ben = await somebodyAgreed();
  for (const signup of [ana, ben]) await aReminder(signup);
  const states = async () =>
    (
      await world.db.query<{ state: string; tries: number }[]>(
        `select state, tries from reminders where campaign_id = any($1) order by campaign_id = $2 desc`,
        [[ana.campaignId, ben.campaignId], ana.campaignId],
      )
    ).map(({ state, tries }) => `${state} ${tries}`);
  const others = new Claims(world.db);
  expect((await others.take(ben.campaignId, 'email', 10, 60)).claimed).toHaveLength(1);

  const { line, db, close } = await aLine();
  try {
    const claims = new Claims(db);
    await claims.take(ana.campaignId, 'sms', 10, 60); // where its rows are is known from now on
    line.cut = true;
    await expect(claims.take(ana.campaignId, 'email', 10, 60)).rejects.toThrow();
    expect(await states()).toEqual(['sending 1', 'sending 1']);
    line.cut = false;
    await others.giveBack();
    expect(await states()).toEqual(['sending 1', 'sending 1']);
    await claims.giveBack();
    expect(await states()).toEqual(['due 0', 'sending 1']);
    expect((await claims.take(ana.campaignId, 'email', 10, 60)).claimed).toMatchObject([
      { fence: 2, tries: 1 },
    ]);
    await claims.giveBack();
    expect(await states()).toEqual(['sending 1', 'sending 1']);
  } finally {
    await close();
  }
});

it('gives back what could not be handed over in time, also when the database was away just then', async () => {
  const ana = await somebodyAgreed();
  await aReminder(ana);
  const { line, db, close } = await aLine();
  try {
    const claims = new Claims(db);
    const { claimed } = await claims.take(ana.campaignId, 'email', 10, 60);
    line.cut = true;
    await expect(claims.release(claimed[0]!)).rejects.toThrow();
    line.cut = false;
    await claims.giveBack();
    expect((await claims.take(ana.campaignId, 'email', 10, 60)).claimed).toMatchObject([{ tries: 1 }]);
    await claims.giveBack();
    expect((await claims.take(ana.campaignId, 'email', 10, 60)).claimed).toEqual([]);
  } finally {
    await close();
  }
});
