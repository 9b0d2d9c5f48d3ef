import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** The scripts of public pages, which take our own rules into the browser; the api serves them under /assets/. */
export default defineConfig({
  root: here('.'),
  base: '/assets/',
  resolve: {
    // Ours by name (`#domain`), from their sources; of the messages the words for browsers alone, the rest is for servers.
    conditions: ['src', 'module', 'browser', 'production'],
    alias: { '#messages': here('../../libs/messages/src/words/workshop.ts') },
  },
  publicDir: false,
  build: {
    outDir: here('../../dist/apps/api/scripts'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    rolldownOptions: {
      input: {
        workshop: here('src/confirm/workshop.script.ts'),
        entry: here('src/confirm/entry.script.ts'),
        copy: here('src/layout/copy.script.ts'),
      },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
});
