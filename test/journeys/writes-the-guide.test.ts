import type { Page } from 'playwright-core';
import { sizes, useBrowser } from '../support/browser.js';
import { withChromium } from '../support/parts.js';
import { useDrumbeat } from '../support/use-drumbeat.js';

withChromium('an organizer writes the guide', () => {
  const drumbeat = useDrumbeat();
  const browser = useBrowser('writes-the-guide');
  const { press, sees, look } = browser;
  let page: Page;
  beforeAll(async () => browser.context.addCookies([await drumbeat.signIn()]));
  beforeEach(() => {
    page = browser.page;
  });
  const guide = () => page.frameLocator('iframe.guide');
  const open = async (kit: string) => {
    const { json } = await drumbeat.api<{ id: string }>('POST', '/api/v1/campaigns', { kit });
    await page.goto(`${drumbeat.url}/console/campaigns/${json.id}/setup/guide`);
    await page.getByRole('heading', { level: 1, name: 'How is it done?' }).waitFor();
    return json.id;
  };
  const saved = async (id: string) =>
    (await drumbeat.api<{ texts: Record<'en' | 'es', Texts> }>('GET', `/api/v1/campaigns/${id}`)).json.texts;

  it.each(Object.entries(sizes))(
    'of a census: what people need, and what they write on the form, in both languages, on a %s',
    async (size, viewport) => {
      await page.setViewportSize(viewport);
      const id = await open('occupation-entry');
      const before = await saved(id);

      const needs = page.getByRole('textbox', { name: /^Thing \d$/ });
      const had = await needs.count();
      await press('Add a thing');
      await needs.last().fill('A pen');
      await guide().getByText('A pen').waitFor();
      await press(`Move up: Thing ${had + 1}`);
      expect(await needs.nth(had - 1).inputValue()).toBe('A pen');
      await press(`Move down: Thing ${had}`);
      await press(`Take out: Thing ${had + 1}`);
      expect(await needs.count()).toBe(had);
      await press('Undo: ');
      expect(await needs.last().inputValue()).toBe('A pen');

      const field = (name: string) => page.getByRole('textbox', { name, exact: true });
      await field('Main occupation').fill('Peer Specialist');
      await guide().getByText('15 characters').waitFor();
      const ticks = page.getByRole('textbox', { name: /^Duty \d+, as people tick it$/ });
      const duties = await ticks.count();
      await press('Add a duty');
      await ticks.last().fill('I answer a warm line');
      await guide().getByLabel('I answer a warm line').waitFor();
      await press(`Move up: Duty ${duties + 1}`);
      expect(await ticks.nth(duties - 1).inputValue()).toBe('I answer a warm line');
      await press(`Move down: Duty ${duties}`);
      await press(`Take out: Duty ${duties + 1}`);
      await press('Undo: ');
      await field(`Duty ${duties + 1}, on the form`).fill('answer a warm line');
      await field('Who gets asked, and who doesn’t').fill('By lot, see [the list](list)');
      await sees(/^A link starts with https:\/\//);
      await field('Who gets asked, and who doesn’t').fill('By **lot**.');
      await guide().getByText('By lot.', { exact: true }).waitFor();
      await guide().getByRole('heading', { name: 'By phone' }).scrollIntoViewIfNeeded();
      await field('How to answer by phone').fill('Say it letter by letter.');
      const handle = await page.locator('iframe.guide').elementHandle();
      const staysInSight = `scrollY > 0 && document.body.innerText.includes('Say it letter by letter.')`;
      await (await handle.contentFrame())!.waitForFunction(staysInSight);
      if (size === 'desk') expect((await handle.boundingBox())!.y).toBeGreaterThan(0);
      await look('census');

      await page.getByText('Español', { exact: true }).click();
      await guide().getByText('Qué escribir en el formulario').waitFor();
      await field('Main occupation').fill('');
      await press('Save and go on');
      await sees('must not be empty');
      await field('Main occupation').fill('Peer Specialist');
      await press('Save and go on');
      await page.getByRole('heading', { level: 1, name: 'When must it be done?' }).waitFor();
      const { en, es } = await saved(id);
      expect(en).toEqual({
        ...before.en,
        need: [...before.en.need!, 'A pen'],
        entry: {
          ...{ occupation: 'Peer Specialist', asked: 'By **lot**.' },
          duties: [...before.en.entry!.duties, { tick: 'I answer a warm line', write: 'answer a warm line' }],
          ways: { ...before.en.entry!.ways, phone: 'Say it letter by letter.' },
        },
      });
      expect(es).toEqual({ ...before.es, entry: { ...before.es.entry!, occupation: 'Peer Specialist' } });
    },
    120_000,
  );

  it('of a census, with nothing to write on the form: no page has it then', async () => {
    const id = await open('occupation-entry');
    for (const name of ['Main occupation', 'Who gets asked, and who doesn’t', /^How to answer/])
      for (const each of await page.getByRole('textbox', { name }).all()) await each.fill('');
    const takeOut = page.getByRole('button', { name: /^Take out: Duty/ });
    while ((await takeOut.count()) > 0) await takeOut.first().click();
    await sees('There is no duty yet');
    await guide().getByText('What to write on the form').waitFor({ state: 'detached' });
    await look('census-none');
    await press('Save and go on');
    await page.getByRole('heading', { level: 1, name: 'When must it be done?' }).waitFor();
    const { en, es } = await saved(id);
    expect([en.entry, es.entry]).toEqual([undefined, expect.anything()]);
  });

  it('of another kind: nobody is asked for an occupation', async () => {
    await open('custom');
    await sees('What people need');
    expect(await page.getByText('What to write on the form').count()).toBe(0);
  });

  it('in Spanish, with what is wrong beside its field', async () => {
    await page.goto(`${drumbeat.url}/console`);
    await page.evaluate(`localStorage.setItem('drumbeat.language', 'es')`);
    const { json } = await drumbeat.api<{ id: string }>('POST', '/api/v1/campaigns', {
      kit: 'occupation-entry',
    });
    await page.goto(`${drumbeat.url}/console/campaigns/${json.id}/setup/guide`);
    await page.getByRole('textbox', { name: 'Tarea 2, en el formulario' }).fill('  ');
    await press('Guardar y seguir');
    await sees('Esto no puede quedar vacío.');
    await look('spanish');
    await page.evaluate(`localStorage.removeItem('drumbeat.language')`);
  });
});

type Texts = {
  need?: string[];
  entry?: {
    occupation: string;
    duties: { tick: string; write: string }[];
    asked: string;
    ways: { paper: string; online: string; phone: string };
  };
};
