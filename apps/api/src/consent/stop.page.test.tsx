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
      maskedContact="m••••@e••••.org"
      hasPhone
      state="ask"
      action="/stop/A"
      back={{ by: 'button' }}
      {...props}
    />,
  );

describe('the stop page', () => {
  it.each(['ask', 'stopped_all', 'stopped_campaign', 'lifted'] as const)(
    'holds to the rules: %s',
    (state) => {
      for (const frame of [english, spanish]) expect(brokenRules(stop({ frame, state }))).toEqual([]);
    },
  );

  it('offers to stop everything first, by a POST', () => {
    const html = stop({});
    expect(html.indexOf('value="all"')).toBeGreaterThan(0);
    expect(html.indexOf('value="all"')).toBeLessThan(html.indexOf('value="campaign"'));
  });

  it('says that only START brings texts back', () => {
    const html = stop({ state: 'stopped_all', back: { by: 'start', number: '+1 555 010 0100' } });
    expect(html).toContain('text START to +1 555 010 0100');
    expect(html).not.toContain('value="undo"');
  });

  it('says beside the mail that is on again that texts are not', () => {
    expect(stop({ state: 'lifted' })).toContain('Texts stay off');
    expect(stop({ state: 'lifted', hasPhone: false })).not.toContain('Texts');
  });

  it('does not offer to lift a complaint', () => {
    expect(stop({ state: 'stopped_all', back: { by: 'none' } })).not.toContain('value="undo"');
  });
});
