import { freePort } from '../support/free-port.js';
import { useDrumbeat } from '../support/use-drumbeat.js';

const token = 'the-token-of-whoever-watches';
const port = await freePort();
const drumbeat = useDrumbeat({ env: { METRICS_PORT: String(port), METRICS_TOKEN: token } });
const figures = async (url: string) =>
  (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } })).text();

it('whoever watches sees what a worker hands over and what the api takes in, and nobody’s name', async () => {
  const ana = { email: 'ana@example.org', phone: '+15035550142' };
  await drumbeat.join(ana);
  await drumbeat.clock('2027-03-08T11:00:00-08:00');
  const worker = await figures(`http://127.0.0.1:${port}`);
  const count = (line: string) =>
    Number(
      worker
        .split('\n')
        .find((each) => each.startsWith(line))
        ?.split(' ')[1],
    );
  expect(count('drumbeat_hand_over_seconds_count{channel="email",outcome="sent"}')).toBe(
    (await drumbeat.mailTo(ana.email)).length,
  );
  expect(count('drumbeat_hand_over_seconds_count{channel="sms",outcome="sent"}')).toBeGreaterThan(0);
  expect(count('drumbeat_claim_seconds_count{channel="email"}')).toBeGreaterThan(0);
  expect(count('drumbeat_wave_expansions_total{channel="email"}')).toBeGreaterThan(0);
  expect(count('drumbeat_in_flight{channel="email"}')).toBe(0);
  expect(count('drumbeat_breaker{channel="email",state="closed"}')).toBe(1);
  const api = await figures(drumbeat.url);
  expect(api).toMatch(/drumbeat_signups_total\{source="(page|api)"\} 1/);
  expect(worker + api).not.toMatch(/ana|5035550142|@/);
  expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
});
