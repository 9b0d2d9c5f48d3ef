import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { DataSource } from 'typeorm';
import { readSettings, Settings, startOrSay } from '#boot';
import { Audit, dataSourceOptions, migrate, type Role, Staff } from '#postgres';

const usage = `npm run admin -- create-key --name NAME [--role administrator|organizer|leader] [--coalition ID]`;
const roles: readonly string[] = ['administrator', 'organizer', 'leader'] satisfies Role[];

/** `npm run admin -- create-key`: prints a key once; only its hash is kept. */
await startOrSay(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      role: { type: 'string', default: 'organizer' },
      coalition: { type: 'string' },
    },
  });
  if (positionals[0] !== 'create-key') throw new Error(`Say what to do: ${usage}`);
  if (!roles.includes(values.role)) throw new Error(`"${values.role}" is not a role. ${usage}`);
  if ((values.role === 'leader') !== (values.coalition !== undefined)) {
    throw new Error(`A leader's key belongs to one coalition, and only a leader's does. ${usage}`);
  }
  const { DATABASE_URL } = readSettings(Settings.pick({ DATABASE_URL: true }));
  await migrate(DATABASE_URL);
  const db = await new DataSource(dataSourceOptions(DATABASE_URL, 1)).initialize();
  const name = values.name ?? `created ${new Date().toISOString().slice(0, 10)}`;
  const key = await db.transaction(async (manager) => {
    await new Audit(manager).write('command:npm run admin', 'key.created', null, { name, role: values.role });
    return new Staff(manager).createKey(name, values.role as Role, values.coalition);
  });
  await db.destroy();
  process.stdout.write(`${key}\n`);
});
