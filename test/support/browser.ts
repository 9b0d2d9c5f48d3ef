import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type axeCore from 'axe-core';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { noteButtons } from './buttons.js';
import { findChromium } from './parts.js';

const screenshots = fileURLToPath(new URL('../.results/screenshots/', import.meta.url));
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export type TestBrowser = { readonly context: BrowserContext; stop(): Promise<void> };

/** The machine's Chromium with an empty profile. @param options such as `{ viewport, colorScheme, javaScriptEnabled }` */
export async function openBrowser(
  options: Parameters<typeof chromium.launchPersistentContext>[1] = {},
): Promise<TestBrowser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('Chromium is not on this machine: wrap these tests in withChromium.');
  const profile = await mkdtemp(path.join(os.tmpdir(), 'chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: flags,
    ...options,
  });
  const keepNotes = await noteButtons(context);
  const stop = async () => {
    keepNotes();
    await context.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { context, stop };
}

/** Colours that change over are judged when they have. */
async function stillness(): Promise<void> {
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  const ending = document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ending.map(({ finished }) => finished));
}

export type Violation = { id: string; impact: string; help: string; nodes: string[] };

/** What axe finds wrong on the page, a line for each rule; empty when all is well. The page's own CSP stays in force. */
export async function axe(page: Page): Promise<Violation[]> {
  const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(source);
  await page.evaluate(stillness);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axeCore }).axe.run(),
  );
  return violations.map(({ id, impact, help, nodes }) => ({
    id,
    impact: impact ?? 'unknown',
    help,
    nodes: nodes.map(({ html }) => html),
  }));
}

/**
 * A picture in each scheme, `NAME-WIDTH-SCHEME.png` under `test/.results/screenshots/`.
 * @returns what is wrong: what axe finds, and whether the page scrolls sideways; empty when all is well
 */
export async function lookAt(page: Page, name: string): Promise<string[]> {
  const wrong: string[] = [];
  const { width } = page.viewportSize()!;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const { id, nodes } of await axe(page)) wrong.push(`${name}, ${colorScheme}: ${id} at ${nodes[0]}`);
    await page.screenshot({ path: `${screenshots}${name}-${width}-${colorScheme}.png`, fullPage: true });
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  if (await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth'))
    wrong.push(`${name} scrolls sideways at ${width}`);
  return wrong;
}
