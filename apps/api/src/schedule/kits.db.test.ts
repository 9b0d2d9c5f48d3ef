import { useApi } from '../../../../test/support/use-api.js';

const world = useApi();

type Campaign = { id: string; slug: string; kind: string; status: string; ladder: object[]; texts: object };
const create = (form: object) => world.call('POST', '/api/v1/campaigns', form);
const kitOf = async (id: string) => (await world.call('GET', `/api/v1/campaigns/${id}/kit.yaml`)).body;

describe('a campaign as a file', () => {
  it.each(['soc-docket', 'occupation-entry', 'board-call', 'custom'])(
    'begins another one like %s, without its dates',
    async (kit) => {
      const created = await create({
        kit,
        deadlineAt: '2027-06-01T23:59:59-04:00',
        deadlineZone: 'America/New_York',
      });
      const old = created.json<Campaign>();
      const answer = await world.call('GET', `/api/v1/campaigns/${old.id}/kit.yaml`);
      expect([answer.headers['content-type'], answer.headers['content-disposition']]).toEqual([
        'application/yaml; charset=utf-8',
        `attachment; filename="${old.slug}.kit.yaml"`,
      ]);
      const begun = (await create({ kitFile: answer.body })).json<Campaign>();
      expect(begun).toEqual({
        ...old,
        id: begun.id,
        slug: begun.slug,
        createdAt: expect.any(String) as string,
        deadlineAt: null,
        deadlineZone: null,
      });
      expect(await kitOf(begun.id)).toBe(answer.body.replace(`slug: ${old.slug}`, `slug: ${begun.slug}`));
    },
  );

  it.each(['regulatory_comment', 'census_occupation', 'custom'])(
    'is read again whatever a campaign of kind %s was saved with',
    async (kind) => {
      const { id } = (await create({ kind, title: 'A plain one' })).json<Campaign>();
      expect((await create({ kitFile: await kitOf(id) })).statusCode).toBe(201);
      const words = {
        ...{
          title: 'Do it: "now"',
          deed: '- do it',
          summary: '# One\n\n  two\tthree',
          why: '{{ a }}: *b*\n',
        },
        ...{ need: ['yes', '12:30', 'a # b'], steps: ['  - [x](https://example.org)  ', '|', 'Ends.\n\n\n'] },
        ...{ minutes: { from: 0, to: 600 }, doneLabel: '~', officialLabel: 'null', public: '&a' },
        sources: [{ words: '!tag', url: 'http://example.org/?a=b#c' }],
        ...(kind === 'regulatory_comment' && {
          ...{ opening: '{{ docket }}: on', sample: 'É, é.', facts: [{ words: '25,000', source: '2026' }] },
          prompts: [{ title: 'What?', help: 'Say.' }],
        }),
        ...(kind === 'census_occupation' && {
          entry: {
            ...{
              occupation: 'Specialist',
              duties: [{ tick: 'I lead', write: 'lead' }],
              asked: 'By **lot**.\n',
            },
            ways: { paper: 'Print.', online: 'Type.', phone: 'Say.' },
          },
        }),
      };
      const saved = await world.call('PATCH', `/api/v1/campaigns/${id}`, {
        ...{ texts: { en: words }, avoidWords: ['no', 'secret'], goal: 1 },
        official: { url: 'https://example.org/form', document: '0123', docket: 'on' },
      });
      expect(saved.statusCode).toBe(200);
      const rung = { id: 'day', daysBefore: 366, at: '10:00', channels: ['email'] };
      const laddered = await world.call('PUT', `/api/v1/campaigns/${id}/ladder`, {
        rungs: [
          // Its text waits for the day when the rung goes out by text again.
          {
            ...rung,
            messages: { en: { subject: 'On: it', email: '- a\n- b\n', sms: 'Do it. STOP to end' } },
          },
          // Whoever reads Spanish gets it in a campaign that is written in English.
          {
            id: 'last',
            hoursBefore: 8784,
            channels: ['sms'],
            messages: { es: { sms: 'Hoy. STOP para salir' } },
          },
        ],
      });
      expect(laddered.statusCode).toBe(200);
      const file = await kitOf(id);
      expect(file).not.toContain('STOP to end');
      const begun = (await create({ kitFile: file })).json<Campaign>();
      expect(begun).toMatchObject({ kind, texts: saved.json<Campaign>().texts });
      expect(await kitOf(begun.id)).toBe(file.replace(/^slug: .*$/m, `slug: ${begun.slug}`));
    },
  );

  it('that is faulty makes nothing, and says where it is to be mended', async () => {
    const { id } = (await create({ kit: 'custom' })).json<Campaign>();
    const file = await kitOf(id);
    const wrong = file.replace('daysBefore: 7', 'daysBefore: 7 days');
    const line = wrong.split('\n').findIndex((words) => words.includes('7 days')) + 1;
    // Each call here is made with a key of its own.
    const rows = async () => ({ ...(await world.rows()), api_keys: '' });
    const before = await rows();
    const answer = await create({ kitFile: wrong });
    expect([answer.statusCode, answer.json()]).toEqual([
      422,
      expect.objectContaining({
        code: 'kit_faulty',
        errors: [
          {
            path: 'kitFile',
            message: expect.stringMatching(`^line ${line}, column \\d+: ladder.0.daysBefore`) as string,
          },
        ],
      }),
    ]);
    expect(await rows()).toEqual(before);
    const newer = await create({ kitFile: file.replace('kit: 1', 'kit: 9') });
    expect(newer.json<{ errors: { message: string }[] }>().errors[0]!.message).toContain('version 9');
  });

  it('is one of three ways to begin', async () => {
    const { id } = (await create({ kit: 'custom' })).json<Campaign>();
    const kitFile = await kitOf(id);
    for (const form of [{ kit: 'custom', kitFile }, { kind: 'custom', title: 'Two', kitFile }, {}])
      expect((await create(form)).statusCode).toBe(400);
  });

  it('is not a leader’s', async () => {
    const { id } = (await create({ kit: 'custom' })).json<Campaign>();
    const authorization = `Bearer ${await world.key('leader', (await world.aCoalition()).id)}`;
    const answer = await world.send({
      method: 'GET',
      url: `/api/v1/campaigns/${id}/kit.yaml`,
      headers: { authorization },
    });
    expect(answer.statusCode).toBe(403);
  });
});
