// `npm run faults`: builds, then runs the table of DESIGN §9. `-- --only NAME` runs one row, `-- --json` ends with a line of JSON.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from '../support/compile.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
await compile();
const child = spawn(
  process.execPath,
  ['--enable-source-maps', path.join(root, 'dist', 'test', 'faults', 'main.js'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
