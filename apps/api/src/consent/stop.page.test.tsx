import { brokenRules } from '../layout/page-rules.js';
import { renderPage } from '../layout/render.js';
import { english, spanish } from '../layout/sample-frames.js';
import { StopPage, type StopPageProps } from './stop.page.js';

const stop = (props: Partial<StopPageProps>): string =>
  renderPage(
    <StopPage
      frame={english}
      campaignTitle="Count us in the 2028 job list"
      coalitionName="Harbor City Coalition"
      maskedContact="m••••@e••••.org and •••-•••-0123"
      signupHref="/c/count-us/harbor"
      state="ask"
      channels={{ email: 'off', sms: 'start' }}
      smsNumber={null}
      settingsHref="/me/B"
      action="/stop/A"
      {...props}
    />,
  );

describe('the stop page', () => {
  it.each(['ask', 'stopped_all', 'stopped_campaign', 'lifted'] as const)(
    'holds to the rules: %s',
    (state) => {
      for (const frame of [english, spanish])
        for (const channels of [
          { email: 'off', sms: 'start' },
          { email: 'blocked', sms: 'off' },
          { email: 'on', sms: null },
        ] as const)
          expect(brokenRules(stop({ frame, state, channels }))).toEqual([]);
    },
  );

  it('offers to stop everything first, by a POST', () => {
    const html = stop({});
    expect(html.indexOf('value="all"')).toBeGreaterThan(0);
    expect(html.indexOf('value="all"')).toBeLessThan(html.indexOf('value="campaign"'));
  });

  it('brings mail back by a button, and says that texts come back by START alone', () => {
    const html = stop({ state: 'stopped_all', smsNumber: '+1 555 010 0100' });
    expect(html).toContain('value="undo"');
    expect(html).toContain('text START to +1 555 010 0100');
    expect(stop({ state: 'stopped_all' })).toContain('reply START to our last text');
    expect(stop({ state: 'stopped_all', channels: { email: null, sms: 'start' } })).not.toContain('"undo"');
  });

  it('says beside the mail that is on again whether texts are', () => {
    expect(stop({ state: 'lifted', channels: { email: 'on', sms: 'start' } })).toContain('START');
    expect(stop({ state: 'lifted', channels: { email: 'on', sms: 'on' } })).not.toContain('Texts are off');
    expect(stop({ state: 'lifted', channels: { email: 'on', sms: null } })).not.toContain('Texts are off');
  });

  it('asks a phone again whose texts ended in one campaign', () => {
    const html = stop({ state: 'stopped_campaign', channels: { email: 'off', sms: 'off' } });
    expect(html).toContain('href="/me/B"');
    expect(html).not.toContain('START');
  });

  it('does not offer to lift a complaint', () => {
    const html = stop({ state: 'stopped_all', channels: { email: 'blocked', sms: null } });
    expect(html).not.toContain('value="undo"');
    expect(html).toContain('write to your coalition');
  });
});
