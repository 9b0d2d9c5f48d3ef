import { kitNames } from '#messages';
import { Campaigns } from '#postgres';
import { type Answer, useApi } from '../../../../test/support/use-api.js';
import type { CampaignAnswer } from './campaign.schema.js';

const drumbeat = useApi();

const begin = async (form: object) => drumbeat.call('POST', '/api/v1/campaigns', form);
const read = async (id: string) => drumbeat.call('GET', `/api/v1/campaigns/${id}`);
const aDraft = async (form: object = { kit: 'custom' }) => (await begin(form)).json<CampaignAnswer>();
const problem = (answer: Answer) => answer.json<{ code: string; detail: string; [more: string]: unknown }>();

describe('a campaign that begins with a kit', () => {
  it.each(kitNames)(
    'has the ladder and the words of %s in both languages, with nothing to mend',
    async (kit) => {
      const answer = await begin({ kit });
      expect([answer.statusCode, answer.body]).toEqual([201, expect.any(String)]);
      const draft = (await read(answer.json<CampaignAnswer>().id)).json<CampaignAnswer>();
      expect(draft).toMatchObject({ status: 'draft', deadlineAt: null, coalitionIds: [], warnings: [] });
      expect(Object.keys(draft.texts).sort()).toEqual(['en', 'es']);
      expect(draft.ladder.length).toBeGreaterThanOrEqual(5);
      for (const { channels, messages } of draft.ladder)
        for (const words of [messages.en, messages.es]) {
          expect(words?.email !== undefined).toBe(channels.includes('email'));
          expect(words?.sms !== undefined).toBe(channels.includes('sms'));
        }
    },
  );

  it('takes what the organizer knows already in place of the kit', async () => {
    const official = { url: 'https://www.regulations.gov/commenton/X-2027-0001-0001', docket: 'X-2027-0001' };
    const draft = await aDraft({ kit: 'docket-comment', title: 'Say what peers do', official, goal: 300 });
    expect(draft).toMatchObject({
      title: 'Say what peers do',
      kind: 'regulatory_comment',
      official,
      goal: 300,
    });
    expect([draft.texts.en!.title, draft.texts.es!.title]).toEqual([
      'Say what peers do',
      'Say what peers do',
    ]);
    expect(draft.slug).toMatch(/^say-what-peers-do/);
  });

  it.each([
    ['neither a kit nor a kind', { title: 'Do it' }, 'kind'],
    ['both', { kit: 'custom', kind: 'custom', title: 'Do it' }, 'kind'],
    ['a kit that there is not', { kit: 'petition' }, 'kit'],
    ['no title', { kind: 'custom' }, 'title'],
  ])('is refused with %s', async (_, form, path) => {
    const answer = await begin(form);
    expect(answer.statusCode).toBe(400);
    expect(problem(answer).errors).toContainEqual(expect.objectContaining({ path }));
  });
});

describe('a draft', () => {
  it('is left and resumed: what was saved is all there', async () => {
    const [one, other] = [await drumbeat.aCoalition(), await drumbeat.aCoalition()];
    const { id } = await aDraft();
    const change = {
      slug: `spring-${id.slice(0, 8)}`,
      goal: 40,
      contact: 'help@manyhands.example',
      notify: ['ana@manyhands.example'],
      avoidWords: ['peer'],
      smsHours: { open: '09:00', close: '20:00' },
      official: { url: 'https://example.org/form' },
      coalitionIds: [one.id, other.id],
    };
    expect((await drumbeat.call('PATCH', `/api/v1/campaigns/${id}`, change)).statusCode).toBe(200);
    expect((await read(id)).json()).toMatchObject({
      ...change,
      coalitionIds: expect.arrayContaining([one.id, other.id]) as string[],
    });
    await drumbeat.call('PATCH', `/api/v1/campaigns/${id}`, { coalitionIds: [other.id] });
    expect((await read(id)).json<CampaignAnswer>().coalitionIds).toEqual([other.id]);
    const links = await drumbeat.all(
      `select coalition_id as id from tokens where purpose = 'leader' and campaign_id = $1`,
      [id],
    );
    expect(links).toEqual([{ id: other.id }]);
  });

  it('may wait for its date after all, and a launched campaign may not', async () => {
    const day = { deadlineAt: '2090-03-05T17:00:00-05:00', deadlineZone: 'America/New_York' };
    const { id } = await aDraft({ kit: 'custom', ...day });
    const none = { deadlineAt: null, deadlineZone: null };
    const waits = await drumbeat.call('PUT', `/api/v1/campaigns/${id}/deadline`, none);
    expect([waits.statusCode, waits.json()]).toEqual([
      200,
      expect.objectContaining({ ...none, status: 'draft' }),
    ]);
    const launched = await drumbeat.aCampaign();
    const refused = await drumbeat.call('PUT', `/api/v1/campaigns/${launched.id}/deadline`, none);
    expect([refused.statusCode, problem(refused).code]).toEqual([409, 'deadline_missing']);
  });

  it('goes when nobody needs it, and comes back by one press, under a free address', async () => {
    const { id, slug } = await aDraft();
    expect((await drumbeat.call('DELETE', `/api/v1/campaigns/${id}`)).statusCode).toBe(204);
    expect((await read(id)).statusCode).toBe(404);
    const { items } = (await drumbeat.call('GET', '/api/v1/campaigns')).json<{ items: { id: string }[] }>();
    expect(items.map((campaign) => campaign.id)).not.toContain(id);
    const next = await aDraft({ kit: 'custom', slug });
    const back = await drumbeat.call('POST', `/api/v1/campaigns/${id}/restore`);
    expect([back.statusCode, back.json<CampaignAnswer>().slug]).toEqual([
      200,
      expect.stringMatching(`^${slug}-\\d+$`),
    ]);
    expect((await drumbeat.call('POST', `/api/v1/campaigns/${id}/restore`)).json()).toEqual(back.json());
    expect((await read(next.id)).json<CampaignAnswer>().slug).toBe(slug);
    const log = await drumbeat.all(`select action from audit where campaign_id = $1 order by id`, [id]);
    expect(log.map(({ action }) => action)).toEqual([
      'campaign.created',
      'campaign.removed',
      'campaign.restored',
    ]);
  });

  it('alone goes: a launched campaign stays, with its address', async () => {
    const { id, slug } = await drumbeat.aCampaign();
    const refused = await drumbeat.call('DELETE', `/api/v1/campaigns/${id}`);
    expect([refused.statusCode, problem(refused).code]).toEqual([409, 'already_launched']);
    const moved = await drumbeat.call('PATCH', `/api/v1/campaigns/${id}`, { slug: `${slug}-b` });
    expect([moved.statusCode, problem(moved).errors]).toEqual([
      409,
      [expect.objectContaining({ path: 'slug' })],
    ]);
    expect((await read(id)).json()).toMatchObject({ slug, status: 'running' });
  });
});

