import fastify from 'fastify';
import { evenOut, leavesAt } from './even-out.js';

it.each([
  [0, 200],
  [3.2, 200],
  [200, 200],
  [200.1, 250],
  [250, 250],
  [412, 450],
])('what is ready after %d ms leaves after %d ms', (ready, leaves) => expect(leavesAt(ready)).toBe(leaves));

it('holds back only what could tell, and nobody else meanwhile', async () => {
  const server = fastify();
  evenOut(server);
  server.post('/c/:campaign/:coalition', async () => 'signed up');
  server.get('/c/:campaign/:coalition', async () => 'the form');
  const left: string[] = [];
  const ask = async (method: 'GET' | 'POST') => {
    const from = performance.now();
    await server.inject({ method, url: '/c/a/b' });
    left.push(method);
    return performance.now() - from;
  };
  await ask('GET');
  left.length = 0;
  const [held] = await Promise.all([ask('POST'), ask('GET'), ask('GET')]);
  expect(held).toBeGreaterThanOrEqual(199);
  expect(left).toEqual(['GET', 'GET', 'POST']);
  await server.close();
});
