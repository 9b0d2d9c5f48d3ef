import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
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

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** All that another scheme can change; the other rules read the page's elements alone. */
const aboutColours = ['color-contrast', 'link-in-text-block'];

/**
 * What axe finds wrong on the page, a line for each rule; empty when all is well. The page's own CSP stays in force.
 * @param rules only these; left out: all
 */
export async function axe(page: Page, rules?: string[]): Promise<Violation[]> {
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(axeSource);
  await page.evaluate(stillness);
  const { violations } = await page.evaluate(
    (runOnly) =>
      (globalThis as unknown as { axe: typeof axeCore }).axe.run({
        resultTypes: ['violations'],
        ...(runOnly && { runOnly }),
      }),
    rules,
  );
  return violations.map(({ id, impact, help, nodes }) => ({
    id,
    impact: impact ?? 'unknown',
    help,
    nodes: nodes.map(({ html }) => html),
  }));
}

export const picture = (page: Page, name: string) =>
  page.screenshot({ path: `${screenshots}${name}.png`, fullPage: true });

/**
 * A picture in each scheme, `NAME-WIDTH-SCHEME.png` under `test/.results/screenshots/`.
 * @returns what is wrong: what axe finds, and whether the page scrolls sideways; empty when all is well
 */
export async function lookAt(page: Page, name: string): Promise<string[]> {
  const wrong: string[] = [];
  const { width } = page.viewportSize()!;
  await page.bringToFront();
  await page.evaluate('scrollTo(0, 0)');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const found = await axe(page, colorScheme === 'light' ? undefined : aboutColours);
    for (const { id, nodes } of found) wrong.push(`${name}, ${colorScheme}: ${id} at ${nodes[0]}`);
    await picture(page, `${name}-${width}-${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  if (await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth'))
    wrong.push(`${name} scrolls sideways at ${width}`);
  return wrong;
}

/** A phone that is narrow, and a desk. */
export const sizes = { phone: { width: 360, height: 780 }, desk: { width: 1280, height: 900 } };

export type Browsing = {
  readonly context: BrowserContext;
  /** Anew for each test. */
  readonly page: Page;
  press: (name: string | RegExp, on?: Page) => Promise<void>;
  sees: (words: string | RegExp, on?: Page) => Promise<void>;
  /** A picture in each scheme, under the folder; fails where {@link lookAt} finds anything. */
  look: (name: string, on?: Page) => Promise<void>;
};

/**
 * One browser for the tests of a file. A page whose policy blocks a part of its own fails its test.
 * @param folder of its pictures
 * @param mayBlock what is blocked and right so
 */
export function useBrowser(
  folder: string,
  { mayBlock = /^$/, ...options }: Parameters<typeof openBrowser>[0] & { mayBlock?: RegExp } = {},
): Browsing {
  let browser: TestBrowser;
  let page: Page;
  let blocked: string[] = [];
  beforeAll(async () => {
    browser = await openBrowser({
      ...{ locale: 'en-US', timezoneId: 'America/Los_Angeles', viewport: sizes.phone },
      ...options,
    });
    browser.context.setDefaultTimeout(20_000);
    await browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    browser.context.on('console', (message) => {
      const text = message.text();
      if (text.includes('Content Security Policy') && !mayBlock.test(text)) blocked.push(text);
    });
  }, 60_000);
  afterAll(() => browser?.stop());
  beforeEach(async () => {
    blocked = [];
    page = await browser.context.newPage();
  });
  afterEach(async () => {
    for (const each of browser.context.pages().slice(1)) await each.close();
    expect(blocked).toEqual([]);
  });
  return {
    get context() {
      return browser.context;
    },
    get page() {
      return page;
    },
    press: (name, on = page) => on.getByRole('button', { name }).filter({ visible: true }).first().click(),
    sees: (words, on = page) => on.getByText(words).filter({ visible: true }).first().waitFor(),
    look: async (name, on = page) => expect(await lookAt(on, `${folder}/${name}`)).toEqual([]),
  };
}
