// `npm test`: checks, then tests. `npm test -- PATTERN` runs the tests whose path matches, and no checks.
// Needs nothing but Node, since nothing may be installed yet.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { installArguments, needsInstall, nodeProblem, npm, root } from '../apps/sandbox/install.mjs';

const results = path.join(root, 'test', '.results', 'jest.json');
const count = { passed: 0, failed: 0 };
const patterns = process.argv.slice(2);

const problem = nodeProblem();
if (problem) leave(problem);
if (needsInstall()) await install();
if (patterns.length === 0) {
  // Each takes one core: the longest on one, all the others on another.
  const lint = check('lint', 'eslint/bin/eslint.js', ['.', '--max-warnings', '0']);
  await check('types', 'typescript/bin/tsc', ['--noEmit']);
  await check('format', 'prettier/bin/prettier.cjs', ['--check', '.', '--log-level', 'warn']);
  await timed('build', () => npm(['run', 'build', '--silent']));
  await timed('client', () => npm(['run', 'client', '--silent', '--', '--check']));
  await lint;
}
const skipped = await test();
if (patterns.length === 0) await check('buttons', '../test/support/unpressed.mjs', []);
for (const name of skipped) console.log(`skipped: ${name}`);
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exit(count.failed > 0 ? 1 : 0);

async function install() {
  console.log('packages …');
  const code = await npm(installArguments);
  if (code !== 0) leave(`npm ci failed (${code}), so nothing can be tested.`);
}

/** A check counts as one test. */
async function check(name, program, args) {
  await timed(name, () => node([path.join('node_modules', program), ...args]));
}

async function timed(name, work) {
  const began = Date.now();
  console.log(`${name} …`);
  const code = await work();
  count[code === 0 ? 'passed' : 'failed'] += 1;
  console.log(`${name}: ${code === 0 ? 'ok' : `failed (${code})`}, ${seconds(began)} s`);
}

/** @returns the names of tests that were skipped */
async function test() {
  const began = Date.now();
  console.log('tests …');
  mkdirSync(path.dirname(results), { recursive: true });
  rmSync(results, { force: true });
  if (patterns.length === 0)
    rmSync(path.join(path.dirname(results), 'buttons'), { recursive: true, force: true });
  const code = await node([
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    path.join('node_modules', 'jest', 'bin', 'jest.js'),
    '--json',
    `--outputFile=${results}`,
    ...patterns,
  ]);
  const skipped = existsSync(results) ? add(JSON.parse(readFileSync(results, 'utf8'))) : [];
  const unaccounted = code !== 0 && count.failed === 0;
  if (unaccounted) count.failed += 1;
  console.log(`tests: ${code === 0 ? 'ok' : `failed (${code})`}, ${seconds(began)} s`);
  return skipped;
}

/** A file that could not even run counts as one failure. */
function add({ numPassedTests, numFailedTests, numRuntimeErrorTestSuites, testResults }) {
  count.passed += numPassedTests;
  count.failed += numFailedTests + numRuntimeErrorTestSuites;
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'pending' || status === 'todo')
    .map(({ fullName }) => fullName);
}

function node(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (status, signal) => resolve(status ?? signal));
  });
}

function seconds(began) {
  return ((Date.now() - began) / 1000).toFixed(1);
}

function leave(sentence) {
  console.error(sentence);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
