// `npm start`: from a clean clone to a running sandbox. Needs nothing but Node, since nothing may be installed yet.
import { closeSync, existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { installArguments, needsInstall, nodeProblem, npm, root, writtenAt } from './install.mjs';

const at = (...names) => path.join(root, ...names);
const built = at('dist', '.built');
const main = at('dist', 'apps', 'sandbox', 'src', 'main.js');

const problem = nodeProblem();
if (problem) leave(problem);
process.chdir(root);
const log = openLog();
if (needsInstall()) await step('Installing packages (half a minute or so)', 'npm ci', installArguments);
if (!existsSync(main) || (await newestSource()) > writtenAt(built)) {
  await step('Building', 'npm run build', ['run', 'build', '--silent']);
  if (!existsSync(main))
    leave(`The build ended well but made no ${path.relative(root, main)}: see ${log.file}.`);
  writeFileSync(built, `${new Date().toISOString()}\n`);
}
closeSync(log.fd);
await import(pathToFileURL(main).href);

/** A step's own words go to the log; here it says what it does and how long that took. */
async function step(says, command, args) {
  const began = Date.now();
  console.log(`${says} …`);
  const code = await npm(args, ['ignore', log.fd, log.fd]);
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
