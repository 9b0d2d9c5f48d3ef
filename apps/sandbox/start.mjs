// `npm start`: from a clean clone to a running sandbox. Needs nothing but Node, since nothing may be installed yet.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, statSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const at = (...names) => path.join(root, ...names);
const installed = at('node_modules', '.package-lock.json');
const built = at('dist', '.built');
const main = at('dist', 'apps', 'sandbox', 'src', 'main.js');

checkNode(process.versions.node);
process.chdir(root);
const log = openLog();
if (writtenAt(at('package-lock.json')) > writtenAt(installed)) {
  await step('Installing packages (half a minute or so)', 'npm ci', [
    'ci',
    '--include=dev',
    '--no-audit',
    '--no-fund',
  ]);
}
if (!existsSync(main) || (await newestSource()) > writtenAt(built)) {
  await step('Building', 'npm run build', ['run', 'build', '--silent']);
  if (!existsSync(main))
    leave(`The build ended well but made no ${path.relative(root, main)}: see ${log.file}.`);
  writeFileSync(built, `${new Date().toISOString()}\n`);
}
closeSync(log.fd);
await import(pathToFileURL(main).href);

function checkNode(version) {
  const [major, minor] = version.split('.').map(Number);
  const fits = major >= 24 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
  if (!fits)
    leave(
      `Drumbeat needs Node 20.19 or later in 20, 22.12 or later in 22, or 24 and up; this is Node ${version}.`,
    );
}

/** A step's own words go to the log; here it says what it does and how long that took. */
async function step(says, command, args) {
  const began = Date.now();
  console.log(`${says} …`);
  const cli = process.env.npm_execpath ?? '';
  const [program, first] = /npm-cli\.c?js$/.test(cli) ? [process.execPath, [cli]] : ['npm', []];
  const code = await new Promise((resolve) => {
    const child = spawn(program, [...first, ...args], { cwd: root, stdio: ['ignore', log.fd, log.fd] });
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (status, signal) => resolve(status ?? signal));
  });
  if (code !== 0) leave(`${command} failed (${code}), so Drumbeat cannot start: see ${log.file}.`);
  console.log(`  done in ${Math.max(1, Math.round((Date.now() - began) / 1000))} s`);
}

/** When the newest file that goes into the build was changed; a folder's own time tells of files that went away. */
async function newestSource() {
  const settings = ['package.json', 'package-lock.json', '.swcrc', 'tsconfig.json'].map((name) =>
    writtenAt(at(name)),
  );
  return Math.max(...settings, await newestIn(at('apps')), await newestIn(at('libs')));
}

async function newestIn(folder) {
  let newest = writtenAt(folder);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (['node_modules', 'dist'].includes(entry.name) || entry.name.startsWith('.')) continue;
    const file = path.join(folder, entry.name);
    newest = Math.max(newest, entry.isDirectory() ? await newestIn(file) : writtenAt(file));
  }
  return newest;
}

function writtenAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function openLog() {
  for (const folder of [
    process.env.DATA_DIR || at('data'),
    path.join(os.tmpdir(), `drumbeat-${process.pid}`),
  ]) {
    try {
      mkdirSync(folder, { recursive: true });
      const file = path.resolve(folder, 'start.log');
      return { file, fd: openSync(file, 'w') };
    } catch {
      // the next one
    }
  }
  return leave(
    `Neither ${at('data')} nor ${os.tmpdir()} can be written to: set DATA_DIR to a folder of yours.`,
  );
}

function leave(sentence) {
  console.error(sentence);
  process.exit(1);
}
