import sharp, { type Sharp } from 'sharp';
import { useApi } from '../../../../test/support/use-api.js';
import type { CoalitionAnswer } from './coalition.schema.js';

const world = useApi();
const picture = (width: number, height: number): Sharp =>
  sharp({ create: { width, height, channels: 4, background: '#225588' } });
const noise = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  });

const put = async (id: string, payload: Buffer, { type = 'image/png', version = 1, key = '' } = {}) =>
  world.send({
    method: 'PUT',
    url: `/api/v1/coalitions/${id}/logo?version=${version}`,
    payload,
    headers: { 'content-type': type, authorization: `Bearer ${key || (await world.key('organizer'))}` },
  });

describe('a logo', () => {
  it.each([
    ['PNG', 'image/png', () => picture(900, 300).png()],
    ['JPEG', 'image/jpeg', () => picture(900, 300).jpeg()],
    ['WebP', 'image/webp', () => picture(900, 300).webp()],
    ['PNG with a wrong name', 'image/jpeg', () => picture(900, 300).png()],
  ])('from a %s is drawn anew as a small PNG that never changes', async (_, type, drawn) => {
    const { id } = await world.aCoalition();
    const { logo } = (await put(id, await drawn().toBuffer(), { type })).json<CoalitionAnswer>();
    expect(logo).toMatch(/^\/assets\/logo\/[0-9a-f]{32}-640x213\.png$/);
    const answer = await world.send({ method: 'GET', url: logo! });
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
    expect(await sharp(answer.rawPayload).metadata()).toMatchObject({
      format: 'png',
      width: 640,
      height: 213,
    });
  });

  it('carries nothing of where and with what it was taken', async () => {
    const { id } = await world.aCoalition();
    const photo = await noise(400, 300)
      .jpeg()
      .withExif({ IFD0: { Artist: 'Ana Secret', Copyright: 'Ana Secret' } })
      .toBuffer();
    expect(photo.includes('Ana Secret')).toBe(true);
    const { logo } = (await put(id, photo, { type: 'image/jpeg' })).json<CoalitionAnswer>();
    const { rawPayload } = await world.send({ method: 'GET', url: logo! });
    expect(rawPayload.includes('Ana Secret')).toBe(false);
    expect(await sharp(rawPayload).metadata()).not.toHaveProperty('exif');
    expect(rawPayload.length).toBeLessThanOrEqual(20 * 1024);
  });

  it.each([
    [
      'an SVG with a script',
      'image/svg+xml',
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      415,
      'An SVG can run scripts',
    ],
    ['an SVG that calls itself a PNG', 'image/png', '<?xml version="1.0"?><svg/>', 415, 'Export it as a PNG'],
    ['a page', 'image/png', '<!doctype html><script>alert(1)</script>', 415, 'Export it as a PNG'],
    ['a GIF', 'image/gif', 'GIF89a......', 415, 'This is no PNG, JPEG or WebP'],
    ['half a picture', 'image/png', '\x89PNG\r\n\x1a\nand no more', 422, 'could not be read'],
    ['nothing', 'image/png', '', 415, 'This is no PNG'],
    ['JSON', 'application/json', '{}', 415, 'Send the picture itself as the body'],
  ])('refuses %s, and says what to send', async (_, type, body, status, words) => {
    const { id } = await world.aCoalition();
    const answer = await put(id, Buffer.from(body, 'latin1'), { type });
    expect([answer.statusCode, answer.json()['detail']]).toEqual([status, expect.stringContaining(words)]);
    expect(await world.all(`select from logos where coalition_id = $1`, [id])).toEqual([]);
  });

  it('refuses 20 MB before it reads them', async () => {
    const { id } = await world.aCoalition();
    const answer = await put(id, Buffer.alloc(20 * 1024 * 1024, 7));
    expect([answer.statusCode, answer.json()['detail']]).toEqual([
      413,
      expect.stringContaining('A logo may have 2 MB.'),
    ]);
  });

  it('refuses a small file that unfolds into a huge picture', async () => {
    const { id } = await world.aCoalition();
    const bomb = await picture(9_000, 9_000).png({ compressionLevel: 9, palette: true }).toBuffer();
    expect(bomb.length).toBeLessThan(2 * 1024 * 1024);
    expect((await put(id, bomb)).statusCode).toBe(422);
  });

  it('can be taken off and put back, and is not taken from another coalition', async () => {
    const { id } = await world.aCoalition();
    const other = await world.aCoalition();
    const change = async (form: object) => world.call('PATCH', `/api/v1/coalitions/${id}`, form);
    const { logo } = (await put(id, await picture(40, 40).png().toBuffer())).json<CoalitionAnswer>();
    expect((await change({ version: 2, logo: null })).json()).toMatchObject({ logo: null });
    expect((await change({ version: 3, logo })).json()).toMatchObject({ logo });
    const theirs = (await put(other.id, await picture(50, 40).png().toBuffer())).json<CoalitionAnswer>();
    expect((await change({ version: 4, logo: theirs.logo })).statusCode).toBe(422);
  });

  it('stands on the public pages in place of the name, which it is called by; a page with it stays small', async () => {
    const { coalition, page } = await world.aCampaign();
    const bare = (await world.get(page)).body;
    expect(bare).not.toContain('<img');
    const { logo } = (
      await put(coalition.id, await noise(640, 200).png().toBuffer())
    ).json<CoalitionAnswer>();
    const { body } = await world.get(page);
    expect(body).toContain(`<img src="${logo}" alt="${coalition.name}" width="`);
    const { rawPayload } = await world.send({ method: 'GET', url: logo! });
    const styles = await world.get('/assets/drumbeat.css');
    expect(body.length + rawPayload.length + styles.body.length).toBeLessThan(100_000);
  });

  it("is a leader's to change in their own coalition", async () => {
    const { id } = await world.aCoalition();
    const foreign = await world.aCoalition();
    const key = await world.key('leader', id);
    const image = await picture(40, 40).png().toBuffer();
    expect((await put(id, image, { key })).statusCode).toBe(200);
    expect((await put(foreign.id, image, { key })).statusCode).toBe(404);
  });
});
