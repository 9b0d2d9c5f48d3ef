import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { DataSource, type EntityManager } from 'typeorm';
import { parseEmail } from '#domain';
import { readSettings, Settings, startOrSay } from '#boot';
import { Accounts, Audit, dataSourceOptions, Keyring, migrate, type Role, Staff } from '#postgres';

const usage = `npm run admin -- create-key --name NAME [--role administrator|organizer|leader] [--coalition ID]
       npm run admin -- invite-administrator EMAIL`;
const roles: readonly string[] = ['administrator', 'organizer', 'leader'] satisfies Role[];
const actor = 'command:npm run admin';

/** `npm run admin`: prints a key, or the link of an invitation, once; only their hashes are kept. */
await startOrSay(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      role: { type: 'string', default: 'organizer' },
      coalition: { type: 'string' },
    },
  });
  const [command, email] = positionals;
  if (command === 'create-key') await say(createKey(values));
  else if (command === 'invite-administrator') await say(inviteAdministrator(email ?? ''));
  else throw new Error(`Say what to do: ${usage}`);
});

type Work = (db: EntityManager) => Promise<string>;

async function say(work: Work): Promise<void> {
  const { DATABASE_URL } = readSettings(Settings.pick({ DATABASE_URL: true }));
  await migrate(DATABASE_URL);
  const db = await new DataSource(dataSourceOptions(DATABASE_URL, 1)).initialize();
  const words = await db.transaction(work);
  await db.destroy();
  process.stdout.write(`${words}\n`);
}

function createKey({ name, role, coalition }: { name?: string; role: string; coalition?: string }): Work {
  if (!roles.includes(role)) throw new Error(`"${role}" is not a role. ${usage}`);
  if ((role === 'leader') !== (coalition !== undefined)) {
    throw new Error(`A leader's key belongs to one coalition, and only a leader's does. ${usage}`);
  }
  const called = name ?? `created ${new Date().toISOString().slice(0, 10)}`;
  return async (db) => {
    await new Audit(db).write(actor, 'key.created', null, { name: called, role });
    return new Staff(db).createKey(called, role as Role, coalition);
  };
}

/** How the first person comes in; they invite the others. */
function inviteAdministrator(typed: string): Work {
  const email = parseEmail(typed);
  if ('problem' in email) throw new Error(`"${typed}" is not an email address. ${usage}`);
  const { PUBLIC_URL, ENCRYPTION_KEYS, LOOKUP_KEYS } = readSettings(
    Settings.pick({ PUBLIC_URL: true, ENCRYPTION_KEYS: true, LOOKUP_KEYS: true }),
  );
  return async (db) => {
    const accounts = new Accounts(db, new Keyring(ENCRYPTION_KEYS, LOOKUP_KEYS));
    if (await accounts.byEmail(email.lookup))
      throw new Error('This address has an account: sign in with it.');
    const invite = { email, role: 'administrator', coalitionId: null, language: 'en' } as const;
    const { id, token } = await accounts.invite(invite, actor);
    await new Audit(db).write(actor, 'account.invited', null, { invitationId: id, role: 'administrator' });
    return `${PUBLIC_URL}/console/invitation/${token}`;
  };
}
