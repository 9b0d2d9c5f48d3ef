import { z } from 'zod';

const whole = (from: number, to: number) => {
  const error = `must be a whole number from ${from} to ${to}`;
  return z.coerce.number({ error }).int({ error }).min(from, { error }).max(to, { error });
};
const url = (...schemes: string[]) =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol.slice(0, -1)), {
    error: `must be an address that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
  });

const keyList = z
  .string()
  .transform((text) => text.split(',').map((entry) => entry.trim().split(':')))
  .refine((entries) => entries.every(([id, key]) => /^[a-z0-9]{1,12}$/.test(id ?? '') && isKey(key)), {
    error:
      'must be a list like k2:BASE64,k1:BASE64, each key 32 bytes in base64, each id 1–12 of a–z and 0–9',
  })
  .refine((entries) => new Set(entries.map(([id]) => id)).size === entries.length, {
    error: 'names one key id twice',
  })
  .transform((entries) => entries.map(([id, key]) => ({ id: id!, key: Buffer.from(key!, 'base64') })));
const isKey = (text = '') => Buffer.from(text, 'base64').length === 32;

/**
 * Everything that can be set, from the environment only.
 * An app asks for the part it needs with `readSettings(Settings.pick({ … }))`.
 */
export const Settings = z.object({
  PORT: whole(1, 65_535).default(3000),
  /** Where people reach the pages; links in messages begin with it. */
  PUBLIC_URL: url('http', 'https')
    .transform((text) => text.replace(/\/+$/, ''))
    .default('http://localhost:3000'),
  DATA_DIR: z.string().min(1).default('data'),
  DATABASE_URL: url('postgres', 'postgresql'),
  /** Without it BullMQ runs on Postgres. */
  REDIS_URL: url('redis', 'rediss').optional(),
  SMTP_URL: url('smtp', 'smtps'),
  /** The address in From; the name before it is the coalition's neutral short name. */
  MAIL_FROM: z.email({ error: 'must be an email address' }).default('reminders@localhost.localdomain'),
  TWILIO_ACCOUNT_SID: z.string().regex(/^AC[0-9a-f]{32}$/, 'must be AC and 32 hexadecimal digits'),
  TWILIO_AUTH_TOKEN: z.string().min(16, 'is too short'),
  TWILIO_MESSAGING_SERVICE_SID: z.string().regex(/^MG[0-9a-f]{32}$/, 'must be MG and 32 hexadecimal digits'),
  TWILIO_API_URL: url('http', 'https').default('https://api.twilio.com'),
  /** First key writes, all read. */
  ENCRYPTION_KEYS: keyList,
  LOOKUP_KEYS: keyList,
  /** Hand-overs in flight per channel and worker process. */
  WORKER_CONCURRENCY: whole(1, 200).default(10),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});
export type Settings = z.infer<typeof Settings>;
export type Key = Settings['ENCRYPTION_KEYS'][number];

/** Thrown at boot: names every bad variable at once and prints no value. */
export class BadSettings extends Error {
  constructor(readonly problems: string[]) {
    super(`The environment is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/**
 * @param schema the part of `Settings` that the caller needs
 * @throws BadSettings with a line per bad or missing variable
 */
export function readSettings<Part extends z.ZodObject>(schema: Part, env = process.env): z.infer<Part> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const answer = schema.safeParse(given);
  if (answer.success) return answer.data;
  throw new BadSettings(
    answer.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      if (given[name] === undefined) return `${name} is missing`;
      return `${name} ${/^(must|names|is) /.test(issue.message) ? issue.message : 'is not valid'}`;
    }),
  );
}
