import { randomUUID } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';
import sharp from 'sharp';
import { linkOf, type TestCampaign, useApi } from '../../../../test/support/use-api.js';
import { docxOf } from './comment-docx.js';
import type { GuideFileAnswer } from './guide-files.schema.js';

const world = useApi();
const picture = () => sharp({ create: { width: 40, height: 30, channels: 3, background: '#225588' } });
const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n', 'latin1');
const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const upload = async (
  { id }: { id: string },
  name: string,
  payload: Buffer,
  type = 'application/octet-stream',
) =>
  world.send({
    method: 'POST',
    url: `/api/v1/campaigns/${id}/files?name=${encodeURIComponent(name)}`,
    payload,
    headers: { 'content-type': type, authorization: `Bearer ${await world.key('organizer')}` },
  });
const list = async ({ id }: { id: string }) =>
  (await world.call('GET', `/api/v1/campaigns/${id}/files`)).json<{ items: GuideFileAnswer[] }>().items;

describe('a file of the guide', () => {
  it.each([
    ['a PDF', 'Our letter.pdf', () => pdf, 'Our letter.pdf', 'application/pdf'],
    ['a PDF with a page’s name', 'x.html', () => pdf, 'x.pdf', 'application/pdf'],
    [
      'a Word document',
      'Carta nº 2 (final).docx',
      () => Buffer.from(docxOf('I listen.')),
      'Carta nº 2 (final).docx',
      word,
    ],
    [
      'text',
      '../../etc/notes',
      () => Buffer.from('Señas: uno, dos\n'),
      'notes.txt',
      'text/plain; charset=utf-8',
    ],
    [
      'a page that is sent as text',
      'a.txt',
      () => Buffer.from('<script>alert(1)</script>'),
      'a.txt',
      'text/plain; charset=utf-8',
    ],
    ['a PNG', 'badge\u202egnp.exe', async () => picture().png().toBuffer(), 'badgegnp.png', 'image/png'],
    ['a JPEG', ' "photo?" .jpeg', async () => picture().jpeg().toBuffer(), 'photo.jpg', 'image/jpeg'],
  ])('is by its content %s, and is saved and never shown', async (_, name, content, kept, type) => {
    const campaign = await world.aCampaign();
    const added = await upload(campaign, name, await content());
    expect([added.statusCode, added.json()]).toEqual([201, expect.objectContaining({ name: kept, type })]);
    const { url } = added.json<GuideFileAnswer>();
    expect(url).toMatch(new RegExp(`^/files/${campaign.slug}/[0-9a-f-]{36}$`));
    const { statusCode, headers, rawPayload } = await world.get(url);
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({ 'content-type': type, 'x-content-type-options': 'nosniff' });
    const disposition = String(headers['content-disposition']);
    expect(disposition).toMatch(/^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''[\w.%-]+$/);
    expect(decodeURIComponent(disposition.split(`UTF-8''`)[1]!)).toBe(kept);
    if (!type.startsWith('image/')) expect(rawPayload).toEqual(await content());
  });

  it('that is a picture tells nothing of where and with what it was taken', async () => {
    const photo = await picture()
      .jpeg()
      .withExif({ IFD0: { Artist: 'Ana Secret' } })
      .toBuffer();
    const { url } = (await upload(await world.aCampaign(), 'a.jpg', photo)).json<GuideFileAnswer>();
    const { rawPayload } = await world.get(url);
    expect(photo.includes('Ana Secret')).toBe(true);
    expect(rawPayload.includes('Ana Secret')).toBe(false);
    expect(await sharp(rawPayload).metadata()).toMatchObject({ format: 'jpeg', width: 40, height: 30 });
  });

  const zipped = (parts: Record<string, string>) =>
    Buffer.from(
      zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]))),
    );
  it.each([
    ['a program', Buffer.from('MZ\x90\0\x03', 'latin1'), 415, /whatever its name says/],
    ['an archive', zipped({ 'a.txt': 'x' }), 415, /no Word document/],
    [
      'a document with macros',
      zipped({ '[Content_Types].xml': 'x', 'word/document.xml': 'x', 'word/vbaProject.bin': 'x' }),
      415,
      /macros/,
    ],
    ['half a picture', Buffer.from('\x89PNG\r\n\x1a\nno more', 'latin1'), 422, /could not be read/],
    ['nothing', Buffer.alloc(0), 415, /empty/],
    ['more than 10 MB', Buffer.concat([pdf, Buffer.alloc(10_000_000)]), 413, /10 MB/],
  ])('cannot be %s', async (_, content, status, says) => {
    const campaign = await world.aCampaign();
    const answer = await upload(campaign, 'letter.pdf', content);
    expect([answer.statusCode, answer.json()['detail']]).toEqual([status, expect.stringMatching(says)]);
    expect(await list(campaign)).toEqual([]);
  });

  it('is the body itself, not JSON', async () => {
    const answer = await upload(await world.aCampaign(), 'a.txt', Buffer.from('{}'), 'application/json');
    expect([answer.statusCode, answer.json()['detail']]).toEqual([
      415,
      expect.stringMatching(/octet-stream/),
    ]);
  });
});

