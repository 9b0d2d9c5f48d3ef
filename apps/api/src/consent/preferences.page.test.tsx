import { brokenRules } from '../layout/page-rules.js';
import { renderPage } from '../layout/render.js';
import { english, spanish } from '../layout/sample-frames.js';
import { PreferencesPage, type PreferencesPageProps } from './preferences.page.js';

const preferences = (props: Partial<PreferencesPageProps>): string =>
  renderPage(
    <PreferencesPage
      frame={english}
      coalitionName="Harbor City Coalition"
      contacts={[
        { channel: 'email', masked: 'm••••@e••••.org', state: 'on', action: '/me/A/email' },
        { channel: 'sms', masked: '••• ••• 0123', state: 'start', action: '/me/A/sms' },
      ]}
      language="en"
      zone="America/Los_Angeles"
      zones={[
        { value: 'America/New_York', label: 'Eastern' },
        { value: 'America/Los_Angeles', label: 'Pacific' },
      ]}
      zoneError={false}
      saveAction="/me/A"
      saved={false}
      stopHref="/stop/B"
      dataHref="/me/A/data"
      {...props}
    />,
  );

describe('the settings page', () => {
  it.each([english, spanish])('holds to the rules ($language)', (frame) => {
    expect(brokenRules(preferences({ frame }))).toEqual([]);
    expect(brokenRules(preferences({ frame, saved: true, dataHref: null }))).toEqual([]);
    expect(brokenRules(preferences({ frame, zoneError: true, zone: '' }))).toEqual([]);
  });

  it('offers no button where only START helps', () => {
    const html = preferences({});
    expect(html).toContain('Text START from your phone');
    expect(html).not.toContain('Turn texts on');
  });

  it('chooses the zone that is on record', () => {
    expect(preferences({})).toContain('<option value="America/Los_Angeles" selected="">');
  });
});
