import { readFile } from 'node:fs/promises';
import jsqr from 'jsqr';
import type { CDPSession, Page } from 'playwright-core';
import sharp from 'sharp';
import { codeOf } from '../support/authenticator.js';
import { picture, sizes, useBrowser } from '../support/browser.js';
import { withChromium } from '../support/parts.js';
import { until, useDrumbeat } from '../support/use-drumbeat.js';

withChromium('people, in a browser', () => {
  const drumbeat = useDrumbeat({ host: 'localhost' });
  const browser = useBrowser('accounts');
  const { press, sees } = browser;
  let page: Page;
  beforeEach(() => {
    page = browser.page;
  });

  /** On a phone, and a picture of the desk besides. */
  async function look(name: string): Promise<void> {
    await browser.look(name);
    await page.setViewportSize(sizes.desk);
    await picture(page, `accounts/${name}-desk`);
    await page.setViewportSize(sizes.phone);
  }
  const menu = async (item: 'My account' | 'Sign out') => {
    await page.getByRole('button', { name: /^My account/ }).click();
    const open = page.getByRole('dialog', { name: 'My account' });
    await open.getByRole(item === 'Sign out' ? 'button' : 'link', { name: item }).click();
  };
  const dialog = () => page.getByRole('dialog');
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const secretShown = async () =>
    (await page.getByLabel('No camera at hand? Type this into the app').inputValue()).replaceAll(' ', '');
  /** The nth that came, of the links that let one in. */
  async function linkFor(email: string, nth: number): Promise<string> {
    const links = async () =>
      (await drumbeat.mailTo(email)).flatMap(
        ({ text }) => /http\S+\/console\/(sign-in|invitation)\/\S+/.exec(text)?.[0] ?? [],
      );
    return (await until(links, ({ length }) => length >= nth))[nth - 1]!;
  }

  it('an administrator comes in by the sandbox’s address and invites a leader, who comes in by mail', async () => {
    await browser.context.addCookies([await drumbeat.signIn()]);
    await page.goto(`${drumbeat.url}/console/people`);
    await sees('Sandbox administrator (you)');
    await press('Invite somebody');
    await page.getByLabel('Their email address').fill('lucia@example.org');
    await page.getByRole('combobox', { name: 'Their coalition' }).click();
    await page.getByRole('option').first().click();
    await look('invite');
    await press('Mail the invitation');
    await sees('The invitation to lucia@example.org is on its way.');
    await sees('Invited, not here yet');
    await look('people');

    const invitation = await linkFor('lucia@example.org', 1);
    await browser.context.clearCookies();
    await page.goto(invitation);
    await page.getByLabel('Your name').fill('Lucía');
    await look('invitation');
    await press('Accept');
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();

    await page.goto(invitation);
    await sees('This invitation has ended');
    await look('invitation-ended');
  }, 120_000);

  it('she asks for a link, signs in with it once, and signs out everywhere', async () => {
    await browser.context.clearCookies();
    await page.goto(`${drumbeat.url}/console/account`);
    await page.waitForURL(/\/console\/sign-in\?to=/);
    await look('sign-in');
    await page.getByLabel('Your email address').fill('lucia@example.org');
    await press('Mail me the link');
    await sees('Look into your mail');
    await look('sent');
    await press('Use another address');
    await page.getByLabel('Your email address').fill('lucia@example.org');
    await press('Mail me the link');
    await sees('Look into your mail');
    const link = await linkFor('lucia@example.org', 3);
    await page.goto(link);
    await sees('Sign in with this link');
    await look('link');
    await press('Sign in');
    await page.waitForURL(/\/console\/account$/);
    await sees('This device');
    await page.getByLabel('Your name').fill('Lucía Paz');
    await press('Save');
    await sees('Saved');
    await look('account');
    await press('Sign out there');
    await page.getByRole('button', { name: 'Sign out there' }).waitFor({ state: 'detached' });
    await press('Sign out everywhere');
    await sees('You are signed out on every device, this one too.');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'detached' });
    await press('Sign out everywhere');
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.waitForURL(/\/console\/sign-in$/);
    await page.goto(link);
    await press('Sign in');
    await sees('This link has ended');
    await look('link-ended');
    await press('Ask for a new link');
    await page.waitForURL(/\/console\/sign-in$/);
  }, 120_000);

  it('an administrator takes an invitation back, and removes her', async () => {
    await browser.context.addCookies([await drumbeat.signIn()]);
    await page.goto(`${drumbeat.url}/console/people`);
    await press('Invite somebody');
    await page.getByLabel('Their email address').fill('nobody@example.org');
    await page.getByRole('combobox', { name: 'What they will be' }).click();
    await page.getByRole('option', { name: 'Organizer' }).click();
    await press('Mail the invitation');
    await press('Take back: nobody@example.org');
    await sees('The invitation was taken back.');
    await press('Remove: Lucía Paz');
    await sees('Remove Lucía Paz?');
    await look('remove');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'detached' });
    await press('Remove: Lucía Paz');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await sees('Lucía Paz was removed.');
    await page.getByRole('button', { name: 'Remove: Lucía Paz' }).waitFor({ state: 'detached' });
  }, 120_000);

  let mails = 0;
  /** Somebody who has just accepted an invitation. */
  async function join(email: string, role: 'organizer', name: string): Promise<void> {
    mails = 1;
    await browser.context.clearCookies();
    await page.goto(await drumbeat.invite(email, role));
    await page.getByLabel('Your name').fill(name);
    await press('Accept');
    await page.waitForURL(/\/console\/?$/);
  }

  /** Asks for a link on the page that is open, and presses its button. */
  async function signInByLink(email: string): Promise<void> {
    await page.getByLabel('Your email address').fill(email);
    await press('Mail me the link');
    await page.goto(await linkFor(email, ++mails));
    await press('Sign in');
  }

  it('an invitation that is over says what to do, and so does one of two that was second', async () => {
    await browser.context.clearCookies();
    const old = await drumbeat.invite('late@example.org', 'organizer');
    await drumbeat.db.query(`update invitations set ends_at = now()`);
    await page.goto(old);
    await sees('Ask whoever invited you for another.');
    await press('Sign in');
    await page.waitForURL(/\/console\/sign-in$/);

    await page.goto(await drumbeat.invite('twice@example.org', 'organizer'));
    await page.getByLabel('Your name').fill('Twice');
    // The other one, accepted meanwhile.
    await drumbeat.db.query(
      `insert into accounts (role, email, email_key, name, language, invited_by)
       select role, email, email_key, email, 'en', 'command:test' from invitations`,
    );
    await press('Accept');
    await sees('twice@example.org was invited twice');
    await look('invited-twice');
    await press('Sign in');
    await page.waitForURL(/\/console\/sign-in$/);
    await drumbeat.db.query(`delete from accounts where invited_by = 'command:test'`);
  }, 120_000);

  it('an organizer sets an app up, is asked for its codes, and turns them off', async () => {
    const omar = 'omar@example.org';
    await join(omar, 'organizer', 'Omar');
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
    await menu('My account');
    await page.getByRole('button', { name: /^My account/ }).click();
    await look('menu');
    await page.keyboard.press('Escape');
    await press('Set up an app');
    const secret = await secretShown();
    const picture = await page.getByAltText('QR code for your authenticator app').screenshot();
    const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    expect(jsqr.default(new Uint8ClampedArray(data), info.width, info.height)?.data).toBe(
      `otpauth://totp/Drumbeat:omar%40example.org?secret=${secret}&issuer=Drumbeat`,
    );
    await press('Copy');
    expect(await copied()).toBe(secret);
    await press('Copied');
    await look('codes-begun');
    await page.getByLabel('The code that the app shows').fill('000000');
    await press('Confirm');
    await sees('This code is not right.');
    const first = codeOf(secret);
    await page.getByLabel('The code that the app shows').fill(first);
    await press('Confirm');
    await sees('Your backup codes');
    await look('backup-codes');
    await press('Copy all');
    const backupCodes = (await copied()).split('\n');
    expect(backupCodes).toHaveLength(10);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('drumbeat-backup-codes.txt');
    expect(await readFile(await file.path(), 'utf8')).toContain(backupCodes.join('\n'));
    await press('I have kept them');
    await sees('You are asked for a code after the link.');
    await look('codes-on');

    await menu('Sign out');
    await signInByLink(omar);
    await sees('One more step');
    await look('code');
    await page.getByLabel('Code').fill(first);
    await press('Sign in');
    await sees('This code was used already.');
    await page.getByLabel('Code').fill(codeOf(secret, 1));
    await press('Sign in');
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();

    await menu('My account');
    await press('New backup codes');
    await dialog().getByLabel('A code from the app, or a backup code').fill(backupCodes[0]!);
    await look('codes-renew');
    await dialog().getByRole('button', { name: 'New backup codes' }).click();
    await sees('Your backup codes');
    await press('Copy all');
    const fresh = (await copied()).split('\n');
    expect(fresh).not.toContain(backupCodes[1]);
    await press('I have kept them');
    await menu('Sign out');
    await signInByLink(omar);
    await page.getByLabel('Code').fill(backupCodes[1]!);
    await press('Sign in');
    await sees('This code is not right.');
    await page.getByLabel('Code').fill(fresh[0]!);
    await press('Sign in');
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();

    await menu('My account');
    await press('Turn codes off');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'detached' });
    await press('New backup codes');
    await dialog().getByRole('button', { name: 'Close' }).click();
    await dialog().waitFor({ state: 'detached' });
    await press('Turn codes off');
    await dialog().getByLabel('A code from the app, or a backup code').fill(fresh[1]!);
    await dialog().getByRole('button', { name: 'Turn codes off' }).click();
    await sees('Codes are turned off.');
    await page.getByRole('button', { name: 'Set up an app' }).waitFor();
  }, 180_000);

  let device: { cdp: CDPSession; authenticatorId: string };
  /** A device with passkeys, as Chromium plays it. */
  async function aDevice(): Promise<void> {
    const cdp = await browser.context.newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    device = { cdp, authenticatorId };
  }
  const knows = (isUserVerified: boolean) =>
    device.cdp.send('WebAuthn.setUserVerified', { authenticatorId: device.authenticatorId, isUserVerified });

  it('a passkey is added, named, used in the place of link and code, and removed', async () => {
    const olga = 'olga@example.org';
    await join(olga, 'organizer', 'Olga');
    await aDevice();
    await menu('My account');
    await press('Add a passkey');
    await dialog().getByLabel('What you call it').fill('Blue phone');
    await look('passkey-add');
    await knows(false);
    await dialog().getByRole('button', { name: 'Create it' }).click();
    await sees('Nothing happened');
    await look('passkey-cancelled');
    await knows(true);
    const signedIn = (ago: string) =>
      drumbeat.db.query(`update auth."session" set "createdAt" = now() - $1::interval`, [ago]);
    await signedIn('25 hours');
    await dialog().getByRole('button', { name: 'Create it' }).click();
    await sees('It is more than a day since you signed in.');
    await signedIn('1 hour');
    await dialog().getByRole('button', { name: 'Create it' }).click();
    await sees('The passkey was added.');
    await press('Rename: Blue phone');
    await dialog().getByLabel('What you call it').fill('Green phone');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Rename: Green phone' }).waitFor();
    await look('passkeys');
    await press('Add a passkey');
    await dialog().getByRole('button', { name: 'Create it' }).click();
    await sees('This device has a passkey for you already.');
    await dialog().getByRole('button', { name: 'Cancel' }).click();

    await menu('Sign out');
    await press('Sign in with a passkey');
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
    await menu('Sign out');
    await signInByLink(olga);
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
    await menu('My account');
    await sees('You came in by a link alone.');
    await look('link-alone');
    await press('Use my passkey');
    await press('Remove: Green phone');
    await sees('Remove Green phone?');
    await look('passkey-remove');
    await dialog().getByRole('button', { name: 'Remove' }).click();
    await sees('Green phone was removed.');
    await sees('You have none yet.');
    await menu('Sign out');
    await press('Sign in with a passkey');
    await sees('This passkey is not known here');
    await look('passkey-unknown');
    await device.cdp.send('WebAuthn.clearCredentials', { authenticatorId: device.authenticatorId });
  }, 180_000);

  it('an administrator asks for second factors; an organizer is led to one before anything else', async () => {
    await browser.context.clearCookies();
    await browser.context.addCookies([await drumbeat.signIn()]);
    await aDevice();
    await page.goto(`${drumbeat.url}/console/people`);
    const rule = () => page.getByRole('switch', { name: /need a second factor/ });
    await sees('Before you ask it of others');
    expect(await rule().isDisabled()).toBe(true);
    await menu('My account');
    await press('Add a passkey');
    await dialog().getByRole('button', { name: 'Create it' }).click();
    await sees('The passkey was added.');
    await page.goto(`${drumbeat.url}/console/people`);
    await rule().click();
    await sees('From now on a second factor is needed.');
    expect(await rule().isChecked()).toBe(true);
    await look('people-rule');
    await press('Change role: Omar');
    await dialog().getByRole('button', { name: 'Close' }).click();
    await dialog().waitFor({ state: 'detached' });
    await press('Change role: Omar');
    await page.getByRole('combobox', { name: 'Their role' }).click();
    await page.getByRole('option', { name: 'Coalition leader' }).click();
    await page.getByRole('combobox', { name: 'Their coalition' }).click();
    await page.getByRole('option').first().click();
    await look('change-role');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await sees('The role of Omar was changed.');
    await page.getByText('Coalition leader · ').first().waitFor();

    const administrator = await browser.context.cookies();
    await join('nadia@example.org', 'organizer', 'Nadia');
    await sees('Set up a second factor');
    await look('due');
    await press('Add a passkey');
    await dialog().getByRole('button', { name: 'Close' }).click();
    await dialog().waitFor({ state: 'detached' });
    await press('Set up an app');
    const secret = await secretShown();
    await press('Copy');
    expect(await copied()).toBe(secret);
    await page.getByLabel('The code that the app shows').fill(codeOf(secret));
    await press('Confirm');
    await sees('Your backup codes');
    await press('Copy all');
    expect(await copied()).toMatch(/^(\w{5}-\w{5}\n?){10}$/);
    await press('I have kept them');
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();

    // Who has a passkey and came by a link has to show it.
    await menu('My account');
    await press('Turn codes off');
    await dialog().getByLabel('A code from the app, or a backup code').fill(codeOf(secret, 1));
    await dialog().getByRole('button', { name: 'Turn codes off' }).click();
    await sees('Set up a second factor');
    await press('Add a passkey');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'detached' });
    await press('Add a passkey');
    await dialog().getByRole('button', { name: 'Create it' }).click();
    await page.getByRole('heading', { name: 'My account' }).waitFor();
    await menu('Sign out');
    await signInByLink('nadia@example.org');
    await sees('Sign in with your passkey');
    await look('due-passkey');
    await press('Sign out');
    await page.waitForURL(/\/console\/sign-in$/);
    await signInByLink('nadia@example.org');
    await press('Use my passkey');
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();

    await browser.context.clearCookies();
    await browser.context.addCookies(administrator);
    await page.goto(`${drumbeat.url}/console/people`);
    await rule().click();
    await sees('A second factor is no longer needed.');

    // Who lost what they had calls; one question, and they are out, told, and in again by the link alone.
    await press('Reset second factor: Nadia');
    await sees('Take away the codes and passkeys of Nadia?');
    await look('reset');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'detached' });
    await press('Reset second factor: Nadia');
    await dialog().getByRole('button', { name: 'Reset second factor' }).click();
    await sees('Nadia has no second factor any more');
    await page.getByRole('button', { name: 'Reset second factor: Nadia' }).waitFor({ state: 'detached' });
    const reset = /took your codes and passkeys off your account/;
    const told = await until(
      async () => (await drumbeat.mailTo('nadia@example.org')).at(-1)!.text,
      (text) => reset.test(text),
    );
    expect(told).toMatch(reset);
  }, 180_000);

  it('who was away for a night comes back to where they were', async () => {
    const ida = 'ida@example.org';
    await join(ida, 'organizer', 'Ida');
    await page.getByRole('link', { name: 'New campaign' }).click();
    await press('Begin: Something else');
    await page.getByLabel('Title (English)').fill('Tell the county board');
    await page.getByLabel('Goal').fill('250');
    await page.getByLabel('Address of the campaign').fill('county-board');
    await press('Save and go on');
    const step = page.getByRole('heading', { level: 1, name: 'How is it done?' });
    await step.waitFor();
    const here = page.url();
    // Nothing asks any more: an answer on its way would count as use.
    await page.goto('about:blank');
    await drumbeat.db.query(`update auth."session" set "usedAt" = now() - interval '12 hours'`);
    await page.goto(here);
    await sees('Your session has ended');
    await look('session-ended');
    await signInByLink(ida);
    await step.waitFor();
    expect(page.url()).toBe(here);
    await sees('Tell the county board');
  }, 120_000);
});