describe('an address that is taken', () => {
  it('is refused with one that is free', async () => {
    const { slug } = await aDraft();
    const again = await begin({ kit: 'custom', slug });
    expect([again.statusCode, problem(again)]).toEqual([
      409,
      expect.objectContaining({ code: 'slug_taken', suggestion: `${slug}-2` }),
    ]);
    const { id } = await aDraft();
    const moved = await drumbeat.call('PATCH', `/api/v1/campaigns/${id}`, { slug });
    expect([moved.statusCode, problem(moved).suggestion]).toEqual([
      409,
      expect.stringMatching(`^${slug}-\\d+$`),
    ]);
    expect((await begin({ kit: 'custom', slug: String(problem(again).suggestion) })).statusCode).toBe(201);
  });

  it('stays as short as addresses are', async () => {
    const slug = 'a'.repeat(60);
    await aDraft({ kit: 'custom', slug });
    const { suggestion } = problem(await begin({ kit: 'custom', slug }));
    expect(suggestion).toBe(`${'a'.repeat(55)}-2`);
  });
});

describe('two organizers who edit the same campaign', () => {
  it('both keep what they typed: the second is told who changed what', async () => {
    const draft = await aDraft();
    const [ana, bo] = [await drumbeat.key('organizer'), await drumbeat.key('administrator')];
    const address = `/api/v1/campaigns/${draft.id}`;
    const first = await drumbeat.call('PATCH', address, { goal: 10, version: draft.version }, ana);
    expect(first.statusCode).toBe(200);
    const second = await drumbeat.call('PATCH', address, { contact: 'bo', version: draft.version }, bo);
    expect([second.statusCode, problem(second)]).toEqual([
      409,
      expect.objectContaining({
        code: 'changed_meanwhile',
        version: first.json<CampaignAnswer>().version,
        changes: [
          {
            at: expect.any(String) as string,
            by: 'a organizer',
            action: 'campaign.changed',
            fields: ['goal'],
          },
        ],
      }),
    ]);
    const { version } = problem(second);
    expect((await drumbeat.call('PATCH', address, { contact: 'bo', version }, bo)).statusCode).toBe(200);
    expect((await read(draft.id)).json()).toMatchObject({ goal: 10, contact: 'bo' });
  });

  it.each(['ladder', 'deadline'])('meet over the %s as well', async (what) => {
    const { id, version, ladder } = await aDraft();
    const forms: Record<string, object> = {
      ladder: { rungs: ladder },
      deadline: { deadlineAt: '2090-03-05T17:00:00-05:00', deadlineZone: 'America/New_York' },
    };
    const put = (form: object) =>
      drumbeat.call('PUT', `/api/v1/campaigns/${id}/${what}`, { ...forms[what], ...form });
    const saved = await put({ version });
    expect([saved.statusCode, saved.json<CampaignAnswer>().version]).toEqual([200, version + 1]);
    const late = await put({ version });
    expect([late.statusCode, problem(late).changes]).toEqual([
      409,
      [expect.objectContaining({ action: what === 'ladder' ? 'ladder.changed' : 'deadline.moved' })],
    ]);
  });

  it('are told of what happened by itself, too', async () => {
    const { id } = await drumbeat.aCampaign();
    const { version } = (await read(id)).json<CampaignAnswer>();
    await drumbeat.db.query(`update campaigns set deadline_at = campaign_now() where id = $1`, [id]);
    await new Campaigns(drumbeat.db.manager).moveOn();
    const late = await drumbeat.call('PATCH', `/api/v1/campaigns/${id}`, { goal: 9, version });
    expect(problem(late).changes).toEqual([
      expect.objectContaining({ by: 'system', action: 'campaign.ended' }),
    ]);
  });
});

it('launches once, however often the button is pressed at the same time', async () => {
  const { id: coalitionId } = await drumbeat.aCoalition();
  const day = { deadlineAt: '2090-03-05T17:00:00-05:00', deadlineZone: 'America/New_York' };
  const { id } = await aDraft({ kit: 'custom', coalitionIds: [coalitionId], ...day });
  const key = await drumbeat.key('organizer');
  const presses = await Promise.all(
    Array.from({ length: 5 }, () => drumbeat.call('POST', `/api/v1/campaigns/${id}/launch`, undefined, key)),
  );
  expect(presses.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200]);
  const log = await drumbeat.all(
    `select action from audit where campaign_id = $1 and action = 'campaign.launched'`,
    [id],
  );
  expect(log).toHaveLength(1);
});
