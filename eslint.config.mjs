import path from 'node:path';
import js from '@eslint/js';
import ts from 'typescript-eslint';

/**
 * Who may import whom (ARCHITECTURE.md): domain and boot → nothing of ours; libs → those; apps → libs; never
 * app → app, except the sandbox, which composes them. A folder that is not named here may import nothing of ours.
 */
const mayImport = {
  'libs/boot': [],
  'libs/domain': [],
  'libs/postgres': ['libs/boot', 'libs/domain'],
  'libs/queues': ['libs/domain'],
  'libs/schedule': ['libs/domain', 'libs/postgres'],
  'libs/dockets': ['libs/domain', 'libs/postgres'],
  'libs/messages': ['libs/domain'],
  'apps/api': ['libs/*'],
  'apps/worker': ['libs/*'],
  'apps/web': ['libs/domain', 'libs/messages'],
  'apps/sandbox': ['libs/*', 'apps/*'],
};
/** libs/domain holds pure rules. */
const notInDomain =
  /^(@nestjs\/|@fastify\/|fastify$|typeorm|pg$|bullmq|ioredis|nodemailer|twilio|react|pino|zod|node:(fs|net|http|https|child_process|timers))/;

const imports = {
  create(context) {
    const file = relative(context.filename);
    const from = room(file);
    const isTest = /\.test\.tsx?$/.test(file);
    const refuse = (node, message) => context.report({ node, message });

    function check(node) {
      const source = node.type === 'TSImportType' ? (node.source ?? node.argument?.literal) : node.source;
      const name = source?.type === 'TemplateLiteral' ? plain(source) : source?.value;
      if (source && typeof name !== 'string') {
        return refuse(source, 'Write out what is imported, so that its direction can be checked.');
      }
      if (!source) return;
      const byPath = /^[./]|^file:/.test(name);
      const to = byPath ? room(relative(path.resolve(path.dirname(context.filename), name))) : alias(name);
      if (from === 'libs/domain' && notInDomain.test(name)) {
        refuse(source, `libs/domain holds pure rules: it does not import ${name}.`);
      }
      if (!to || to === from || (isTest && to.startsWith('test/'))) return;
      const rooms = mayImport[from] ?? [];
      if (!rooms.includes(to) && !rooms.includes(to.replace(/\/.*/, '/*'))) {
        refuse(source, `${from} may not import ${to}: see mayImport in eslint.config.mjs.`);
      } else if (byPath && to.startsWith('libs/')) {
        refuse(source, `Import ${to} by its name, #${to.slice('libs/'.length)}.`);
      }
    }
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
    };
  },
};
const relative = (file) => path.relative(import.meta.dirname, file).replaceAll(path.sep, '/');
/** `libs/domain/src/index.ts` → `libs/domain`; what lies elsewhere in the project → its folder and a slash. */
const room = (file) => /^(?:libs|apps)\/[^/]+/.exec(file)?.[0] ?? (/^[^/.][^/]*\//.exec(file)?.[0] || './');
const alias = (name) => (name.startsWith('#') ? `libs/${name.slice(1)}` : null);
const plain = (template) => (template.expressions.length === 0 ? template.quasis[0].value.cooked : null);

export default ts.config(
  { ignores: ['dist/', 'data/', 'node_modules/', 'test/.results/'] },
  js.configs.recommended,
  ...ts.configs.recommendedTypeChecked.map((config) => ({ ...config, files: ['**/*.{ts,tsx}'] })),
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
      'no-console': 'error',
      // Blind to what a decorator uses.
      'no-useless-assignment': 'off',
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        fetch: 'readonly',
      },
    },
  },
  {
    files: ['{libs,apps}/**/*.{ts,tsx}'],
    plugins: { house: { rules: { imports } } },
    rules: { 'house/imports': 'error' },
  },
);
