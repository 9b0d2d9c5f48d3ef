import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import type { Locator, Page, Request } from 'playwright-core';
import { lookAt, openBrowser, sizes, useBrowser } from '../support/browser.js';
import { type OfficialForm, officialForm } from '../support/official-form.js';
import { withChromium } from '../support/parts.js';
import { type FakeRegulationsGov, fakeRegulationsGov } from '../support/regulations-gov.js';
import { type Campaign, useDrumbeat } from '../support/use-drumbeat.js';

/** Stands in everything that is typed, and nowhere else. */
const mine = 'quokka';
const visible = (on: Page, name: string | RegExp, role: 'button' | 'link' = 'button') =>
  on.getByRole(role, { name }).filter({ visible: true }).first();
const heading = (on: Page) => on.locator('h1').innerText();

/** Goes on by the keyboard until what is meant has the focus, and shows it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const wanted = await target.elementHandle();
  for (let steps = 0; steps < 60; steps++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((node) => document.activeElement === node, wanted)) {
      expect(await page.evaluate(() => document.activeElement!.matches(':focus-visible'))).toBe(true);
      return;
    }
  }
  throw new Error(`The keyboard does not come to ${target}.`);
}

async function pressKey(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

withChromium('a comment', () => {
  const drumbeat = useDrumbeat();
  // Before the browser's own, which closes the page.
  afterEach(() => page.evaluate('localStorage.clear()'));
  const browser = useBrowser('comment', { mayBlock: /privacy\?numbat/ });
  let regulations: FakeRegulationsGov;
  let form: OfficialForm;
  let docket: Campaign;
  let page: Page;
  let requests: Request[];

  beforeAll(async () => {
    regulations = await fakeRegulationsGov();
    form = await officialForm(regulations);
    browser.context.on('request', (request) => requests.push(request));
    docket = await drumbeat.campaign();
    await drumbeat.db.query(
      `update campaigns set official = official || jsonb_build_object('url', $2::text) where id = $1`,
      [docket.id, form.url],
    );
    await fetch(`${drumbeat.url}/api/v1/campaigns/${docket.id}/files?name=Our%20letter`, {
      method: 'POST',
      headers: { authorization: `Bearer ${drumbeat.key}`, 'content-type': 'application/octet-stream' },
      body: 'We ask for a line of our own.',
    });
  }, 60_000);
  afterAll(async () => {
    await form?.stop();
    await regulations?.close();
  });
  beforeEach(async () => {
    requests = [];
    await drumbeat.backToMonday();
    page = browser.page;
  });

  const workshop = (language = 'en') =>
    `${drumbeat.url}/c/soc-docket/many-hands-portland/comment?lang=${language}`;
  const question = (n: number) => page.locator(`#question-${n}`);
  const answer = (n: number) => page.locator(`#answer-${n}`);

  /** Nothing of what was typed is in any request, but to the form where somebody pasted it. */
  async function sentElsewhere(): Promise<string[]> {
    const sent = await Promise.all(
      requests
        .filter((request) => !request.url().startsWith(new URL(form.url).origin))
        .map(async (request) => {
          const headers = JSON.stringify(await request.allHeaders().catch(() => request.headers()));
          return `${request.method()} ${request.url()} ${headers} ${request.postData() ?? ''}`;
        }),
    );
    expect(sent.length).toBeGreaterThan(3);
    return sent.filter((request) => request.toLowerCase().includes(mine));
  }

  it.each(['phone', 'desk'] as const)(
    'is written and filed from the guide alone by somebody who never did, with the keyboard, and counted (%s)',
    async (size) => {
      await page.setViewportSize(sizes[size]);
      const wrong: string[] = [];
      const email = `first-${size}@example.org`;
      await drumbeat.join({ email, name: 'Nia' });
      await drumbeat.clock('2027-03-08T11:00:00-08:00');
      const letter = await drumbeat.lastMail(email, 2);
      expect(letter.subject).toMatch(/^Your comment is due/);
      const guide = drumbeat.linkIn(letter, 'guide');
      const before = await drumbeat.figures(docket);

      await page.goto(guide);
      expect(await page.locator('main').innerText()).toMatch(
        /What this is[^]*Why it matters[^]*What you need[^]*5 to 20 minutes[^]*Our letter\.txt[^]*Step by step[^]*becomes public[^]*I filed my comment/,
      );
      wrong.push(...(await lookAt(page, 'guide-of-a-comment')));
      await pressKey(page, visible(page, 'Write your comment', 'link'));
      await page.waitForURL(/\/comment/);
      expect(page.url()).toBe(workshop());
      expect(await page.locator('#before').innerText()).toMatch(
        /HIPAA[^]*42 CFR Part 2[^]*diagnosis[^]*private person/,
      );
      wrong.push(...(await lookAt(page, 'workshop-before')));
      await pressKey(page, visible(page, 'Begin', 'link'));

      const words = [
        `I ask for a detailed occupation of our own. ${mine}.`,
        'I am a certified peer specialist in a crisis center, for six years.',
        'I sit with people who have just come in, like Maria, and tell them what helped me 👍.',
        'She enrolls families; I share what I lived through.',
        '',
        'We are eleven in this county — “counted” by nobody.',
      ];
      for (const [index, text] of words.entries()) {
        const title = question(index + 1).locator('h2');
        await title.waitFor();
        expect(await title.evaluate((node) => node === document.activeElement)).toBe(true);
        await tabTo(page, answer(index + 1));
        await page.keyboard.insertText(text);
        if (index === 2) {
          await page
            .getByText('The form refuses 1 sign in your text:')
            .filter({ visible: true })
            .first()
            .waitFor();
          expect(await page.locator('#heard').textContent()).toBe('2 things to look at again.');
          wrong.push(...(await lookAt(page, 'workshop-question')));
          await pressKey(page, visible(page, 'Take them out'));
          await question(3).getByText('The form refuses').waitFor({ state: 'detached' });
          await pressKey(page, visible(page, 'Maria (a name?)'));
          expect(await page.evaluate(() => getSelection()!.toString())).toBe('Maria');
          await page.keyboard.insertText('somebody new');
          await question(3).getByText('Maria').waitFor({ state: 'detached' });
        }
        if (index === 5) {
          await pressKey(
            page,
            question(6)
              .locator('xpath=ancestor::*[@id="workshop"]')
              .getByRole('button', { name: 'Put it in' })
              .nth(2),
          );
          expect(await answer(6).inputValue()).toMatch(
            /nobody\. In 2020 there were .* \(International Association/,
          );
          await pressKey(page, visible(page, 'See the whole comment', 'link'));
        } else await pressKey(page, visible(page, 'Next', 'link'));
      }

      const whole = page.locator('#comment');
      await whole.waitFor();
      const comment = (await whole.innerText()).trim();
      expect(comment).toMatch(
        /^BLS-2024-0001, Standard Occupation Classification \(SOC\)—Updates for 2028\n\nI ask for/,
      );
      expect(comment).toContain('like somebody new, and tell them what helped me .');
      expect(await page.locator('#whole [data-size]').innerText()).toBe(
        `${comment.length} characters, ${Buffer.byteLength(comment)} of 5,000 bytes. It fits into the form.`,
      );
      wrong.push(...(await lookAt(page, 'workshop-whole')));
      await pressKey(page, visible(page, 'Copy the comment'));
      await page.getByText('Copied. Paste it into the official form.').waitFor();

      const opened = browser.context.waitForEvent('page');
      await pressKey(page, visible(page, 'Open the official form'));
      const official = await opened;
      await official.waitForURL(form.url);
      await official.getByLabel('Comment').focus();
      await official.keyboard.press('Control+V');
      expect(await official.getByLabel('Comment').inputValue()).toBe(comment);
      await official.getByLabel('Anonymous').check();
      await official.getByRole('button', { name: 'Submit Comment' }).press('Enter');
      const number = await official.locator('b').innerText();
      expect(form.filed.at(-1)).toBe(comment);
      await official.close();

      await pressKey(page, visible(page, 'Back to the guide', 'link'));
      await page.waitForURL(guide);
      await pressKey(page, visible(page, 'I filed my comment'));
      await page.waitForURL(/\/done\//);
      expect(await heading(page)).toBe('Recorded. Thank you.');
      await tabTo(page, page.locator('#trackingNumber'));
      await page.keyboard.insertText(number);
      await page.keyboard.press('Enter');
      await page.locator('.saved').waitFor();
      wrong.push(...(await lookAt(page, 'done-with-a-comment')));

      const after = await drumbeat.figures(docket);
      expect([after.confirmed - before.confirmed, after.signups - before.signups]).toEqual([1, 0]);
      const [{ went }] = await drumbeat.db.query<[{ went: boolean }]>(
        `select went_at is not null as went from signups s join confirmations c on c.signup_id = s.id
         where s.campaign_id = $1 order by c.id desc limit 1`,
        [docket.id],
      );
      expect(went).toBe(true);
      expect(await sentElsewhere()).toEqual([]);
      expect(wrong).toEqual([]);
    },
    180_000,
  );

  it('stays in the browser: it is there after a reload and in the other language, erased and brought back, and sent by nothing', async () => {
    await page.setViewportSize(sizes.phone);
    await page.goto(`${workshop()}#question-1`);
    await answer(1).fill(`${mine} one`);
    await visible(page, 'Next', 'link').click();
    await answer(2).fill(`${mine} two`);
    await page.reload();
    expect(await answer(2).inputValue()).toBe(`${mine} two`);
    expect(await page.locator('#kept').innerText()).toBe('Kept in this browser, and nowhere else.');
    await page.getByRole('link', { name: 'Español' }).click();
    await page.getByRole('link', { name: 'Seguir con tu borrador' }).click();
    expect(await answer(1).inputValue()).toBe(`${mine} one`);
    await browser.look('workshop-in-spanish');

    await page.goto(`${workshop()}#whole`);
    await visible(page, 'Erase my draft').click();
    await page.getByText('Your draft is erased from this device.').waitFor();
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain(mine);
    await visible(page, 'Undo').click();
    await page.getByText('Your draft is back.').waitFor();
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).toContain(`${mine} two`);
    await visible(page, 'Erase my draft').click();
    await page.reload();
    expect(await page.locator('#comment').innerText()).toBe(
      'Nothing is written yet. Begin with the first question.',
    );

    expect(await sentElsewhere()).toEqual([]);

    // Not even a script that wanted to could send it.
    const told = await page.evaluate(() =>
      fetch('/privacy?numbat').then(
        () => 'sent',
        () => 'refused',
      ),
    );
    expect(told).toBe('refused');
    const tried = requests.filter((request) => request.url().includes('numbat'));
    expect(tried.map((request) => request.failure()?.errorText)).toEqual(tried.map(() => 'csp'));
  }, 60_000);

  it('is compared with the sample, and can be saved as text and as a Word document', async () => {
    await page.setViewportSize(sizes.desk);
    await page.goto(`${workshop()}#question-1`);
    await page.getByText('A sample, to see the shape').click();
    const sample = await page.locator('#sample').innerText();
    await answer(1).fill(sample);
    await visible(page, 'See the whole comment', 'link').click();
    await page.getByText('100% is the sample’s words.').waitFor();
    await browser.look('workshop-alike');
    await page.locator('.parts a').first().click();
    await answer(1).fill(`${mine} & “we” < é\n\nare counted`);
    await visible(page, 'See the whole comment', 'link').click();
    await page.getByText('is the sample’s words').waitFor({ state: 'detached' });
    const comment = (await page.locator('#comment').innerText()).trim();

    const save = async (name: string) => {
      const [download] = await Promise.all([page.waitForEvent('download'), visible(page, name).click()]);
      return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
    };
    const text = await save('Download as .txt');
    expect([text.name, text.content.toString()]).toEqual(['comment-soc-docket.txt', comment]);
    const word = await save('Download as .docx');
    expect(word.name).toBe('comment-soc-docket.docx');
    expect(strFromU8(unzipSync(word.content)['word/document.xml']!)).toContain(`${mine} &amp; “we” &lt; é`);
    expect(await sentElsewhere()).toEqual([]);
  }, 60_000);

  it.each(['phone', 'desk'] as const)(
    'is asked for in an organizer’s own questions, with their files (%s)',
    async (size) => {
      await browser.context.addCookies([await drumbeat.signIn()]);
      const { json } = await drumbeat.api<Campaign>('POST', '/api/v1/campaigns', {
        kit: 'docket-comment',
        slug: `asked-${size}`,
        coalitionIds: Object.values(await drumbeat.coalitions()),
      });
      await page.setViewportSize(sizes[size]);
      await page.goto(`${drumbeat.url}/console/campaigns/${json.id}/setup/workshop`);
      const [field, press] = [
        (name: string) => page.getByLabel(name).first(),
        (name: string) => visible(page, name).click(),
      ];
      await field('First line').fill('{{ docket }} {{ name }}');
      await press('Add a question');
      await field('Question 7').fill('What would you tell a colleague?');
      await field('What helps to answer it 7').fill('In a sentence.');
      await press('Move up 7');
      expect(await field('Question 6').inputValue()).toBe('What would you tell a colleague?');
      await press('Take out 1');
      expect(await field('Question 1').inputValue()).toBe('Who are you in this?');
      await press('Put it back');
      expect(await field('Question 1').inputValue()).toBe('What do you ask for?');
      await press('Add a fact');
      await field('Fact 1').fill('We are eleven.');
      await field('Who says so 1').fill('Our own count, 2026');
      await press('Save and go on');
      await page.getByText('has braces around').first().waitFor();
      await field('First line').fill('About docket {{ docket }}');
      await browser.look('setup-workshop');
      await press('Save and go on');
      await page.getByRole('heading', { level: 1, name: 'Ready?' }).waitFor();
      const { texts } = (
        await drumbeat.api<{ texts: { en: Record<string, unknown>; es: Record<string, unknown> } }>(
          'GET',
          `/api/v1/campaigns/${json.id}`,
        )
      ).json;
      expect(texts.en).toMatchObject({
        opening: 'About docket {{ docket }}',
        facts: [{ words: 'We are eleven.', source: 'Our own count, 2026' }],
      });
      expect(texts.en['prompts']).toHaveLength(7);
      expect(texts.es['prompts']).toHaveLength(6);

      await page.goto(`${drumbeat.url}/console/campaigns/${json.id}`);
      const choose = async (name: string, content: string) => {
        const chooser = page.waitForEvent('filechooser');
        await press('Add a file');
        await (
          await chooser
        ).setFiles({ name, mimeType: 'application/pdf', buffer: Buffer.from(content, 'latin1') });
      };
      await choose('letter.pdf', 'MZ\x90\0');
      await page.getByText('whatever its name says').waitFor();
      await choose('letter.pdf', '%PDF-1.7');
      await page.getByRole('link', { name: 'letter.pdf' }).waitFor();
      await browser.look('campaign-with-a-file');
      await press('Take off letter.pdf');
      await page.getByRole('link', { name: 'letter.pdf' }).waitFor({ state: 'detached' });
      await press('Undo');
      await page.getByRole('link', { name: 'letter.pdf' }).waitFor();
    },
    120_000,
  );

  it('is counted while it is typed, in characters and bytes, until it is too long', async () => {
    await page.setViewportSize(sizes.phone);
    await page.goto(`${workshop()}#question-1`);
    const line = page.locator('#question-1 [data-size]');
    const opening = (await page.locator('#opening').textContent())!;
    const room = 5_000 - Buffer.byteLength(`${opening}\n\n`);
    await answer(1).fill(`é${'x'.repeat(room - 2)}`);
    expect(await line.innerText()).toMatch(/, 5,000 of 5,000 bytes\. It fits into the form\.$/);
    await answer(1).press('End');
    await page.keyboard.type('y');
    expect(await line.innerText()).toMatch(/, 5,001 of 5,000 bytes\. It is 1 byte too long for the form\./);
    await page.waitForFunction(() => /1 byte too long/.test(document.getElementById('heard')!.textContent));
    await browser.look('workshop-too-long');
  }, 60_000);
});

withChromium('a comment without scripts', () => {
  const drumbeat = useDrumbeat();
  it('is written on a worksheet, with every question and nothing that does nothing', async () => {
    const browser = await openBrowser({ viewport: sizes.phone, javaScriptEnabled: false });
    try {
      const page = await browser.context.newPage();
      await page.goto(`${drumbeat.url}/c/soc-docket/many-hands-portland/comment`);
      const text = await page.locator('main').innerText();
      for (const words of [
        'This page is a worksheet',
        'What do you do in a day?',
        'Which numbers do you know?',
        '5,000 characters',
      ])
        expect(text).toContain(words);
      expect(await page.locator('main :is(button, textarea):visible').count()).toBe(0);
      expect(await page.locator('#form-link').getAttribute('href')).toContain('regulations.gov/commenton/');
      await page.screenshot({ path: 'test/.results/screenshots/worksheet-360-light.png', fullPage: true });
    } finally {
      await browser.stop();
    }
  }, 60_000);
});
