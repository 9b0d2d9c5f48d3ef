import { createHash, randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  mkdir,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  rmdir,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { accountFor, canReach, mustBeRoots } from './account.mjs';
import { exists, lastLine, run } from './binaries.mjs';

export const user = 'drumbeat';
export const database = 'drumbeat';

/**
 * Where the cluster of this data folder lives: the folder itself, or, when its account cannot get there (a clone in root's
 * home), one of its own under /var/lib/drumbeat. `home` holds `cluster`, the log and the owner's mark.
 * @param {string} dataDir
 * @returns {Promise<{ home: string, cluster: string, account: { uid: number, gid: number } | undefined }>}
 */
export async function place(dataDir) {
  const asked = path.resolve(dataDir);
  await makeFolder(asked);
  const account = await accountFor(path.join(asked, 'cluster'));
  const home = (await canReach(asked, account)) ? asked : await homeElsewhere(asked);
  const real = await realpath(home);
  const cluster = path.join(real, 'cluster');
  return { home: real, cluster, account: await accountFor(cluster) };
}

/** The id in the data folder ties the two together: whoever deletes the data folder starts with an empty database. */
async function homeElsewhere(asked) {
  const mark = path.join(asked, 'cluster-id');
  if (!(await exists(mark))) await writeFile(mark, `${randomBytes(8).toString('hex')}\n`);
  const key = createHash('sha256')
    .update(asked)
    .update(await readFile(mark))
    .digest('hex')
    .slice(0, 16);
  const home = path.join(await openBase(), key);
  await makeFolder(home);
  return home;
}

/** A folder that every account can enter and only root can change. */
export async function openBase() {
  const places = ['/var/lib/drumbeat', path.join(os.tmpdir(), 'drumbeat'), '/tmp/drumbeat'];
  for (const base of places) {
    const made = await mkdir(base, { recursive: true, mode: 0o755 }).then(
      () => true,
      () => false,
    );
    if (!made || !(await canReach(path.dirname(base), { uid: 65534, gid: 65534 }))) continue;
    await chmod(base, 0o755).catch(() => undefined);
    await mustBeRoots(base);
    return base;
  }
  throw new Error(
    `None of ${places.join(', ')} can hold the database: set DATABASE_URL, or DATA_DIR to another folder.`,
  );
}

async function makeFolder(folder) {
  try {
    await mkdir(folder, { recursive: true });
    const probe = path.join(folder, `.writable-${process.pid}`);
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    throw new Error(
      `Cannot write to ${folder} (${error.code}): make it yours, or set DATA_DIR to another folder.`,
      {
        cause: error,
      },
    );
  }
}

/**
 * Makes the cluster unless it is there. It is made under another name and renamed when finished, so that a kill in
 * between leaves nothing that looks like a database.
 * @param {{ home: string, cluster: string, account: { uid: number, gid: number } | undefined }} where
 * @param {{ initdb: string, postgres: string, major: string }} programs
 */
export async function makeCluster({ home, cluster, account }, programs) {
  await sweep(home);
  await rmdir(cluster).catch(() => undefined); // only an empty one goes
  if (await exists(cluster)) return checkCluster(cluster, programs.major);

  const making = path.join(home, `.making-${process.pid}`);
  await mkdir(making, { mode: 0o700 });
  const secret = path.join(home, `.making-${process.pid}-password`);
  await writeFile(secret, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  if (account) await Promise.all([making, secret].map((file) => chown(file, account.uid, account.gid)));

  const must = async (what, program, args, input) => {
    const { code, output } = await run(program, args, account, home, input);
    if (code !== 0)
      throw new Error(`The database could not be made in ${home}: ${what} said "${lastLine(output)}".`);
  };
  await must('initdb', programs.initdb, [
    ...['--pgdata', making, '--username', user, '--pwfile', secret, '--auth', 'scram-sha-256'],
    ...['--encoding=UTF8', '--locale=C', '--no-sync'],
  ]);
  const single = ['--single', '-D', making, '-c', 'fsync=off', '-c', 'log_min_messages=fatal', 'template1'];
  await must('postgres', programs.postgres, single, `create database ${database}\n`);
  await rename(secret, passwordFile(making));
  await rename(making, cluster);
}

async function sweep(home) {
  for (const name of await readdir(home)) {
    if (name.startsWith('.making-')) await rm(path.join(home, name), { recursive: true, force: true });
  }
}

async function checkCluster(cluster, major) {
  const found = (await readFile(path.join(cluster, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  const whole =
    found &&
    (await exists(path.join(cluster, 'global', 'pg_control'))) &&
    (await exists(passwordFile(cluster)));
  if (!whole) {
    throw new Error(
      `${cluster} holds something that isn't a whole database of ours: move it away, then start again.`,
    );
  }
  if (found !== major) {
    throw new Error(
      `The database in ${cluster} was made by Postgres ${found} and this is Postgres ${major}: export it with the old version, or move it away to start empty.`,
    );
  }
}

/** @param {string} cluster */
export const passwordFile = (cluster) => path.join(cluster, 'drumbeat.password');
