import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { birthOf, gone, isAlive, servesCluster } from './processes.mjs';

/**
 * Marks the home as this process's. A mark of a process that is no more is taken over.
 * @param {string} home
 * @returns {() => void} gives it back
 * @throws when a living process has it
 */
export function own(home) {
  const mark = path.join(home, 'owner.json');
  const mine = JSON.stringify({ pid: process.pid, birth: birthOf(process.pid) });
  for (let tries = 0; tries < 3; tries++) {
    try {
      writeFileSync(mark, mine, { flag: 'wx' });
      return () => {
        if (read(mark) === mine) rmSync(mark, { force: true });
      };
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const other = parse(read(mark));
    if (other && isAlive(other.pid) && birthOf(other.pid) === other.birth) {
      throw new Error(
        `Process ${other.pid} already runs the database in ${home}: stop it, or set DATA_DIR to another folder.`,
      );
    }
    rmSync(mark, { force: true });
  }
  throw new Error(`Several processes are starting the database in ${home} at once: start one.`);
}

/**
 * Ends what a killed run left behind: a postmaster that still serves this cluster, or the file of one that is no more.
 * @param {string} cluster
 */
export async function endLeftover(cluster) {
  const file = path.join(cluster, 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  if (!pid) return void (await rm(file, { force: true }));
  if (servesCluster(pid, cluster)) {
    for (const [signal, within] of [
      ['SIGINT', 5_000],
      ['SIGQUIT', 3_000],
      ['SIGKILL', 2_000],
    ]) {
      try {
        process.kill(pid, signal);
      } catch (error) {
        if (error.code === 'EPERM') {
          throw new Error(`Process ${pid} serves ${cluster} for another user: stop it first.`, {
            cause: error,
          });
        }
      }
      if (await gone(pid, within)) break;
    }
  }
  await rm(file, { force: true });
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
