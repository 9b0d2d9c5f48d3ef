import { useApi } from '../../../../test/support/use-api.js';

const world = useApi();

it.each([
  ['/campaigns', '/console'],
  ['/campaigns/17', '/console/campaigns/17'],
  ['/campaigns/17/texts?lang=es', '/console/campaigns/17/texts'],
])('%s of a notice mailed before leads to %s', async (old, now) => {
  const { statusCode, headers } = await world.get(old);
  expect([statusCode, headers['location']]).toEqual([302, now]);
});
