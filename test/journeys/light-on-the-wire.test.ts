import { openBrowser, sizes } from '../support/browser.js';
import { withChromium } from '../support/parts.js';
import { useDrumbeat } from '../support/use-drumbeat.js';

type Opened = { path: string; cookie?: Awaited<ReturnType<ReturnType<typeof useDrumbeat>['signIn']>> };

withChromium('a page that a browser opens as its first', () => {
  const drumbeat = useDrumbeat();
  beforeAll(() => drumbeat.signUp({ email: 'ana@example.org' }));
  const ours = '/c/soc-docket/many-hands-portland';
  const ofACampaign = async (rest = '') => {
    const { id } = await drumbeat.campaign();
    return { path: `/console/campaigns/${id}${rest}`, cookie: await drumbeat.signIn() };
  };

  /** Bytes with headers. Within the console one has been on its first page already, and its charts come when they are seen. */
  it.each<[string, number, () => Promise<Opened>]>([
    ['to sign up', 50_000, async () => ({ path: ours })],
    ['of the guide', 50_000, async () => ({ path: `${ours}/guide` })],
    ['of the workshop', 60_000, async () => ({ path: `${ours}/comment` })],
    ['to sign in', 300_000, async () => ({ path: '/console/sign-in' })],
    [
      'of all campaigns',
      300_000,
      async () => ({ path: '/console/campaigns', cookie: await drumbeat.signIn() }),
    ],
    ['of a campaign', Infinity, () => ofACampaign()],
    ['of the wizard', Infinity, () => ofACampaign('/setup/ladder')],
    [
      'of a leader',
      Infinity,
      async () => {
        const { 'many-hands-portland': portland } = await drumbeat.coalitions();
        const { path } = await ofACampaign(`/coalitions/${portland}`);
        return { path, cookie: await drumbeat.signInAsLeader(portland!) };
      },
    ],
  ])('%s is small and does not jump', async (_, most, open) => {
    const { path, cookie } = await open();
    const browser = await openBrowser({ locale: 'en-US', viewport: sizes.phone });
    try {
      if (cookie) await browser.context.addCookies([cookie]);
      const page = await browser.context.newPage();
      await page.addInitScript(() => {
        const jumps: number[] = ((globalThis as { jumps?: number[] }).jumps = []);
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            jumps.push((entry as PerformanceEntry & { value: number }).value);
        }).observe({ type: 'layout-shift', buffered: true });
      });
      const wire: Promise<number>[] = [];
      page.on('requestfinished', (request) =>
        wire.push(request.sizes().then((sizes) => sizes.responseBodySize + sizes.responseHeadersSize)),
      );
      await page.goto(drumbeat.url + path, { waitUntil: 'networkidle' });
      await page.getByRole('heading', { level: 1 }).waitFor();
      const bytes = (await Promise.all(wire)).reduce((sum, each) => sum + each, 0);
      expect(bytes).toBeLessThan(most);
      const jumps = await page.evaluate<number[]>('jumps');
      expect(jumps.reduce((sum, each) => sum + each, 0)).toBeLessThan(0.1);
    } finally {
      await browser.stop();
    }
  });
});
