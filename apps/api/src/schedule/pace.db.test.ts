import { buildersFor } from '../../../../test/support/builders.js';
import { setNow } from '../../../../test/support/clock.js';
import { useApi } from '../../../../test/support/use-api.js';
import type { RehearsalAnswer } from './rehearsal.schema.js';

const drumbeat = useApi({ EMAIL_PER_SECOND: '1', SMS_SEGMENTS_PER_SECOND: '1' });
const { aSignup, agree } = buildersFor(drumbeat);
const three = { id: 'three-days', name: 'Three days left', channels: ['email', 'sms'], daysBefore: 3 };
const messages = {
  en: { subject: 'Soon', email: 'By Friday.', sms: `${'By Friday, please. '.repeat(9)}STOP` },
};

/** A draft with people in it already, three of them with a phone. */
async function draft(at: string) {
  await setNow(drumbeat.db, new Date('2027-03-01T12:00-05:00'));
  const coalition = await drumbeat.aCoalition();
  const created = await drumbeat.call('POST', '/api/v1/campaigns', {
    title: 'Comment on the docket',
    kind: 'custom',
    slug: `draft-${coalition.id.slice(0, 8)}`,
    coalitionIds: [coalition.id],
    deadlineAt: '2027-03-08T17:00:00-05:00',
    deadlineZone: 'America/New_York',
    ladder: [{ ...three, at, messages }],
  });
  const campaign = created.json<{ id: string }>();
  for (const phone of ['+12125550181', '+12125550182', '+12125550183'])
    await agree(await aSignup(campaign, coalition, { phone }));
  await agree(await aSignup(campaign, coalition));
  return campaign.id;
}
const launch = (id: string) => drumbeat.call('POST', `/api/v1/campaigns/${id}/launch`);
/** As if each of them were so many. */
const manyMore = (id: string, people: number) =>
  drumbeat.db.query(
    `with more as (
       insert into supporters (email, email_key, phone, phone_key, language, zone, zone_source, sms_window)
       select p.email, 'l1:' || rpad(md5(n::text), 43, 'e'), p.phone, 'l1:' || rpad(md5(n::text), 43, 'p'), p.language, p.zone, p.zone_source, p.sms_window
       from (select p.* from supporters p join signups s on s.supporter_id = p.id where s.campaign_id = $1 and s.sms_since is not null limit 1) as p,
         generate_series(1, $2) as n returning id
     )
     insert into signups (campaign_id, supporter_id, coalition_id, email_since, sms_since, token_key)
     select s.campaign_id, more.id, s.coalition_id, s.email_since, s.sms_since, s.token_key
     from (select * from signups where campaign_id = $1 and sms_since is not null limit 1) as s, more`,
    [id, people],
  );

describe('does it fit in time?', () => {
  it('says for each rung and channel for how many it is, how long it takes and when it ends', async () => {
    const id = await draft('12:00');
    const answer = await drumbeat.call('GET', `/api/v1/campaigns/${id}/rehearsal`);
    const at = '2027-03-05T17:00:00.000Z';
    expect(answer.json<RehearsalAnswer>().fits).toEqual([
      {
        ...{
          rungId: three.id,
          channel: 'email',
          people: 4,
          segments: 1,
          seconds: 4,
          fits: true,
          at,
          startsAt: at,
        },
        endsAt: '2027-03-05T17:00:04.000Z',
        expiresAt: '2027-03-06T02:00:00.000Z',
      },
      {
        ...{
          rungId: three.id,
          channel: 'sms',
          people: 3,
          segments: 2,
          seconds: 6,
          fits: true,
          at,
          startsAt: at,
        },
        endsAt: '2027-03-05T17:00:06.000Z',
        expiresAt: '2027-03-05T23:00:00.000Z',
      },
    ]);
    expect((await launch(id)).statusCode).toBe(200);
  });

  it('refuses the launch, with the figures, when a wave cannot end in its whole window', async () => {
    const id = await draft('16:00');
    await manyMore(id, 14_000);
    const fits = async () =>
      (await drumbeat.call('GET', `/api/v1/campaigns/${id}/rehearsal`))
        .json<RehearsalAnswer>()
        .fits.map(({ channel, fits, startsAt }) => [channel, fits, startsAt.slice(11, 16)]);
    // 14,003 texts of two segments take 7 h 47 min of the eight hours from 10:00 Eastern on.
    expect(await fits()).toEqual([
      ['email', true, '21:00'],
      ['sms', true, '15:13'],
    ]);
    await drumbeat.db.query(`update rung_texts set sms = $2 where campaign_id = $1`, [
      id,
      `${'By Friday, please. '.repeat(17)}STOP`,
    ]);
    const before = { ...(await drumbeat.rows()), api_keys: '' };
    const refused = await launch(id);
    expect([refused.statusCode, refused.json()]).toEqual([
      422,
      expect.objectContaining({
        code: 'not_ready',
        errors: [
          {
            path: 'ladder.three-days.sms',
            message: expect.stringMatching(
              /^"Three days left" by text is for 14,003 people, 3 segments each: .* takes 701 min, and 480 min are left/,
            ) as string,
          },
        ],
      }),
    ]);
    expect({ ...(await drumbeat.rows()), api_keys: '' }).toEqual(before);
  }, 60_000);
});
