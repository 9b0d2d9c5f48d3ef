import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';

type Parameter = { name: string; in: string };
type Described = { paths: Record<string, { get?: { parameters?: Parameter[] } }> };

export type OfficialDescription = {
  /** What is not as described in a GET. @param asked below the base address */
  request(asked: string, query: URLSearchParams): string[];
  answer(asked: string, body: unknown): string[];
};

/** What regulations.gov itself says of its API; null where the recordings are not (RECORDED_DIR). */
export function officialDescription(): OfficialDescription | null {
  const folder = process.env['RECORDED_DIR'];
  if (!folder) return null;
  const text = readFileSync(path.join(folder, 'regulations-gov-v4-openapi.yaml'), 'utf8');
  const description = parse(text, { maxAliasCount: 1_000 }) as Described;
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(description, 'gov');
  const check = (schema: string, described: unknown) => {
    const validate = ajv.compile({ $ref: `gov#/components/schemas/${schema}` });
    validate(described);
    // It wants an attribute `documentId` that no live answer has, and forgets that some are null.
    return (validate.errors ?? [])
      .filter(({ params }) => params['missingProperty'] !== 'documentId')
      .filter(({ keyword, instancePath }) => keyword !== 'type' || valueAt(described, instancePath) !== null)
      .map(({ instancePath, message }) => `${schema}${instancePath} ${message}`);
  };
  return {
    request(asked, query) {
      const [kind, id, ...rest] = asked.split('/').filter(Boolean);
      const template = Object.keys(description.paths).find((known) =>
        id ? new RegExp(`^/${kind}/\\{\\w+\\}$`).test(known) : known === `/${kind}`,
      );
      const described = template && description.paths[template]?.get;
      if (!described || rest.length > 0) return [`there is no GET ${asked}`];
      const names = (described.parameters ?? [])
        .filter((each) => each.in === 'query')
        .map(({ name }) => name);
      const wrong = [...query.keys()]
        .filter((key) => !names.includes(key.replace(/(\[\w+\])\[(?:ge|le)\]$/, '$1')))
        .map((key) => `GET ${asked} takes no ${key}`);
      const within = (name: string, least: number, most: number) => {
        const value = query.get(name);
        if (value !== null && !(Number(value) >= least && Number(value) <= most))
          wrong.push(`GET ${asked} takes ${name} from ${least} to ${most}, not ${value}`);
      };
      within('page[size]', 5, 250);
      within('page[number]', 1, 20);
      return wrong;
    },
    answer(asked, body) {
      const { data } = body as { data: unknown };
      const kind = asked.includes('comments') ? 'Comment' : 'Document';
      if (!Array.isArray(data)) return check(`${kind}Detail`, (data as { attributes: unknown }).attributes);
      return data.flatMap((item: object) => check(`${kind}FindAllItem`, { ...item, links: [] }));
    },
  };
}

const valueAt = (whole: unknown, pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((part, key) => (part as Record<string, unknown>)?.[key], whole);
