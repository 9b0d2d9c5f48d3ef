import { Redis } from 'ioredis';
import { withRedis } from '../support/parts.js';
import { useDrumbeat, walls } from '../support/use-drumbeat.js';

withRedis('with BullMQ on a real Redis', () => {
  const drumbeat = useDrumbeat({ redis: true });
  const on = (day: string, time: string) => drumbeat.clock(`2027-03-${day}T${time}:00-08:00`);

  it('the loop is the same, and losing Redis in mid-campaign loses nothing', async () => {
    const docket = await drumbeat.campaign('soc-docket');
    const [ana, ben] = [{ email: 'ana@example.org', phone: '+15035550142' }, { email: 'ben@example.org' }];
    await drumbeat.join(ana);
    const redis = new Redis(drumbeat.redis!.url);
    expect(Number(await redis.get('{drumbeat-deliver}:deliver:id'))).toBeGreaterThan(0);
    redis.disconnect();
    const authorization = `Bearer ${drumbeat.key}`;
    const board = await fetch(`${drumbeat.url}/queues/api/redis/stats`, { headers: { authorization } });
    expect([board.status, await board.text()]).toEqual([200, expect.stringMatching(/redis/i)]);
    await on('08', '11:00');
    await drumbeat.redis!.stop();

    await drumbeat.join(ben);
    await on('10', '12:30');
    await drumbeat.text(ana.phone, 'DONE');
    await on('12', '12:00');
    expect(walls(await drumbeat.mailTo(ana.email))).toEqual([
      'Mon 1 09:00',
      'Thu 4 10:00',
      'Mon 8 10:30',
      'Wed 10 12:00',
    ]);
    expect(walls(await drumbeat.textsTo(ana.phone)).slice(2)).toEqual([
      'Mon 8 10:30',
      'Wed 10 12:00',
      'Wed 10 12:30',
    ]);
    expect(walls(await drumbeat.mailTo(ben.email))).toEqual([
      'Mon 8 11:00',
      'Wed 10 12:00',
      'Thu 11 08:30',
      'Fri 12 10:00',
    ]);
    expect(await drumbeat.figures(docket)).toMatchObject({ signups: 2, optedIn: 2, confirmed: 1 });
  }, 60_000);
});
