import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from 'playwright-core';

const folder = fileURLToPath(new URL('../.results/buttons/', import.meta.url));

/** Which buttons of the console a journey saw and which it pressed, for `unpressed.mjs`. @returns keeps what was noted */
export async function noteButtons(context: BrowserContext): Promise<() => void> {
  const noted = { seen: new Set<string>(), pressed: new Set<string>() };
  await context.exposeBinding('noteButton', (_, how: keyof typeof noted, name: string) => {
    noted[how].add(name);
  });
  await context.addInitScript(watch);
  return () => {
    mkdirSync(folder, { recursive: true });
    const { seen, pressed } = noted;
    writeFileSync(
      path.join(folder, `${randomUUID()}.json`),
      JSON.stringify({ seen: [...seen], pressed: [...pressed] }),
    );
  };
}

/** Runs in the page. A button is known by where it stands and by its words, without names, numbers and ids. */
function watch(): void {
  type Note = (how: 'seen' | 'pressed', name: string) => Promise<void>;
  const note = (how: 'seen' | 'pressed', name: string) =>
    void (globalThis as unknown as { noteButton: Note }).noteButton(how, name);
  const buttons = 'button:not([role="slider"]), [role="button"], summary';
  let stays = new Map<string, number>();
  const counts = () => location.pathname.startsWith('/console') && document.documentElement.lang === 'en';
  const nameOf = (button: HTMLElement) => {
    const place = button.closest(
      '.mantine-AppShell-header, .mantine-AppShell-navbar, .mantine-Popover-dropdown',
    )
      ? 'frame'
      : button.closest('[role="dialog"]')
        ? 'dialog'
        : button.closest('.mantine-Notification-root')
          ? 'toast'
          : button.closest('main:not(.mantine-AppShell-main)')
            ? 'door'
            : location.pathname.replace(/[0-9a-f-]{36}|(?<=\/)[\w-]{22,}$|(?<=\/figures\/)\w+$/g, '…');
    const words = (button.getAttribute('aria-label') ?? button.innerText)
      .trim()
      .replace(/:.*/s, '')
      .replace(/“.*?”/gs, '“…”')
      .replace(/\d[\d,.]*/g, '#')
      .replace(/^Copied$/, 'Copy');
    return `${place}: ${words}`;
  };
  addEventListener(
    'click',
    ({ target }) => {
      const button = (target as HTMLElement).closest?.<HTMLElement>(buttons);
      if (button && counts()) note('pressed', nameOf(button));
    },
    true,
  );
  // What is there for a second: not what comes and goes while a page is read.
  setInterval(() => {
    if (!counts()) return;
    const here = new Map<string, number>();
    for (const button of document.querySelectorAll<HTMLElement>(buttons)) {
      if (
        !button.checkVisibility() ||
        button.matches(':disabled, [data-disabled], [aria-hidden="true"] *, [aria-hidden="true"]')
      )
        continue;
      const name = nameOf(button);
      here.set(name, (stays.get(name) ?? 0) + 1);
    }
    for (const [name, looks] of here) if (looks === 10) note('seen', name);
    stays = here;
  }, 100);
}
