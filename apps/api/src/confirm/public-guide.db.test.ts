import { readKit } from '#messages';
import { linkOf, useApi } from '../../../../test/support/use-api.js';

const world = useApi();
const aComment = (more: object = {}) =>
  world.aCampaign({ kind: undefined, title: undefined, kit: 'soc-docket', official: undefined, ...more });

describe('the guide without a link of one’s own', () => {
  it('shows the steps to anybody, and has nothing to press', async () => {
    const { page } = await aComment();
    const { statusCode, body } = await world.get(`${page}/guide`);
    expect(statusCode).toBe(200);
    expect(body).toContain('5 to 20 minutes');
    expect(body).toContain('href="https://www.regulations.gov/commenton/BLS-2024-0001-0001"');
    expect(body).not.toMatch(/<form|Not you/);
    expect(body).toContain(`href="${page}/comment?lang=en"`);
  });

  it('is led to from the signup page and leads back, in the same language, with the code of whoever sent it', async () => {
    const { page, id } = await aComment();
    const by = 'A'.repeat(22);
    const query = `?lang=es&amp;by=${by}`;
    const signup = await world.get(`${page}?lang=es&by=${by}`);
    expect(signup.body).toContain(`href="${page}/guide${query}"`);
    const guide = await world.get(`${page}/guide?lang=es&by=${by}`);
    expect(guide.body).toContain(`href="${page}${query}"`);
    expect(guide.body).toContain(`href="${page}/guide?lang=en&amp;by=${by}"`);
    for (const status of ['awaiting', 'ended', 'closed']) {
      await world.db.query(`update campaigns set status = $2 where id = $1`, [id, status]);
      expect((await world.get(page)).body).not.toContain('/guide?');
    }
    expect((await world.get(`${page}/guide`)).body).not.toContain(`href="${page}?`);
  });

  it('is not there for a campaign that is none, or not yet', async () => {
    const draft = await aComment();
    await world.db.query(`update campaigns set status = 'draft' where id = $1`, [draft.id]);
    for (const page of [draft.page, '/c/nothing/here'])
      for (const what of ['guide', 'comment'])
        expect((await world.get(`${page}/${what}`)).statusCode).toBe(404);
  });
});

describe('the workshop', () => {
  it('is led to from everybody’s own guide, at an address that says nothing of them', async () => {
    const { page, id } = await aComment();
    await world.post(page, { email: 'writes@example.org', zip: '10001' });
    const signup = await world.one<{ id: string }>(`select id from signups where campaign_id = $1`, [id]);
    const { body } = await world.get(linkOf(world.keys, signup.id, 'guide'));
    expect(body).toContain(
      `<a class="button plain" href="${page}/comment?lang=en" referrerPolicy="same-origin">`,
    );
  });

  it.each(['en', 'es'] as const)(
    'has the kit’s questions, facts and sample, and the docket in its first line (%s)',
    async (language) => {
      const { page } = await aComment();
      const { body } = await world.get(`${page}/comment?lang=${language}`);
      const { prompts, facts } = readKit('soc-docket').languages[language]!;
      expect(body).toContain('BLS-2024-0001, Standard Occupation Classification (SOC)—Updates for 2028');
      for (const { title } of prompts!) expect(body).toContain(title);
      for (const { url } of facts!) if (url) expect(body).toContain(url);
    },
  );

  it('may connect to nobody, and lead a form to the official one alone', async () => {
    const { page } = await aComment();
    const policy = String((await world.get(`${page}/comment`)).headers['content-security-policy']);
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        `default-src 'none'`,
        `connect-src 'none'`,
        `form-action 'self' https://www.regulations.gov`,
      ]),
    );
  });

  it('has no first line while the docket has no id', async () => {
    const { page } = await aComment({ official: {} });
    const { body } = await world.get(`${page}/comment`);
    expect(body).not.toContain('id="opening"');
    expect(body).not.toContain('{{');
  });

  it('is not there where there is no comment to write', async () => {
    const { page } = await world.aCampaign();
    expect((await world.get(`${page}/comment`)).statusCode).toBe(404);
    expect((await world.get(`${page}/guide`)).body).not.toContain('/comment?');
  });
});

describe('words for the workshop', () => {
  const textsOf = () => {
    const { outcomeLabels: _, ...words } = readKit('soc-docket').languages.en!;
    return words;
  };
  it.each([
    [{ opening: '{{ docket }} {{ name }}' }, 'opening', 'docket_braces'],
    [{ opening: 'one\ntwo' }, 'opening', 'one_line'],
    [{ why: '[press](javascript:alert(1)) and [this](/admin)' }, 'why', 'link_form'],
    [{ steps: ['Fine.', '[x](data:text/html,x) [y](//evil)'] }, 'steps.1', 'link_form'],
    [{ sample: 'é'.repeat(2_501) }, 'sample', 'comment_long'],
    [{ facts: [{ words: 'Good 👍', source: 'us' }] }, 'facts.0.words', 'official_characters'],
    [{ facts: [{ words: 'x', source: 'y', url: 'http://a.example' }] }, 'facts.0.url', 'https'],
    [{ prompts: [{ title: 'What?' }] }, 'prompts.0.help', 'missing'],
  ])('are refused where they are wrong: %j', async (change, path, code) => {
    const { id } = await aComment();
    const texts = { en: { ...textsOf(), ...change } };
    const answer = await world.call('PATCH', `/api/v1/campaigns/${id}`, { texts });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ errors: [{ path: `texts.en.${path}`, code }] });
  });

  it('are kept as they are', async () => {
    const { id } = await aComment();
    const texts = { en: textsOf() };
    const answer = await world.call('PATCH', `/api/v1/campaigns/${id}`, { texts });
    expect(answer.json()['texts']).toEqual(texts);
  });
});
