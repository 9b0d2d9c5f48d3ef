import { CampaignClock } from '#postgres';
import { crowd, noon, resume } from '../../../../test/support/crowd.js';
import { setNow } from '../../../../test/support/clock.js';
import { useDatabase } from '../../../../test/support/use-database.js';
import type { WorkerSettings } from '../settings.js';
import { BringForwardService } from './bring-forward.service.js';

const world = useDatabase();
const anHour = 3_600_000;
const morning = new Date(noon.getTime() - anHour);

/** A wave at noon that expires two minutes later, for so many people. */
async function aWave(people: number) {
  const { campaignId, waveId } = await crowd({ db: world.db, keys: world.keys, people });
  await world.db.query(`update waves set at = $2, expires_at = $3 where id = $1`, [
    waveId,
    noon,
    new Date(noon.getTime() + 120_000),
  ]);
  await resume(world.db, campaignId);
  return { campaignId, waveId };
}

/** The look is at eleven. */
async function looked(people: number, pace: number) {
  const { campaignId, waveId } = await aWave(people);
  await setNow(world.db, morning);
  const service = new BringForwardService(world.db, {
    EMAIL_PER_SECOND: pace,
    SMS_SEGMENTS_PER_SECOND: pace,
  } as WorkerSettings);
  await service.look();
  const [wave] = await world.db.query<{ at: Date }[]>(`select at from waves where id = $1`, [waveId]);
  await world.db.query(`update campaigns set status = 'closed' where id = $1`, [campaignId]);
  return { service, secondsEarlier: (noon.getTime() - wave!.at.getTime()) / 1_000 };
}

it('starts a wave earlier by what it lacks until its expiry', async () => {
  expect(await looked(300, 1)).toMatchObject({ secondsEarlier: 180 });
});

it('leaves one alone that ends in time', async () => {
  expect(await looked(300, 3)).toMatchObject({ secondsEarlier: 0 });
});

it('begins no wave before now, and says what it lacks', async () => {
  expect(await looked(4_000, 1)).toMatchObject({ secondsEarlier: 0 });
});

it("looks again after ten minutes, by the campaigns' clock", async () => {
  const { service } = await looked(10, 1);
  const { waveId } = await aWave(200);
  await setNow(world.db, morning);
  await service.look();
  const at = async () =>
    (await world.db.query<{ at: Date }[]>(`select at from waves where id = $1`, [waveId]))[0]!.at;
  expect(await at()).toEqual(noon);
  await new CampaignClock(world.db.manager).moveTo(new Date(morning.getTime() + 11 * 60_000));
  await service.look();
  expect(await at()).toEqual(new Date(noon.getTime() - 80_000));
});

it('goes on to the others when the words of one campaign cannot be read', async () => {
  const broken = await crowd({ db: world.db, keys: world.keys, people: 2, channel: 'sms' });
  await world.db.query(`update rung_texts set sms = '{% if %}' where campaign_id = $1`, [broken.campaignId]);
  await world.db.query(`update waves set at = $2, expires_at = $3 where id = $1`, [
    broken.waveId,
    noon,
    new Date(noon.getTime() + 120_000),
  ]);
  await resume(world.db, broken.campaignId);
  expect(await looked(300, 1)).toMatchObject({ secondsEarlier: 180 });
});
