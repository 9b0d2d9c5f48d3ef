import { createPrivateKey, createPublicKey } from 'node:crypto';
import { isIP } from 'node:net';
import { z } from 'zod';

const whole = (from: number, to: number) => {
  const error = `must be a whole number from ${from} to ${to}`;
  return z.coerce.number({ error }).int({ error }).min(from, { error }).max(to, { error });
};
const price = (from: number, to: number) => {
  const error = `must be a number from ${from} to ${to}`;
  return z.coerce.number({ error }).min(from, { error }).max(to, { error });
};
const url = (...schemes: string[]) =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol.slice(0, -1)), {
    error: `must be an address that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
  });
const nodes = z
  .string()
  .refine((text) => text.split(',').every((node) => url('redis', 'rediss').safeParse(node).success), {
    error:
      'must be an address that begins with redis:// or rediss://, or those of several nodes of a cluster, divided by commas',
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
const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const signingKey = z.string().transform((pem, context) => {
  try {
    const key = createPrivateKey(pem.replaceAll('\\n', '\n'));
    if (key.asymmetricKeyType === 'rsa' && key.asymmetricKeyDetails!.modulusLength! >= 2_048) return key;
  } catch {
    // not a key at all
  }
  context.addIssue({
    code: 'custom',
    message:
      'must be an RSA private key of 2,048 bits or more in PEM, its lines divided by \\n or line breaks',
  });
  return z.NEVER;
});
const named = ['loopback', 'linklocal', 'uniquelocal'];
/** As SendGrid shows it: a public key of P-256, DER in base64. */
const eventKey = z.string().transform((text, context) => {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key;
  } catch {
    // not a key at all
  }
  context.addIssue({
    code: 'custom',
    message: 'must be the verification key that SendGrid shows, on one line of base64',
  });
  return z.NEVER;
});
const topics = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine((arns) => arns.every((arn) => /^arn:aws(-[a-z]+)*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/.test(arn)), {
    error: 'must be a list of topics like arn:aws:sns:us-east-1:123456789012:mail-events',
  });
/** Who may say in X-Forwarded-For where a request came from: nobody, so many proxies in a row, or these addresses. */
const proxies = z
  .string()
  .refine(
    (text) =>
      text === 'off' ||
      /^[1-9]$/.test(text) ||
      text.split(',').every((part) => named.includes(part.trim()) || isNetwork(part.trim())),
    {
      error: `must be off, a number of proxies from 1 to 9, or a list of addresses, networks like 10.0.0.0/8, and ${named.join(', ')}`,
    },
  )
  .transform((text) => {
    if (text === 'off') return false;
    const hops = Number(text);
    return hops ? (_: string, hop: number) => hop < hops : text.split(',').map((part) => part.trim());
  });
const isNetwork = (text: string) => {
  const [address = '', bits] = text.split('/');
  return isIP(address) > 0 && (bits === undefined || /^\d{1,3}$/.test(bits));
};

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
  /** Without it BullMQ runs on Postgres. Several nodes of one cluster are divided by commas. */
  REDIS_URL: nodes.optional(),
  SMTP_URL: url('smtp', 'smtps'),
  /** The address in From; the name before it is the coalition's neutral short name. */
  MAIL_FROM: z.email({ error: 'must be an email address' }).default('reminders@localhost.localdomain'),
  /** Mail is signed when these three are set; they come whole or not at all. */
  DKIM_DOMAIN: z
    .string()
    .toLowerCase()
    .regex(new RegExp(`^(${label}\\.)+${label}$`), 'must be a domain like mail.example.org')
    .optional(),
  DKIM_SELECTOR: z
    .string()
    .toLowerCase()
    .regex(new RegExp(`^${label}(\\.${label})*$`), 'must be a name of a–z, 0–9 and hyphens')
    .optional(),
  DKIM_PRIVATE_KEY: signingKey.optional(),
  /** The SNS topics that Amazon SES tells about bounces, complaints and deliveries; each provider's hook is shut without its setting. */
  SES_TOPIC_ARN: topics.optional(),
  SENDGRID_WEBHOOK_KEY: eventKey.optional(),
  MAILGUN_SIGNING_KEY: z.string().min(16, 'is too short').optional(),
  /** These two come whole or not at all. */
  POSTMARK_HOOK_USER: z
    .string()
    .regex(/^[^:]+$/, 'must have no colon')
    .optional(),
  POSTMARK_HOOK_PASSWORD: z.string().min(16, 'is too short').optional(),
  /** Where the api takes bounces by SMTP, and the domain of their addresses; whole or not at all. */
  BOUNCE_SMTP_PORT: whole(1, 65_535).optional(),
  BOUNCE_DOMAIN: z
    .string()
    .toLowerCase()
    .regex(new RegExp(`^(${label}\\.)+${label}$`), 'must be a domain like bounces.example.org')
    .optional(),
  TWILIO_ACCOUNT_SID: z.string().regex(/^AC[0-9a-f]{32}$/, 'must be AC and 32 hexadecimal digits'),
  TWILIO_AUTH_TOKEN: z.string().min(16, 'is too short'),
  TWILIO_MESSAGING_SERVICE_SID: z.string().regex(/^MG[0-9a-f]{32}$/, 'must be MG and 32 hexadecimal digits'),
  /** The number that texts come from, as people would type it; pages say where START goes. */
  SMS_NUMBER: z
    .string()
    .regex(/^\+?[\d ()-]{5,20}$/, 'must be a phone number or a short code')
    .optional(),
  TWILIO_API_URL: url('http', 'https').default('https://api.twilio.com'),
  /** Where a docket's dates are read and watched. Without a key `DEMO_KEY` is used, which may ask 30 times an hour and 50 a day. */
  REGULATIONS_GOV_URL: url('http', 'https').default('https://api.regulations.gov/v4'),
  REGULATIONS_GOV_API_KEY: z
    .string()
    .regex(/^[!-~]{8,100}$/, 'must be a key of 8 to 100 characters without spaces')
    .optional(),
  FEDERAL_REGISTER_URL: url('http', 'https').default('https://www.federalregister.gov/api/v1'),
  /** First key writes, all read. */
  ENCRYPTION_KEYS: keyList,
  LOOKUP_KEYS: keyList,
  /** Hand-overs in flight per channel and worker process. */
  WORKER_CONCURRENCY: whole(1, 200).default(10),
  /** How fast a provider takes what it is handed, over all workers: waves are planned by it. */
  EMAIL_PER_SECOND: whole(1, 100_000).default(100),
  SMS_SEGMENTS_PER_SECOND: whole(1, 100_000).default(10),
  /** What a provider takes in a day, where it says so; the day is the database's. */
  EMAIL_PER_DAY: whole(1, 1_000_000_000).optional(),
  SMS_SEGMENTS_PER_DAY: whole(1, 1_000_000_000).optional(),
  /** What one segment of a text costs, in US cents: shown while words are written. */
  SMS_CENTS_PER_SEGMENT: price(0, 1_000).default(1),
  /** Whose X-Forwarded-For is believed; anybody else could write any address into limits and a consent's proof. */
  TRUST_PROXY: proxies.default([...named]),
  /** Signups from one network (an IPv4 address, an IPv6 /64): people at a meeting share one. */
  SIGNUPS_PER_IP_10_MINUTES: whole(1, 1_000_000).default(60),
  SIGNUPS_PER_IP_A_DAY: whole(1, 1_000_000).default(300),
  /** Texts that ask for a YES: what they may cost, over everything and for one coalition. */
  SMS_QUESTIONS_A_DAY: whole(0, 1_000_000).default(2_000),
  SMS_QUESTIONS_A_DAY_PER_COALITION: whole(0, 1_000_000).default(500),
  /** To numbers that begin with the same six digits, and, in an hour, to numbers within ten of each other. */
  SMS_QUESTIONS_A_DAY_PER_PREFIX: whole(1, 10_000).default(30),
  SMS_QUESTIONS_AN_HOUR_TO_NEIGHBOURS: whole(1, 10_000).default(4),
  /** Where a worker tells its health and figures; left out, it listens on no port. */
  METRICS_PORT: whole(1, 65_535).optional(),
  /** What Prometheus sends as "Authorization: Bearer TOKEN"; /metrics is shut without it. */
  METRICS_TOKEN: z.string().min(16, 'is too short').optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});
export type Settings = z.infer<typeof Settings>;
export type Key = Settings['ENCRYPTION_KEYS'][number];

export const dkimSettings = ['DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_PRIVATE_KEY'] as const;

export const postmarkSettings = ['POSTMARK_HOOK_USER', 'POSTMARK_HOOK_PASSWORD'] as const;
export const bounceSettings = ['BOUNCE_SMTP_PORT', 'BOUNCE_DOMAIN'] as const;

/** For `schema.superRefine(…)`: variables that come whole or not at all; each missing one is named. */
export function wholeOrNone(names: readonly string[]) {
  return (given: Record<string, unknown>, context: z.RefinementCtx): void => {
    const missing = names.filter((name) => given[name] === undefined);
    if (missing.length === names.length) return;
    for (const name of missing) context.addIssue({ code: 'custom', path: [name], message: 'is missing' });
  };
}

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
