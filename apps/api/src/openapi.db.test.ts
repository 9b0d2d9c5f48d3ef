import { useApi } from '../../../test/support/use-api.js';

const world = useApi();

type Schema = { $ref?: string; type?: string; properties?: Record<string, Schema>; [key: string]: unknown };
type Operation = {
  parameters?: { name: string; in: string; required: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, unknown>;
  security?: unknown[];
};
type Document = {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, unknown> };
};
let document: Document;
beforeAll(async () => {
  document = (await world.get('/openapi.json')).json();
});

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      ...operation,
    })),
  );

it('is an OpenAPI description of what the design promises', () => {
  expect(document.openapi).toMatch(/^3\./);
  expect(document.info).toMatchObject({ title: 'Drumbeat', version: '1' });
  const promised = [
    'POST /api/v1/coalitions',
    'POST /api/v1/campaigns',
    'GET /api/v1/campaigns',
    'GET /api/v1/campaigns/{id}',
    'PATCH /api/v1/campaigns/{id}',
    'POST /api/v1/campaigns/{id}/{turn}',
    'PUT /api/v1/campaigns/{id}/deadline',
    'PUT /api/v1/campaigns/{id}/ladder',
    'POST /api/v1/campaigns/{id}/words',
    'POST /api/v1/campaigns/{id}/signups',
    'POST /api/v1/campaigns/{id}/imports',
    'GET /api/v1/imports/{id}',
    'POST /api/v1/campaigns/{id}/invitations',
    'GET /api/v1/campaigns/{id}/progress',
    'GET /api/v1/campaigns/{id}/tally',
    'GET /api/v1/signups/{id}',
    'POST /api/v1/signups/{id}/confirmations',
  ];
  const names = operations().map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(promised));
  expect(names.filter((name) => !/ \/(api\/v1|health)\//.test(name))).toEqual([]);
});

it('says what each request must carry', () => {
  const withBody = operations().filter(
    ({ name }) =>
      /^(POST|PUT|PATCH)/.test(name) &&
      !/(\{turn\}|\/imports|\/restore|\/logo|\/files|\/sign-in\/\{token\}|\/sign-out(-everywhere)?|\/me\/codes|\/question|\/read|\/ask|\/sweep|\/sweep\/file|\/dismiss|\/accept)$/.test(
        name,
      ),
  );
  for (const { name, requestBody } of withBody) {
    const schema = requestBody?.content['application/json']?.schema;
    const resolved = schema?.$ref ? document.components.schemas[schema.$ref.split('/').at(-1)!] : schema;
    expect([name, Object.keys(resolved?.properties ?? {}).length > 0]).toEqual([name, true]);
  }
  for (const { name, parameters = [] } of operations())
    for (const placeholder of name.matchAll(/\{(\w+)\}/g))
      expect([name, parameters.map((parameter) => parameter.name)]).toEqual([
        name,
        expect.arrayContaining([placeholder[1]]),
      ]);
});

it('says that a list comes as CSV, or in a form', () => {
  const { requestBody } = operations().find(({ name }) => name === 'POST /api/v1/campaigns/{id}/imports')!;
  expect(Object.keys(requestBody!.content)).toEqual(['text/csv', 'multipart/form-data']);
});

it('names the key that every route of the API wants, but those by which people come in', () => {
  const open = /\/api\/v1\/(sign-in|invitation\/)/;
  expect(document.components.securitySchemes).toHaveProperty('bearer');
  for (const { name, security } of operations().filter(({ name }) => name.includes('/api/v1')))
    expect([name, security]).toEqual([name, open.test(name) ? undefined : [{ bearer: [] }]]);
});

it('points only at what is there, and shows nothing of how it was made', () => {
  const text = JSON.stringify(document);
  for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g))
    expect(document.components.schemas).toHaveProperty([name!]);
  expect(text).not.toMatch(/"_zod|"_def"|"~standard"|"def":|ZodObject|"vendor"/);
  expect(text).not.toMatch(/magic-link|hooks\/twilio/);
});
