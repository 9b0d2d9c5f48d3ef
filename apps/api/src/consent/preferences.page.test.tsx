import { brokenRules } from '../layout/page-rules.js';
import { renderPage } from '../layout/render.js';
import { english, spanish } from '../layout/sample-frames.js';
import { PreferencesPage, type PreferencesPageProps } from './preferences.page.js';

const preferences = (props: Partial<PreferencesPageProps>): string =>
  renderPage(
    <PreferencesPage
      frame={english}
      campaignTitle="Count us in the 2028 job list"
      coalitionName="Harbor City Coalition"
      maskedName="M••• R•••"
      signupHref="/c/count-us/harbor"
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
      typed={[]}
      typedAction="/me/A/typed"
      later={null}
      laterRefused={null}
      zoneError={false}
      saveAction="/me/A"
      said={null}
      stopHref="/stop/B"
      smsNumber={null}
      data={{ action: '/me/A/data', channel: 'email' }}
      {...props}
    />,
  );

describe('the settings page', () => {
  it.each([english, spanish])('holds to the rules ($language)', (frame) => {
    expect(brokenRules(preferences({ frame }))).toEqual([]);
    expect(
      brokenRules(preferences({ frame, said: 'saved', data: { action: '/me/A/data', channel: 'sms' } })),
    ).toEqual([]);
    expect(brokenRules(preferences({ frame, zoneError: true, zone: '' }))).toEqual([]);
  });

  it('offers no button where only START helps', () => {
    const html = preferences({});
    expect(html).toContain('reply START to our last text');
    expect(preferences({ smsNumber: '+1 503 555 0100' })).toContain('text START to +1 503 555 0100');
    expect(html).not.toContain('Turn texts on');
  });

  it('shows what somebody typed, and lets its owner decide', () => {
    for (const frame of [english, spanish])
      expect(brokenRules(preferences({ frame, typed: ['a new name (S••• E•••)'] }))).toEqual([]);
    const html = preferences({ typed: ['a new name (S••• E•••)'] });
    expect(html).toContain('a new name (S••• E•••)');
    expect(html.indexOf('value="use"')).toBeLessThan(html.indexOf('value="drop"'));
    expect(preferences({})).not.toContain('Is this from you?');
  });

  it('says why a reminder was not planned, in both languages', () => {
    for (const frame of [english, spanish])
      for (const laterRefused of ['done', 'over', 'awaiting', 'off', 'late'] as const) {
        const html = preferences({ frame, laterRefused });
        expect(brokenRules(html)).toEqual([]);
        expect(html).toContain(`<p role="status" class="heed">${frame.words.later.refused[laterRefused]}`);
      }
    expect(preferences({})).not.toContain('class="heed"');
  });

  it('has one main button, which saves; what ends something is quieter', () => {
    const later = {
      channel: 'email' as const,
      action: '/me/A/later',
      choices: [{ later: 'tomorrow', label: 'Tomorrow, 10 am' }],
      pending: { channel: 'email' as const, label: 'Tonight, 7 pm' },
    };
    const html = preferences({ later, typed: ['a new name (S••• E•••)'] });
    const labelsOf = (tone: string) =>
      [...html.matchAll(/<(?:button|a) class="([^"]*)"[^>]*>([^<]*)</g)]
        .filter(([, classes]) => classes!.split(' ').includes(tone))
        .map(([, , label]) => label);
    expect(labelsOf('main')).toEqual(['Save settings']);
    expect(labelsOf('plain')).toEqual(['It was me: use it', 'Tomorrow, 10 am']);
    expect(labelsOf('leave')).toEqual(['No email about anything', 'Go to the stop page']);
    expect(labelsOf('quiet')).toEqual([
      'Throw it away',
      'No email about this campaign',
      'No email about anything',
      'Don’t remind me then',
      'Send me a link by email',
    ]);
  });

  it('chooses the zone that is on record', () => {
    expect(preferences({})).toContain('<option value="America/Los_Angeles" selected="">');
  });
});
