import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { type BuildEnvironmentOptions, defineConfig, type Plugin } from 'vite';

const outDir = fileURLToPath(new URL('../../dist/apps/web', import.meta.url));

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/console/',
  // Ours by name (`#domain`), from their sources.
  resolve: { conditions: ['src', 'module', 'browser', 'production'] },
  // What the page may run says its answer's header; the api fills this in, anew for each answer.
  html: { cspNonce: '__NONCE__' },
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_000,
    modulePreload: { polyfill: false },
    // "use client" means nothing here.
    rolldownOptions: { onwarn: (warning, say) => tell(warning, say) },
  },
  plugins: [compressed()],
});

type Tell = NonNullable<NonNullable<BuildEnvironmentOptions['rolldownOptions']>['onwarn']>;
const tell: Tell = (warning, say) => {
  if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') say(warning);
};

/** Beside each file its Brotli and its gzip, so that nobody compresses while somebody waits. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async closeBundle() {
      const assets = path.join(outDir, 'assets');
      for (const name of await readdir(assets)) {
        if (!/\.(js|css|svg)$/.test(name)) continue;
        const file = path.join(assets, name);
        const content = await readFile(file);
        await writeFile(`${file}.br`, await promisify(brotliCompress)(content));
        await writeFile(`${file}.gz`, await promisify(gzip)(content));
      }
    },
  };
}
