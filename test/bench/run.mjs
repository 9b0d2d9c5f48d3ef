// `npm run bench`: compiles, then measures. See docs/bench/README.md.
import { spawn } from 'node:child_process';
import { compile } from '../support/compile.mjs';

await compile();
const child = spawn(process.execPath, ['dist/test/bench/main.js', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