describe('the files of a guide', () => {
  const three = async (): Promise<[TestCampaign, GuideFileAnswer[]]> => {
    const campaign = await world.aCampaign();
    for (const name of ['one', 'two', 'three']) await upload(campaign, name, Buffer.from(name));
    return [campaign, await list(campaign)];
  };
  const turn = (campaign: TestCampaign, file: GuideFileAnswer, back = false) =>
    back
      ? world.call('POST', `/api/v1/campaigns/${campaign.id}/files/${file.id}/restore`)
      : world.call('DELETE', `/api/v1/campaigns/${campaign.id}/files/${file.id}`);
  const names = (files: { name: string }[]) => files.map(({ name }) => name);

  it('are three at most, however many are sent at once', async () => {
    const campaign = await world.aCampaign();
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => upload(campaign, `${n}.txt`, Buffer.from('x'))),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 201, 201, 409, 409, 409]);
    expect(await list(campaign)).toHaveLength(3);
  });

  it('are offered on every guide, to people with a link and without one', async () => {
    const [campaign, files] = await three();
    await world.post(campaign.page, { email: `files-${campaign.slug}@example.org`, zip: '10001' });
    const { id } = await world.one<{ id: string }>(`select id from signups where campaign_id = $1`, [
      campaign.id,
    ]);
    for (const page of [linkOf(world.keys, id, 'guide'), `${campaign.page}/guide`]) {
      const { statusCode, body } = await world.get(page);
      expect(statusCode).toBe(200);
      for (const { url, name } of files) expect(body).toContain(`<a href="${url}" download="${name}">`);
    }
  });

  it('can be taken off, and the last one put back', async () => {
    const [campaign, [one, two, third]] = await three();
    expect((await turn(campaign, one!)).statusCode).toBe(200);
    expect((await world.get(one!.url)).statusCode).toBe(404);
    expect(names(await list(campaign))).toEqual(['two.txt', 'three.txt']);
    expect((await turn(campaign, one!, true)).statusCode).toBe(200);
    expect(names(await list(campaign))).toEqual(['one.txt', 'two.txt', 'three.txt']);
    await turn(campaign, one!);
    await turn(campaign, two!);
    expect((await turn(campaign, one!, true)).json()).toMatchObject({ status: 409, code: 'file_gone' });
    await upload(campaign, 'four', Buffer.from('4'));
    await upload(campaign, 'five', Buffer.from('5'));
    expect((await turn(campaign, two!, true)).json()).toMatchObject({ status: 409, code: 'file_gone' });
    expect(names(await list(campaign))).toEqual(['four.txt', 'five.txt', 'three.txt']);
    expect((await world.get(third!.url)).body).toBe('three');
  });

  it('are each campaign’s own, and every change has an author', async () => {
    const [campaign, [one]] = await three();
    const other = await world.aCampaign();
    expect((await turn({ ...campaign, id: other.id }, one!)).statusCode).toBe(404);
    expect((await world.get(one!.url.replace(campaign.slug, other.slug))).statusCode).toBe(404);
    expect((await upload({ id: randomUUID() }, 'a', pdf)).statusCode).toBe(404);
    await turn(campaign, one!);
    await turn(campaign, one!, true);
    const written = await world.all<{ action: string }>(
      `select action from audit where campaign_id = $1 and action like 'file.%' order by id`,
      [campaign.id],
    );
    expect(written.map(({ action }) => action)).toEqual([
      ...['file.added', 'file.added', 'file.added', 'file.removed', 'file.restored'],
    ]);
  });
});
