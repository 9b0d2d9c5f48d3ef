import { generateKeyPairSync } from 'node:crypto';
import { BadSettings, dkimSettings, readSettings, Settings, wholeOrNone } from './settings.js';

const secret = Buffer.alloc(32, 'secret').toString('base64');
const good = {
  DATABASE_URL: 'postgres://drumbeat:pass-word@db/drumbeat',
  SMTP_URL: 'smtps://user:pass-word@mail.example:465',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'token-of-sixteen-or-more',
  TWILIO_MESSAGING_SERVICE_SID: `MG${'0'.repeat(32)}`,
  ENCRYPTION_KEYS: `k1:${secret}`,
  LOOKUP_KEYS: `k1:${secret}`,
};
const bad = {
  PORT: 'eighty-SECRET',
  PUBLIC_URL: 'ftp://SECRET.example',
  DATABASE_URL: 'mysql://SECRET@db/drumbeat',
  REDIS_URL: 'http://SECRET',
  SMTP_URL: 'SECRET.example:25',
  MAIL_FROM: 'SECRET at example.org',
  DKIM_DOMAIN: 'SECRET',
  DKIM_SELECTOR: 'SECRET_1',
  DKIM_PRIVATE_KEY: 'SECRET',
  SES_TOPIC_ARN: 'arn:aws:sqs:SECRET',
  SENDGRID_WEBHOOK_KEY: 'SECRET',
  MAILGUN_SIGNING_KEY: 'SECRET',
  POSTMARK_HOOK_USER: 'SECRET:user',
  POSTMARK_HOOK_PASSWORD: 'SECRET',
  BOUNCE_SMTP_PORT: 'SECRET',
  BOUNCE_DOMAIN: 'SECRET',
  TWILIO_ACCOUNT_SID: 'AC-SECRET',
  TWILIO_AUTH_TOKEN: 'SECRET',
  TWILIO_MESSAGING_SERVICE_SID: 'SECRET',
  TWILIO_API_URL: 'SECRET',
  FEDERAL_REGISTER_URL: 'SECRET',
  ENCRYPTION_KEYS: 'k1:SECRET',
  LOOKUP_KEYS: `K1:${secret}`,
  WORKER_CONCURRENCY: '0',
  EMAIL_PER_SECOND: '0',
  SMS_SEGMENTS_PER_SECOND: '1.5',
  SMS_CENTS_PER_SEGMENT: 'SECRET',
  TRUST_PROXY: 'everybody,SECRET',
  SIGNUPS_PER_IP_10_MINUTES: '0',
  SMS_QUESTIONS_A_DAY: 'SECRET',
  METRICS_PORT: 'SECRET',
  METRICS_TOKEN: 'SECRET',
  LOG_LEVEL: 'SECRET',
};

function refusal(env: Record<string, string>): string[] {
  try {
    readSettings(Settings, env);
  } catch (error) {
    if (error instanceof BadSettings) return error.problems;
  }
  throw new Error('These settings were taken.');
}

it('reads what is set, and leaves the rest at its defaults', () => {
  expect(readSettings(Settings, { ...good, PUBLIC_URL: 'https://drumbeat.example/' })).toMatchObject({
    PORT: 3000,
    PUBLIC_URL: 'https://drumbeat.example',
    WORKER_CONCURRENCY: 10,
    EMAIL_PER_SECOND: 100,
    SMS_SEGMENTS_PER_SECOND: 10,
    SMS_CENTS_PER_SEGMENT: 1,
    LOG_LEVEL: 'info',
    ENCRYPTION_KEYS: [{ id: 'k1', key: Buffer.alloc(32, 'secret') }],
  });
});

it('takes several nodes of a Redis cluster, divided by commas', () => {
  const REDIS_URL = 'redis://one:6379,redis://two:6379';
  expect(readSettings(Settings, { ...good, REDIS_URL })).toMatchObject({ REDIS_URL });
  expect(refusal({ ...good, REDIS_URL: 'redis://one:6379,http://SECRET' })).toEqual([
    'REDIS_URL must be an address that begins with redis:// or rediss://, or those of several nodes of a cluster, divided by commas',
  ]);
});

