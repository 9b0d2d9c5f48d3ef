import type { Page } from 'playwright-core';
import { lookAt, picture, sizes, useBrowser } from '../support/browser.js';
import { withChromium } from '../support/parts.js';
import { until, useDrumbeat } from '../support/use-drumbeat.js';

withChromium('in a browser, on a phone', () => {
  const drumbeat = useDrumbeat();
  const browser = useBrowser('pages');
  const { press, sees } = browser;
  let page: Page;
  beforeEach(async () => {
    await drumbeat.backToMonday();
    page = browser.page;
  });

  const at = (route: string) => drumbeat.url + route;
  const heading = (on: Page = page) => on.getByRole('heading', { level: 1 }).innerText();

  /** Opens the newest letter of that subject in the sandbox and follows a link in it, which opens a tab. */
  async function followLetter(subject: string | RegExp, link: string | RegExp): Promise<Page> {
    await page.goto(at('/sandbox'));
    await press(subject);
    const opened = browser.context.waitForEvent('page');
    await page.frameLocator('#letter-html').getByRole('link', { name: link }).first().click();
    const tab = await opened;
    await tab.waitForLoadState();
    return tab;
  }

  async function fillIn(on: Page, { email, phone }: { email: string; phone: string }): Promise<void> {
    await on.locator('[name=email]').fill(email);
    await on.locator('[name=phone]').fill(phone);
    await on.locator('[name=zip]').fill('97201');
    await on.locator('[name=smsConsent]').check();
  }

  it('somebody signs up, says yes, is reminded by mail and text, does it, and is counted while the leader watches', async () => {
    await page.goto(at('/c/soc-docket/many-hands-portland'));
    await fillIn(page, { email: 'ana@example.org', phone: '503 555 0142' });
    await press('Sign me up');
    expect(await heading()).toBe('You are on the list');

    const optIn = await followLetter('Do you want reminders?', 'Yes, remind me');
    expect(await heading(optIn)).toBe('Say yes to reminders');
    await press('Yes, remind me', optIn);
    expect(await heading(optIn)).toBe('You said yes');

    await page.goto(at('/sandbox'));
    await press('Phones');
    await sees(/Reply YES to get reminders/);
    await press('YES');
    await sees(/you're in/);

    const leader = await browser.context.newPage();
    await leader.goto(await drumbeat.leaderPage(await drumbeat.campaign(), 'many-hands-portland'));
    const filed = () => leader.locator('[data-figure="total.confirmed"]').innerText();
    const before = Number(await filed());
    await leader.evaluate('window.neverReloaded = true');

    await page.bringToFront();
    await press('Clock');
    for (let rung = 0; rung < 6 && (await drumbeat.textsTo('+15035550142')).length < 3; rung++) {
      await press('Forward to the next due moment');
      await page.locator('#clock-said').getByText('It is now').waitFor({ timeout: 30_000 });
      await page.locator('[data-move=next]:enabled').waitFor();
    }
    await press('Phones');
    await sees(/your comment is due/);
    await press('Mailbox');
    await page.getByRole('button', { name: /Your comment is due/ }).waitFor();

    const done = await followLetter(/Your comment is due/, /Already did it|I filed my comment/);
    await press('I filed my comment', done);
    expect(await heading(done)).toBe('Recorded. Thank you.');

    await leader.bringToFront();
    expect(await until(filed, (n) => Number(n) > before, 15_000)).toBe(String(before + 1));
    expect(await leader.evaluate('window.neverReloaded')).toBe(true);
  }, 90_000);

  it('everything is there in Spanish, from the form to the mail', async () => {
    await page.goto(at('/c/soc-docket/many-hands-portland'));
    await page.getByRole('link', { name: 'Español' }).click();
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
    await fillIn(page, { email: 'luz@example.org', phone: '503 555 0143' });
    await page.locator('main button.main').click();
    expect(await page.locator('html').getAttribute('lang')).toBe('es');

    const optIn = await followLetter('¿Quieres recordatorios?', 'Sí, recuérdenme');
    await press('Sí, recuérdenme', optIn);
    expect(await optIn.locator('html').getAttribute('lang')).toBe('es');
    const [question] = await drumbeat.textsTo('+15035550143', 1);
    expect(question!.text).toMatch(/Responde SI/);
    await drumbeat.text('+15035550143', 'sí');
    await drumbeat.clock('2027-03-08T11:00:00-08:00');
    expect((await drumbeat.lastMail('luz@example.org')).subject).toMatch(/^Tu comentario vence el/);
    expect((await drumbeat.textsTo('+15035550143')).at(-1)!.text).toMatch(/tu comentario vence/);
  }, 60_000);

  it('the keyboard alone signs somebody up', async () => {
    await page.goto(at('/c/soc-docket/many-hands-portland'));
    const fields: Record<string, string> = { email: 'kay@example.org', zip: '97201' };
    const reached: string[] = [];
    for (let steps = 0; steps < 40; steps++) {
      await page.keyboard.press('Tab');
      const here = await page.evaluate<{ name: string; isButton: boolean; outline: boolean }>(
        `({ name: document.activeElement.name ?? '', isButton: document.activeElement.matches('main button.main'),
            outline: document.activeElement.matches(':focus-visible') })`,
      );
      expect(here.outline).toBe(true);
      reached.push(here.name);
      if (here.isButton) break;
      if (fields[here.name]) await page.keyboard.type(fields[here.name]!);
    }
    expect(reached).toEqual(expect.arrayContaining(['email', 'phone', 'name', 'zip', 'smsConsent']));
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/welcome\//);
    expect(await heading()).toBe('You are on the list');
    expect((await drumbeat.lastMail('kay@example.org')).subject).toBe('Do you want reminders?');
  }, 30_000);

  it('no page has a barrier that axe finds, or scrolls sideways, in light and in dark', async () => {
    const docket = await drumbeat.campaign();
    const arrival = await drumbeat.signUp({
      email: 'zoe@example.org',
      phone: '+15035550144',
      name: 'Zoe Ruiz',
    });
    const letter = await drumbeat.lastMail('zoe@example.org');
    await drumbeat.press(`${drumbeat.linkIn(letter, 'me')}/data`);
    const data = /\/data\/[\w-]{22}/.exec((await drumbeat.lastMail('zoe@example.org', 2)).text)![0];
    const over = await drumbeat.launch();
    await drumbeat.db.query(
      `update campaigns set status = 'ended', ended_at = campaign_now() where id = $1`,
      [over.id],
    );
    await drumbeat.press(at(`/c/${over.slug}/many-hands-portland/next`), { email: 'late@example.org' });
    const next = /\/next\/[\w-]{22}/.exec((await drumbeat.lastMail('late@example.org')).text)![0];

    const pages: Record<string, string> = {
      signup: at('/c/soc-docket/many-hands-portland'),
      welcome: at(arrival.headers.get('location')!),
      'opt-in': drumbeat.linkIn(letter, 'yes'),
      done: drumbeat.linkIn(letter, 'done'),
      stop: drumbeat.linkIn(letter, 'stop'),
      me: drumbeat.linkIn(letter, 'me'),
      guide: drumbeat.linkIn(letter, 'guide'),
      'public-count': at('/count/soc-docket'),
      leader: await drumbeat.leaderPage(docket, 'many-hands-portland'),
      privacy: at('/privacy'),
      data: at(data),
      ended: at(`/c/${over.slug}/many-hands-portland`),
      next: at(next),
      '404': at('/c/nothing/here'),
      sandbox: at('/sandbox'),
    };
    const wrong: string[] = [];
    for (const [name, address] of Object.entries(pages)) {
      await page.goto(address);
      if (name === 'sandbox') await sees('zoe@example.org (2)');
      wrong.push(...(await lookAt(page, `pages/${name}`)));
      await page.setViewportSize(sizes.desk);
      await picture(page, `pages/${name}-desk`);
      await page.setViewportSize(sizes.phone);
    }
    expect(wrong).toEqual([]);
  }, 120_000);
});
