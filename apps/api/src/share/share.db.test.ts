import { mkdir, writeFile } from 'node:fs/promises';
import jsqr from 'jsqr';
import sharp from 'sharp';
import type { Coalition } from '#postgres';
import { linkOf, useApi } from '../../../../test/support/use-api.js';
import type { ShareAnswer } from './share.schema.js';

const world = useApi();
const at = (campaignId: string, { id }: Pick<Coalition, 'id'>) =>
  `/api/v1/campaigns/${campaignId}/coalitions/${id}/share`;
const get = async (url: string, key?: string) =>
  world.send({
    method: 'GET',
    url,
    headers: { authorization: `Bearer ${key ?? (await world.key('organizer'))}` },
  });
const read = async (url: string) => (await get(url)).json<ShareAnswer>();

async function codeIn(image: Buffer): Promise<string | undefined> {
  const { data, info } = await sharp(image)
    .resize({ width: 400 })
    .flatten({ background: '#ffffff' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return jsqr.default(new Uint8ClampedArray(data), info.width, info.height)?.data;
}

describe('the share kit', () => {
  it('has a link, and words in both languages that say what to do, by when and where', async () => {
    const { id, slug, coalition } = await world.aCampaign({
      deadlineAt: '2027-03-15T23:59:59-04:00',
      texts: { en: texts('comment on the docket'), es: texts('comentar el expediente') },
    });
    await world.call('PATCH', `/api/v1/coalitions/${coalition.id}`, {
      version: 1,
      zone: 'America/Los_Angeles',
    });
    const { link, words, past } = await read(at(id, coalition));
    expect([link, past]).toEqual([`https://drumbeat.example/c/${slug}/${coalition.slug}`, false]);
    expect(words.en.email.subject).toBe('Will you comment on the docket?');
    expect(words.es.email.subject).toBe('¿Te animas a comentar el expediente?');
    for (const said of [words.en.email.body, words.en.social]) {
      expect(said).toContain('It counts what people say, and more: https://www.bls.gov/soc/.');
      expect(said).toContain('by Monday, March 15, 11:59 pm Eastern (that is 8:59 pm Pacific)');
      expect(said).toContain(link);
    }
    expect(words.es.email.body).toContain(
      'a más tardar el lunes 15 de marzo, 11:59 p.\u00a0m., hora del Este',
    );
    expect(words.es.link).toBe(`${link}?lang=es`);
    for (const { email, text, social } of [words.en, words.es])
      for (const said of [email.body, text, social]) expect(said).not.toMatch(/!|undefined|null|\*\*|\[/);
  });

  it('has codes that lead to the signup page, to print at any size', async () => {
    const { id, coalition } = await world.aCampaign();
    const kit = await read(at(id, coalition));
    const png = await get(kit.files.qrPng);
    expect(png.headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': expect.stringMatching(
        /^attachment; filename="docket-\w+-coalition-\w+-qr\.png"$/,
      ) as unknown,
    });
    const svg = await get(kit.files.qrSvg);
    expect(svg.headers['content-type']).toBe('image/svg+xml');
    expect(svg.body).not.toContain('<script');
    for (const image of [png.rawPayload, await sharp(svg.rawPayload, { density: 300 }).png().toBuffer()])
      expect(await codeIn(image)).toBe(kit.link);
  });

  it('has a flyer of one page in each language, tagged, with its font inside', async () => {
    const { id, coalition } = await world.aCampaign({
      texts: { en: texts('comment on the docket'), es: texts('comentar el expediente') },
    });
    const { files } = await read(at(id, coalition));
    for (const [language, url] of Object.entries(files.flyer)) {
      const { headers, rawPayload } = await get(url);
      expect(headers).toMatchObject({
        'content-type': 'application/pdf',
        'content-disposition': expect.stringContaining(`-flyer-${language}.pdf"`) as unknown,
      });
      const pdf = rawPayload.toString('latin1');
      expect(pdf.startsWith('%PDF-1.7')).toBe(true);
      expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
      expect(pdf).toContain(`/Lang (${language})`);
      expect(pdf).toContain('/MarkInfo');
      expect(pdf).toContain('/FontFile2');
      expect(rawPayload.length).toBeLessThan(200_000);
      await keep(`flyer-${language}.pdf`, rawPayload);
    }
  });

  it('fits its flyer on one page whatever it has to say, with a logo', async () => {
    const long =
      'Peer support specialists of the counties along the river, and their friends and neighbours ';
    const { id, coalition } = await world.aCampaign({
      texts: {
        en: {
          ...texts('comment on the docket'),
          title: long.repeat(2).slice(0, 118),
          summary: long.repeat(7).slice(0, 598),
        },
      },
    });
    const image = await sharp({ create: { width: 600, height: 200, channels: 3, background: '#225588' } })
      .png()
      .toBuffer();
    await world.send({
      method: 'PUT',
      url: `/api/v1/coalitions/${coalition.id}/logo?version=1`,
      payload: image,
      headers: { 'content-type': 'image/png', authorization: `Bearer ${await world.key('organizer')}` },
    });
    const { rawPayload } = await get(`${at(id, coalition)}/flyer.pdf`);
    expect(rawPayload.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
    await keep('flyer-long.pdf', rawPayload);
  });

  it('has a date for the calendar, which replaces the one before when it moves', async () => {
    const { id, coalition } = await world.aCampaign({ deadlineAt: '2027-03-15T23:59:00-04:00' });
    const { files } = await read(at(id, coalition));
    const lines = async () => (await get(files.calendar!.en)).body.replaceAll('\r\n ', '').split('\r\n');
    const of = (all: string[], name: string) => all.find((line) => line.startsWith(`${name}:`));
    const before = await lines();
    expect(before).toEqual(
      expect.arrayContaining([
        'SEQUENCE:0',
        'DTSTART:20270316T025900Z',
        'DTEND:20270316T035900Z',
        'TRIGGER:-PT24H',
      ]),
    );
    expect(of(before, 'SUMMARY')).toBe('SUMMARY:Comments close: Comment on the docket');
    await world.call('PUT', `/api/v1/campaigns/${id}/deadline`, {
      deadlineAt: '2027-03-20T23:59:00-04:00',
      deadlineZone: 'America/New_York',
    });
    const after = await lines();
    expect(after).toEqual(expect.arrayContaining(['SEQUENCE:1', 'DTEND:20270321T035900Z']));
    expect(of(after, 'UID')).toBe(of(before, 'UID'));
  });

  it('has no date for the calendar while there is none', async () => {
    const { id, coalition } = await world.aCampaign({
      deadlineAt: undefined,
      deadlineZone: undefined,
    });
    const kit = await read(at(id, coalition));
    expect([kit.deadlineAt, kit.files.calendar]).toEqual([null, null]);
    expect(kit.words.en.email.body).toContain('There is no date yet');
    expect((await get(`${at(id, coalition)}/deadline.ics`)).statusCode).toBe(409);
  });

  it("is a leader's for their own coalition, and nobody's for one that does not recruit", async () => {
    const { id, coalition } = await world.aCampaign();
    const foreign = await world.aCoalition();
    const key = await world.key('leader', coalition.id);
    expect((await get(at(id, coalition), key)).statusCode).toBe(200);
    expect((await get(at(id, foreign), key)).statusCode).toBe(404);
    expect((await get(at(id, foreign))).json()).toMatchObject({ code: 'coalition_unknown' });
  });
});

describe('passing it on', () => {
  it.each([
    ['says it', '', { outcome: 'filed' }],
    ['was done already, and saves something', '/details', { tellResult: 'on' }],
  ])(
    'is there for somebody from before there were codes once they press a button, not when they look: %s',
    async (_, path, press) => {
      const { id, page } = await world.aCampaign();
      await world.post(page, { email: 'old@example.org', zip: '10001' });
      const signup = await world.one<{ id: string; tokenKey: string }>(
        `select id, token_key as "tokenKey" from signups where campaign_id = $1`,
        [id],
      );
      const done = linkOf(world.keys, signup.id, 'done');
      if (path) await world.post(done, { outcome: 'filed' });
      await world.db.query(`delete from tokens where signup_id = $1 and purpose = 'refer'`, [signup.id]);
      const before = await world.rows();
      expect((await world.get(done)).body).not.toContain('Pass it on');
      expect(await world.rows()).toEqual(before);

      const code = world.keys.token(signup.tokenKey, signup.id, 'refer');
      expect((await world.post(`${done}${path}`, press)).body).toContain(`?by=${code}`);
      await world.post(`${page}?by=${code}`, { email: 'new@example.org', zip: '10001' });
      expect(
        await world.all(
          `select by_signup_id as by from referrals r join signups s on s.id = r.signup_id
          where s.campaign_id = $1`,
          [id],
        ),
      ).toEqual([{ by: signup.id }]);
    },
  );
});

/** For the eye. */
async function keep(name: string, file: Buffer): Promise<void> {
  const folder = new URL('../../../../test/.results/share/', import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL(name, folder), file);
}

const texts = (deed: string) => ({
  title: deed === 'comment on the docket' ? 'Comment on the docket' : 'Comenta el expediente',
  deed,
  summary: 'It counts **what people say**, and [more](https://www.bls.gov/soc/).',
  why: 'Because.',
  steps: [],
  minutes: { from: 5, to: 20 },
  doneLabel: 'I did it',
  officialLabel: 'Open the form',
  sources: [],
});
