/**
 * The usual design: one BullMQ job per recipient, on Postgres as ours. Each job reads its person, composes by nodemailer, sends,
 * and updates its row. Standard input is `Given`; answers `{ "perSecond" }`, adding the jobs included.
 */
import { readFileSync } from 'node:fs';
import { createPostgresBackend, Queue, setDefaultBackendFactory, Worker } from 'bullmq';
import { createTransport } from 'nodemailer';
import pg from 'pg';
import { readSettings, Settings } from '#boot';
import { Keyring } from '#postgres';

type Given = {
  url: string;
  connections: number;
  database: string;
  secrets: Record<string, string>;
  campaignId: string;
  mail: { from: string; replyTo: string; subject: string; text: string; html: string; headers: object };
};

const given = JSON.parse(readFileSync(0, 'utf8')) as Given;
const { ENCRYPTION_KEYS, LOOKUP_KEYS } = readSettings(
  Settings.pick({ ENCRYPTION_KEYS: true, LOOKUP_KEYS: true }),
  given.secrets,
);
const keys = new Keyring(ENCRYPTION_KEYS, LOOKUP_KEYS);
const { url, connections, campaignId, mail } = given;
const transport = createTransport({ url, pool: true, maxConnections: connections, maxMessages: Infinity });
const db = new pg.Pool({ connectionString: given.database, max: 16 });
setDefaultBackendFactory(createPostgresBackend as unknown as Parameters<typeof setDefaultBackendFactory>[0]);
const connection = { connectionString: given.database, max: 16 } as never;

type Person = { email: string; name: string; signup_id: string };

async function send(id: string): Promise<void> {
  const { rows } = await db.query<Person>(
    `select p.email, p.name, r.signup_id from reminders r join supporters p on p.id = r.supporter_id
     where r.campaign_id = $1 and r.id = $2 and r.state = 'due'`,
    [campaignId, id],
  );
  const [person] = rows;
  if (!person) return;
  const token = keys.token(keys.tokenKey, person.signup_id, 'done');
  const name = keys.open('name', person.name);
  const fill = (words: string) => words.replaceAll('NAME', name).replaceAll('TOKEN', token);
  const messageId = `<${id}.${campaignId}@drumbeat.example>`;
  await transport.sendMail({
    ...mail,
    to: keys.open('email', person.email),
    text: fill(mail.text),
    html: fill(mail.html),
    textEncoding: 'quoted-printable',
    messageId,
    headers: {
      ...mail.headers,
      'List-Unsubscribe': { prepared: true, value: `<https://drumbeat.example/stop/${token}>` },
    },
  });
  await db.query(
    `update reminders set state = 'sent', settled_at = clock_timestamp(), provider_id = $3 where campaign_id = $1 and id = $2`,
    [campaignId, id, messageId],
  );
}

const { rows: due } = await db.query<{ id: string }>(`select id from reminders where campaign_id = $1`, [
  campaignId,
]);
let done = 0;
const queue = new Queue('per-job', { connection });
const worker = new Worker('per-job', (job) => send((job.data as { id: string }).id), {
  connection,
  concurrency: connections,
});
await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);
const over = new Promise<void>((resolve, reject) => {
  worker.on('completed', () => ++done === due.length && resolve());
  worker.on('failed', (_, error) => reject(error));
});
const started = performance.now();
for (let from = 0; from < due.length; from += 1_000) {
  const jobs = due
    .slice(from, from + 1_000)
    .map(({ id }) => ({ name: 'send', data: { id }, opts: { removeOnComplete: true } }));
  await queue.addBulk(jobs);
}
await over;
const perSecond = (due.length / (performance.now() - started)) * 1_000;
process.stdout.write(JSON.stringify({ perSecond }), () => process.exit(0));
