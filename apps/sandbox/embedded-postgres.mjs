import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { binaries } from './postgres/binaries.mjs';
import { database, makeCluster, openBase, passwordFile, place, user } from './postgres/cluster.mjs';
import { endLeftover, own } from './postgres/owner.mjs';
import { freePort, startPostmaster, stopPostmaster } from './postgres/postmaster.mjs';

/**
 * Starts the Postgres that npm installed, for a first run and for tests: on 127.0.0.1 only, with a random password.
 * What a killed run left behind is ended first. See embedded-postgres.d.mts for the options.
 * @type {typeof import('./embedded-postgres.d.mts').startPostgres}
 */
export async function startPostgres({
  dataDir,
  port: askedPort = 0,
  log: askedLog,
  durable = true,
  settings = {},
}) {
  const where = await place(dataDir);
  const release = own(where.home);
  try {
    const programs = await binaries(where.account, openBase);
    await endLeftover(where.cluster);
    await makeCluster(where, programs);
    const log = path.resolve(askedLog ?? path.join(where.home, 'postgres.log'));
    const start = (port) =>
      startPostmaster({ postgres: programs.postgres, ...where, port, log, durable, settings });
    const { port, child } = askedPort
      ? { port: askedPort, child: await start(askedPort) }
      : await onFreePort(start);
    const password = (await readFile(passwordFile(where.cluster), 'utf8')).trim();
    const url = `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
    return handle({ url, port, dataDir: where.home, log, child, start, release });
  } catch (error) {
    release();
    throw error;
  }
}

/** Between finding a free port and using it, somebody else may take it. */
async function onFreePort(start) {
  for (let tries = 1; ; tries++) {
    const port = await freePort();
    try {
      return { port, child: await start(port) };
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || tries === 5) throw error;
    }
  }
}

function handle({ url, port, dataDir, log, child, start, release }) {
  const atExit = () => child.kill('SIGINT');
  process.on('exit', atExit);
  let turn = Promise.resolve();
  const inTurn = (work) => (turn = turn.catch(() => undefined).then(work));
  const stop = () =>
    inTurn(async () => {
      await stopPostmaster(child, 'fast');
      process.off('exit', atExit);
      release();
    });
  return {
    url,
    port,
    dataDir,
    log,
    get pid() {
      return child.pid;
    },
    stop,
    restart: (mode = 'fast') =>
      inTurn(async () => {
        await stopPostmaster(child, mode);
        child = await start(port);
      }),
    remove: async () => {
      await stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
