// Says which buttons of the console journeys saw and none pressed. Run by `npm test` after all of them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../.results/buttons/', import.meta.url));
const notes = existsSync(folder)
  ? readdirSync(folder).map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')))
  : [];
const pressed = new Set(notes.flatMap((note) => note.pressed));
const seen = new Set(notes.flatMap((note) => note.seen));
const never = [...seen].filter((name) => !pressed.has(name)).sort();
console.log(`${seen.size} buttons of the console were seen, ${seen.size - never.length} of them pressed.`);
for (const name of never) console.log(`never pressed: ${name}`);
process.exit(never.length === 0 ? 0 : 1);
