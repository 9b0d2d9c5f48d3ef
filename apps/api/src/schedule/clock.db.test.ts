import { setNow } from '../../../../test/support/clock.js';
import { useApi } from '../../../../test/support/use-api.js';

const world = useApi();

it('says what time the campaigns go by, not what time it is', async () => {
  await setNow(world.db, new Date('2027-03-02T12:00:00Z'));
  const { now } = (await world.call('GET', '/api/v1/clock')).json<{ now: string }>();
  expect(now).toMatch(/^2027-03-02T12:00:/);
});
