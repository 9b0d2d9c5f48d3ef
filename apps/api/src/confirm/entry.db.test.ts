import fc from 'fast-check';
import { dutiesPhrase } from '#domain';
import { type KitWords, readKit } from '#messages';
import { useApi } from '../../../../test/support/use-api.js';

const world = useApi();
const { duties } = (readKit('occupation-entry').languages.en as KitWords).entry!;
const aCensus = () =>
  world.aCampaign({
    kind: undefined,
    kit: 'occupation-entry',
    title: undefined,
    official: undefined,
    ladder: undefined,
  });
const ticked = (positions: number[]) => ({
  payload: positions.map((position) => `duty=${position}`).join('&'),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});

describe('the words for the form', () => {
  it('make of what is ticked the line that the rule makes, and keep none of it', async () => {
    const { page } = await aCensus();
    const before = await world.rows();
    await fc.assert(
      fc.asyncProperty(fc.subarray(duties.map((_, index) => index)), async (positions) => {
        const { statusCode, body } = await world.send({
          method: 'POST',
          url: `${page}/entry?lang=en`,
          ...ticked(positions),
        });
        expect(statusCode).toBe(200);
        const { phrase } = dutiesPhrase(positions.map((position) => duties[position]!.write));
        const made = /<div id="made"[^>]*><p class="copy"[^>]*>([^<]*)<\/p>/.exec(body)![1];
        expect(made).toBe(phrase);
      }),
      { numRuns: 25 },
    );
    await world.send({ method: 'POST', url: `${page}/entry/card?lang=en`, ...ticked([0, 3]) });
    expect(await world.rows()).toEqual(before);
    for (const { write } of duties) expect(world.log).not.toContain(write);
    expect(world.log).not.toMatch(/duty/);
  });

  it('leave out what is not in the list, and take no more of it than there can be', async () => {
    const { page } = await aCensus();
    const at = (positions: number[]) =>
      world.send({ method: 'POST', url: `${page}/entry`, ...ticked(positions) });
    expect((await at([0, 99])).body).toContain('>Share lived experience</p>');
    expect((await at(Array.from({ length: 50 }, (_, index) => index))).statusCode).toBe(400);
    expect((await world.post(`${page}/entry`, { duty: 'all' })).statusCode).toBe(400);
  });

  it('are on a card to save, by a neutral name, whether something is ticked or not', async () => {
    const { page } = await aCensus();
    for (const positions of [[], [0, 1, 2]]) {
      const { headers, rawPayload } = await world.send({
        method: 'POST',
        url: `${page}/entry/card?lang=es`,
        ...ticked(positions),
      });
      expect(headers).toMatchObject({
        'content-type': 'application/pdf',
        'content-disposition': 'attachment; filename="form-notes-es.pdf"',
        'cache-control': 'no-store',
      });
      expect(rawPayload.subarray(0, 8).toString()).toBe('%PDF-1.7');
    }
  });

  it('are nowhere in another kind of campaign', async () => {
    const { page } = await aCensus();
    expect((await world.get(`${page}/entry`)).statusCode).toBe(200);
    const other = await world.aCampaign();
    for (const answer of [
      await world.get(`${other.page}/entry`),
      await world.post(`${other.page}/entry/card`),
    ])
      expect(answer.statusCode).toBe(404);
  });
});
