import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint, type Linter } from 'eslint';
import ts from 'typescript-eslint';

const root = fileURLToPath(new URL('../../', import.meta.url));
const rooms = ['libs', 'apps'].flatMap((folder) =>
  readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`),
);
/** The project's own rules, without those that need types: the snippets are no files. */
const eslint = new ESLint({ cwd: root, overrideConfig: ts.configs.disableTypeChecked as Linter.Config });

async function refusals(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: path.join(root, file) });
  const broken = result!.messages.filter(({ fatal }) => fatal);
  if (broken.length > 0) throw new Error(`${file} could not be read: ${broken[0]!.message}`);
  return result!.messages.filter(({ ruleId }) => ruleId === 'house/imports').map(({ message }) => message);
}

describe('a bad import fails', () => {
  it.each([
    ['libs/domain/src/schedule/plan.ts', '#postgres'],
    ['libs/domain/src/schedule/plan.ts', '#boot'],
    ['libs/domain/src/schedule/plan.ts', '#queues'],
    ['libs/domain/src/schedule/plan.ts', '#messages'],
    ['libs/domain/src/schedule/plan.ts', '@nestjs/common'],
    ['libs/domain/src/schedule/plan.ts', 'typeorm'],
    ['libs/domain/src/schedule/plan.ts', 'pg'],
    ['libs/domain/src/schedule/plan.ts', 'bullmq'],
    ['libs/domain/src/schedule/plan.ts', 'node:fs/promises'],
    ['libs/domain/src/schedule/plan.ts', '../../../postgres/src/index.js'],
    ['libs/domain/src/schedule/plan.ts', '../../../../apps/api/src/app.js'],
    ['libs/domain/src/schedule/plan.test.ts', '#postgres'],
    ['libs/boot/src/settings.ts', '#domain'],
    ['libs/boot/src/settings.ts', '#postgres'],
    ['libs/boot/src/settings.ts', '../../domain/src/index.js'],
    ['libs/postgres/src/waves.ts', '#messages'],
    ['libs/postgres/src/waves.ts', '#queues'],
    ['libs/postgres/src/waves.ts', '../../messages/src/index.js'],
    ['libs/postgres/src/waves.ts', '../../domain/src/index.js'],
    ['libs/postgres/src/entities/campaign.ts', '../../../domain/src/schedule/life.js'],
    ['libs/postgres/src/waves.ts', '../../../apps/worker/src/main.js'],
    ['libs/queues/src/wake.ts', '#postgres'],
    ['libs/queues/src/wake.ts', '#messages'],
    ['libs/queues/src/wake.ts', '../../postgres/src/waves.js'],
    ['libs/messages/src/kit.ts', '#postgres'],
    ['libs/dockets/src/ask.ts', '#messages'],
    ['libs/schedule/src/deadlines.ts', '#dockets'],
    ['libs/postgres/src/waves.ts', '#dockets'],
    ['libs/messages/src/kit.ts', '#queues'],
    ['libs/messages/src/kit.ts', '../../queues/src/index.js'],
    ['apps/api/src/count/tally.service.ts', '../../../worker/src/dispatch/tick.service.js'],
    ['apps/api/src/app.ts', '../../sandbox/src/main.js'],
    ['apps/api/src/app.ts', '../../../libs/domain/src/index.js'],
    ['apps/worker/src/main.ts', '../../api/src/app.js'],
    ['apps/worker/src/main.ts', '../../sandbox/embedded-postgres.mjs'],
    ['apps/worker/src/main.ts', '../../../test/support/clock.js'],
    ['apps/web/src/main.tsx', '#postgres'],
    ['apps/web/src/main.tsx', '../../api/src/app.js'],
    ['apps/newcomer/src/main.ts', '#domain'],
    ['libs/newcomer/src/index.ts', '#domain'],
  ])('%s → %s', async (file, name) => {
    expect(await refusals(file, `import { it } from '${name}';\nit();\n`)).toHaveLength(1);
  });

  it.each([
    ['for its effect', `import '#postgres';`],
    ['of a type', `import type { Waves } from '#postgres';`],
    ['as a re-export', `export { Waves } from '#postgres';`],
    ['as a re-export of everything', `export * from '#postgres';`],
    ['when it runs', `await import('#postgres');`],
    ['when it runs, in a template', 'await import(`#postgres`);'],
    ['when it runs, computed', `await import(['#', 'postgres'].join(''));`],
    ['inside a type', `export type Waves = import('#postgres').Waves;`],
  ])('in every shape: %s', async (_shape, code) => {
    expect(await refusals('libs/domain/src/index.ts', code)).toHaveLength(1);
  });
});

describe('a good import passes', () => {
  it.each([
    ['libs/domain/src/schedule/plan.ts', './ladder.js'],
    ['libs/domain/src/schedule/plan.ts', '../signup/zip.js'],
    ['libs/domain/src/schedule/plan.ts', 'temporal-polyfill'],
    ['libs/boot/src/settings.ts', 'zod'],
    ['libs/postgres/src/waves.ts', '#domain'],
    ['libs/postgres/src/keyring.ts', '#boot'],
    ['libs/postgres/src/waves.db.test.ts', '../../../test/support/use-database.js'],
    ['libs/queues/src/jobs.ts', '#domain'],
    ['libs/messages/src/kit.ts', '#domain'],
    ['libs/dockets/src/ask.ts', '#postgres'],
    ['libs/schedule/src/deadlines.ts', '#postgres'],
    ['apps/worker/src/main.ts', '#dockets'],
    ['apps/api/src/app.ts', '#boot'],
    ['apps/api/src/app.ts', '#postgres'],
    ['apps/api/src/count/tally.service.ts', '../access/access.js'],
    ['apps/worker/src/main.ts', '#queues'],
    ['apps/worker/src/main.ts', '#messages'],
    ['apps/sandbox/src/main.ts', '../../api/src/app.js'],
    ['apps/sandbox/src/main.ts', '../../worker/src/worker.module.js'],
  ])('%s → %s', async (file, name) => {
    expect(await refusals(file, `import { it } from '${name}';\nit();\n`)).toEqual([]);
  });
});

describe('every folder is linted', () => {
  it.each(rooms)('%s, with the rule for imports and the rules that need types', async (room) => {
    for (const file of [`${room}/src/index.ts`, `${room}/src/page.tsx`]) {
      const found = (await new ESLint({ cwd: root }).calculateConfigForFile(path.join(root, file))) as {
        rules: Record<string, unknown[]>;
      };
      expect(found.rules['house/imports']?.[0]).toBe(2);
      expect(found.rules['@typescript-eslint/no-floating-promises']?.[0]).toBe(2);
      expect(await refusals(file, `import '../../../apps/nowhere/src/index.js';`)).toHaveLength(
        room === 'apps/sandbox' ? 0 : 1,
      );
    }
  });
});
