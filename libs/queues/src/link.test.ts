import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:net';
import { type INestApplicationContext, Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { freePort } from '../../../test/support/free-port.js';
import { withRedis } from '../../../test/support/parts.js';
import { startRedis } from '../../../test/support/redis.js';
import { QueueLink } from './link.js';
import { QueuesModule } from './queues.module.js';
import { Wake } from './wake.js';

withRedis('a Redis that goes away', () => {
  const news = new EventEmitter();
  const said: string[] = [];
  const warn = (text: string) => {
    said.push(text);
    news.emit('said');
  };
  let app: INestApplicationContext;
  afterAll(async () => {
    await app.close();
    Logger.overrideLogger(false);
  });

  it('is said once, however often it is tried again, and once more when it is back', async () => {
    const port = await freePort();
    let tries = 0;
    const wreck = createServer((socket) => {
      tries++;
      socket.resetAndDestroy();
      news.emit('tried');
    });
    await once(wreck.listen(port, '127.0.0.1'), 'listening');
    app = await NestFactory.createApplicationContext(
      QueuesModule.with({ DATABASE_URL: 'postgres://none', REDIS_URL: `redis://127.0.0.1:${port}` }),
      { logger: { log: () => undefined, error: () => undefined, warn } },
    );
    const link = app.get(QueueLink);
    for (let n = 0; n < 20; n++) app.get(Wake).expand({ waveId: String(n) });
    while (tries < 5) await once(news, 'tried');
    expect(said).toEqual([
      expect.stringMatching(/^The queue is away \(.+\)\. Nothing is lost: .* Check the Redis of REDIS_URL$/),
    ]);
    expect(await link.troubles()).toMatchObject([{ code: 'queue' }]);

    wreck.close();
    const redis = await startRedis(port);
    try {
      while (said.length < 2) await once(news, 'said');
      expect(said.slice(1)).toEqual(['The queue is back']);
      expect(await link.troubles()).toEqual([]);
    } finally {
      await redis.stop();
    }
    while ((await link.troubles()).length === 0) await new Promise(setImmediate);
  });
});
