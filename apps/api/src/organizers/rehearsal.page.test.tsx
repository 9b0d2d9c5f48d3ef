import { brokenRules } from '../layout/page-rules.js';
import { renderPage } from '../layout/render.js';
import { english, spanish } from '../layout/sample-frames.js';
import { RehearsalPage, type RehearsalPageProps } from './rehearsal.page.js';

const rehearsal = (props: Partial<RehearsalPageProps> = {}): string =>
  renderPage(
    <RehearsalPage
      frame={english}
      signOutAction="/sign-out"
      campaignHref="/campaigns/1"
      campaignTitle="Count us in the 2028 job list"
      action="/campaigns/1/rehearsal"
      messages={[
        {
          key: 'three-days sms',
          name: 'Three days left',
          channel: 'sms',
          at: {
            iso: '2027-03-12T15:00:00.000Z',
            local: 'Friday, 7 am Pacific',
            eastern: 'Friday, 10 am Eastern',
          },
          why: null,
          subject: null,
          text: 'Three days left.',
          segments: 1,
          costCents: 1,
          fit: { fits: false, words: '20,000 people, 34 min; it cannot end in time.' },
        },
      ]}
      person={{ zip: '97201', state: '', zone: '', language: 'en', channels: 'both', joined: 'launch' }}
      zoneName="Pacific"
      to={{ email: '', phone: '' }}
      problems={[]}
      sent={null}
      {...props}
    />,
  );

/** The form for the sample person only looks, so it is a GET. */
const rules = (html: string) => brokenRules(html).filter((rule) => rule !== 'every form POSTs');

describe('the page of a rehearsal', () => {
  it.each([english, spanish])('holds to the rules ($language)', (frame) => {
    expect(rules(rehearsal({ frame }))).toEqual([]);
    expect(rules(rehearsal({ frame, messages: null }))).toEqual([]);
    expect(rules(rehearsal({ frame, sent: 4 }))).toEqual([]);
  });

  it.each(['zip', 'state', 'joined', 'email', 'phone'])('ties a mistake to its field: %s', (name) => {
    for (const messages of [[], undefined]) {
      const html = rehearsal({ problems: [{ name, text: 'Look here.' }], ...(messages && { messages }) });
      expect(rules(html)).toEqual([]);
      expect(html).toContain(`<a href="#${name}">Look here.</a>`);
      expect(html).toContain(`<p class="mistake" id="${name}-error">Look here.</p>`);
      const field = new RegExp(`<(?:input|select) id="${name}"[^>]*>`).exec(html)![0];
      expect(field).toMatch(new RegExp(`aria-describedby="[^"]*\\b${name}-error"`));
      expect(field).toContain('aria-invalid="true"');
    }
  });

  it('gives back what was typed', () => {
    const html = rehearsal({
      person: { zip: '9', state: 'TX', zone: '', language: 'en', channels: 'sms', joined: 'now' },
      to: { email: 'olga@', phone: '12' },
    });
    for (const value of ['9', 'olga@', '12']) expect(html).toContain(`value="${value}"`);
    expect(html).toContain('<option value="TX" selected="">TX</option>');
  });
});
