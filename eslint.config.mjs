import js from '@eslint/js';
import ts from 'typescript-eslint';

/** Who may import whom (ARCHITECTURE.md): domain → nothing of ours; libs → domain; apps → libs; never app → app. */
const closed = (files, patterns, message) => ({
  files: [`${files}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': ['error', { patterns: [{ group: patterns, message }] }],
    'no-restricted-syntax': [
      'error',
      {
        selector: `ImportExpression > Literal[value=/${patterns.map(asRegex).join('|')}/]`,
        message,
      },
    ],
  },
});
const asRegex = (glob) =>
  glob.replaceAll('**', '').replaceAll('*', '').replaceAll('/', '\\/').replaceAll('.', '\\.');

const apps = ['**/apps/**'];
const notDomain = ['#postgres', '#queues', '#messages'];
const frameworks = ['@nestjs/*', 'typeorm', 'pg', 'bullmq', 'ioredis'];

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
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly', setTimeout: 'readonly' },
    },
  },
  closed(
    'libs/domain',
    [...apps, ...notDomain, ...frameworks],
    'libs/domain holds pure rules: it imports nothing of ours and no framework.',
  ),
  closed(
    'libs/postgres',
    [...apps, '#queues', '#messages', '**/queues/**', '**/messages/**'],
    'libs/postgres may import #domain only.',
  ),
  closed(
    'libs/queues',
    [...apps, '#postgres', '#messages', '**/postgres/**', '**/messages/**'],
    'libs/queues may import #domain only.',
  ),
  closed(
    'libs/messages',
    [...apps, '#postgres', '#queues', '**/postgres/**', '**/queues/**'],
    'libs/messages may import #domain only.',
  ),
  closed('apps/api', ['**/worker/src/**', '**/sandbox/src/**'], 'An app never imports another app.'),
  closed('apps/worker', ['**/api/src/**', '**/sandbox/src/**'], 'An app never imports another app.'),
);
