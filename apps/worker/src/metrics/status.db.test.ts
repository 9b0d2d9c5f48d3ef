import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { readSettings } from '#boot';
import { freePort } from '../../../../test/support/free-port.js';
import { until } from '../../../../test/support/use-drumbeat.js';
import { testKeys, useDatabase } from '../../../../test/support/use-database.js';
import { WorkerSettings } from '../settings.js';
import { WorkerModule } from '../worker.module.js';
import { WorkerMetrics } from './worker-metrics.js';

const token = 'the-token-of-whoever-watches';
const world = useDatabase();
let worker: INestApplicationContext;
let url: string;

beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const settings = readSettings(WorkerSettings, {
    ...testKeys,
    DATABASE_URL: world.url,
    SMTP_URL: 'smtp://127.0.0.1:1',
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: '0'.repeat(32),
    TWILIO_MESSAGING_SERVICE_SID: `MG${'0'.repeat(32)}`,
    METRICS_PORT: String(port),
    METRICS_TOKEN: token,
  });
  worker = await NestFactory.createApplicationContext(WorkerModule.with(settings), { logger: false });
}, 60_000);
afterAll(async () => {
  await worker.close();
  await expect(fetch(`${url}/health/live`)).rejects.toThrow();
});

const get = async (path: string, authorization?: string) => {
  const answer = await fetch(`${url}${path}`, { headers: authorization ? { authorization } : {} });
  return { status: answer.status, text: await answer.text() };
};
const figures = async () => (await get('/metrics', `Bearer ${token}`)).text;

it('is alive and ready, and not ready while the schema is behind', async () => {
  expect(await get('/health/live')).toEqual({ status: 200, text: '{"status":"ok"}' });
  const ready = await until(
    () => get('/health/ready'),
    ({ status }) => status === 200,
  );
  expect(ready).toEqual({ status: 200, text: '{"status":"ok"}' });
  await world.db.query(`update migrations set name = 'x' || name where name like 'Limits%'`);
  const { status, text } = await get('/health/ready');
  expect([status, JSON.parse(text)]).toEqual([
    503,
    expect.objectContaining({ code: 'schema', detail: expect.stringContaining('(Limits)') as unknown }),
  ]);
  expect((await get('/health/live')).status).toBe(200);
  await world.db.query(`update migrations set name = substr(name, 2) where name like 'xLimits%'`);
  expect((await get('/health/ready')).status).toBe(200);
});

it('shows its figures to whoever sends the token, and to nobody else', async () => {
  expect((await get('/metrics')).status).toBe(401);
  expect((await get('/metrics', 'Bearer wrong')).status).toBe(401);
  expect((await get('/elsewhere')).status).toBe(404);
  expect((await get('/metrics', `Bearer ${token}`)).status).toBe(200);
});

it('counts hand-overs, claims and waves by channel, and shows what each lane does now', async () => {
  const metrics = worker.get(WorkerMetrics);
  metrics.handedOver('email', 'sent', 40);
  metrics.handedOver('email', 'sent', 60);
  metrics.handedOver('sms', 'ambiguous', 2_000);
  await metrics.claiming('email', Promise.resolve());
  metrics.expanded('sms', 250);
  metrics.watch('sms', () => ({ inFlight: 7, breaker: 'open' }));
  const text = await figures();
  for (const line of [
    'drumbeat_hand_over_seconds_count{channel="email",outcome="sent"} 2',
    'drumbeat_hand_over_seconds_sum{channel="email",outcome="sent"} 0.1',
    'drumbeat_hand_over_seconds_bucket{le="1",channel="sms",outcome="ambiguous"} 0',
    'drumbeat_claim_seconds_count{channel="email"} 1',
    'drumbeat_wave_expansions_total{channel="sms"} 1',
    'drumbeat_wave_reminders_total{channel="sms"} 250',
    'drumbeat_in_flight{channel="sms"} 7',
    'drumbeat_breaker{channel="sms",state="open"} 1',
    'drumbeat_breaker{channel="sms",state="closed"} 0',
  ])
    expect(text).toContain(line);
  expect(text).toMatch(/^process_resident_memory_bytes \d/m);
});

it('shows how long ago any worker took a slot', async () => {
  const age = async () => Number(/^drumbeat_tick_age_seconds (\S+)$/m.exec(await figures())![1]);
  expect(await until(age, (seconds) => seconds < 5)).toBeLessThan(5);
});