describe('settings that cannot be used', () => {
  it('are all named at once, each on a line of its own', () => {
    const problems = refusal(bad);
    expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual(Object.keys(bad).sort());
    expect(new BadSettings(problems).message.split('\n')).toHaveLength(problems.length + 1);
  });

  it('are never printed', () => {
    const said = refusal(bad).join('\n');
    expect(said).not.toContain('SECRET');
    expect(said).not.toContain(secret);
  });

  it('say what they should be', () => {
    const said = refusal(bad).join('\n');
    expect(said).toContain('DATABASE_URL must be an address that begins with postgres:// or postgresql://');
    expect(said).toContain('ENCRYPTION_KEYS must be a list like k2:BASE64,k1:BASE64');
    expect(said).toContain('TWILIO_ACCOUNT_SID must be AC and 32 hexadecimal digits');
    expect(said).toContain('MAIL_FROM must be an email address');
  });

  it('are missing when they are, empty ones too', () => {
    const needed = ['DATABASE_URL is missing', 'ENCRYPTION_KEYS is missing', 'LOOKUP_KEYS is missing'];
    expect(refusal({})).toEqual(expect.arrayContaining(needed));
    expect(refusal({ ...good, DATABASE_URL: '' })).toEqual(['DATABASE_URL is missing']);
  });

  it.each([
    ['a key of 31 bytes', `k1:${Buffer.alloc(31).toString('base64')}`],
    ['a key without its id', secret],
    ['an id in capitals', `K1:${secret}`],
    ['an id that is too long', `${'k'.repeat(13)}:${secret}`],
    ['a comma at the end', `k1:${secret},`],
    ['one id twice', `k1:${secret},k1:${Buffer.alloc(32).toString('base64')}`],
  ])('are keys with %s', (_, keys) => {
    expect(refusal({ ...good, LOOKUP_KEYS: keys })).toEqual([
      expect.stringMatching(/^LOOKUP_KEYS (must|names) /),
    ]);
  });

  it('come whole or not at all where one means nothing alone, whatever else is wrong', () => {
    const schema = Settings.pick({
      PORT: true,
      DKIM_DOMAIN: true,
      DKIM_SELECTOR: true,
      DKIM_PRIVATE_KEY: true,
    });
    const together = schema.superRefine(wholeOrNone(dkimSettings), { when: () => true });
    const problems = (env: Record<string, string>) => {
      try {
        readSettings(together, env);
      } catch (error) {
        return (error as BadSettings).problems
          .map((problem) => problem.split(' ').slice(0, 2).join(' '))
          .sort();
      }
      return [];
    };
    const weak = generateKeyPairSync('rsa', { modulusLength: 1_024 }).privateKey.export({
      type: 'pkcs8',
      format: 'pem',
    });
    const fine = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({
      type: 'pkcs8',
      format: 'pem',
    });
    const whole = {
      DKIM_DOMAIN: 'Example.org',
      DKIM_SELECTOR: 's1',
      DKIM_PRIVATE_KEY: String(fine).replaceAll('\n', '\\n'),
    };
    expect(problems({})).toEqual([]);
    expect(problems(whole)).toEqual([]);
    expect(problems({ ...whole, DKIM_PRIVATE_KEY: String(weak) })).toEqual(['DKIM_PRIVATE_KEY must']);
    expect(problems({ PORT: '0', DKIM_DOMAIN: 'SECRET', DKIM_SELECTOR: 's1' })).toEqual([
      'DKIM_DOMAIN must',
      'DKIM_PRIVATE_KEY is',
      'PORT must',
    ]);
  });

  it('are only those that the process asks for', () => {
    expect(readSettings(Settings.pick({ PORT: true }), { PORT: '3001', SMTP_URL: 'SECRET' })).toEqual({
      PORT: 3001,
    });
  });
});
