import { BadSettings, readSettings, Settings } from './settings.js';

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
  TWILIO_ACCOUNT_SID: 'AC-SECRET',
  TWILIO_AUTH_TOKEN: 'SECRET',
  TWILIO_MESSAGING_SERVICE_SID: 'SECRET',
  TWILIO_API_URL: 'SECRET',
  ENCRYPTION_KEYS: 'k1:SECRET',
  LOOKUP_KEYS: `K1:${secret}`,
  WORKER_CONCURRENCY: '0',
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
    LOG_LEVEL: 'info',
    ENCRYPTION_KEYS: [{ id: 'k1', key: Buffer.alloc(32, 'secret') }],
  });
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

  it('are only those that the process asks for', () => {
    expect(readSettings(Settings.pick({ PORT: true }), { PORT: '3001', SMTP_URL: 'SECRET' })).toEqual({
      PORT: 3001,
    });
  });
});
