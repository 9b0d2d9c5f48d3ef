import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  return !/^\d+ \(.*\) Z/s.test(readOr(`/proc/${pid}/stat`));
}

/**
 * Something that two processes with the same number don't share: when the process began.
 * @param {number} pid
 */
export function birthOf(pid) {
  const stat = readOr(`/proc/${pid}/stat`);
  if (stat)
    return `${readOr('/proc/sys/kernel/random/boot_id').trim()}/${stat.slice(stat.lastIndexOf(')')).split(' ')[20]}`;
  return ps(pid, 'lstart=');
}

/**
 * Whether the process is the postmaster of this cluster, and not a stranger that got its number.
 * @param {number} pid
 * @param {string} cluster an absolute path without symbolic links
 */
export function servesCluster(pid, cluster) {
  if (!isAlive(pid)) return false;
  const words = readOr(`/proc/${pid}/cmdline`).split('\0');
  if (words.length > 1) return words[words.indexOf('-D') + 1] === cluster;
  return ps(pid, 'command=').includes(`-D ${cluster} `);
}

/**
 * Waits until the process has gone; false when it is still there after so many milliseconds.
 * @param {number} pid
 * @param {number} withinMs
 */
export async function gone(pid, withinMs) {
  for (const until = Date.now() + withinMs; isAlive(pid); await pause(20)) {
    if (Date.now() > until) return false;
  }
  return true;
}

/** @param {number} ms */
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function ps(pid, column) {
  try {
    const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
    return execFileSync('ps', ['-ww', '-o', column, '-p', String(pid)], options).trim();
  } catch {
    return '';
  }
}

function readOr(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
