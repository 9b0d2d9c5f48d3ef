import { brokenRules } from '../layout/page-rules.js';
import { renderPage } from '../layout/render.js';
import { english, inMarch, spanish } from '../layout/sample-frames.js';
import { LeaderPage, type LeaderPageProps } from './leader.page.js';

const whole = { signups: 1204, optedIn: 640, confirmed: 431, verified: 120, pledged: 0, ratePercent: 36 };

const text: LeaderPageProps['texts'][number] = {
  id: '7',
  at: '2027-03-03T21:05:00.000Z',
  moment: 'Wednesday, March 3, 4:05 pm Eastern',
  crisis: false,
  body: 'Is the form broken?\nIt says 500.',
  media: 1,
  phone: '•••-•••-0142',
  name: 'Ana Díaz',
  answered: true,
  read: false,
};

const leader = (props: Partial<LeaderPageProps>): string =>
  renderPage(
    <LeaderPage
      frame={english}
      kind="regulatory_comment"
      campaignTitle="Count us in the 2028 job list"
      coalitionName="Harbor State Association"
      deadline={inMarch}
      total={whole}
      overlap={7}
      coalitions={[
        { id: 'c1', name: 'Harbor State Association', depth: 0, figures: whole },
        {
          id: 'c2',
          name: 'Harbor City Coalition',
          depth: 1,
          figures: { signups: 0, optedIn: 0, confirmed: 0, verified: 0, pledged: 0, ratePercent: null },
        },
      ]}
      texts={[]}
      signupUrl="https://drumbeat.example/c/count-us/harbor-state"
      liveUrl="/leader/A/figures"
      asOf="March 3, 4:05 pm"
      {...props}
    />,
  );

describe('the leader’s page', () => {
  it.each([english, spanish])('holds to the rules ($language)', (frame) => {
    expect(brokenRules(leader({ frame }))).toEqual([]);
    expect(brokenRules(leader({ frame, kind: 'census_occupation', deadline: null, overlap: 0 }))).toEqual([]);
  });

  it('names each figure, so that a script can keep it fresh', () => {
    const html = leader({});
    expect(html).toContain('<dd data-figure="total.confirmed">431</dd>');
    expect(html).toContain('<td data-figure="c2.rate">–</td>');
    expect(html).toContain('<noscript><meta http-equiv="refresh" content="30"/></noscript>');
  });

  it('says by how many the parts are more than the whole', () => {
    expect(leader({})).toContain('7 people joined through more than one coalition.');
    expect(leader({ overlap: 0 })).not.toContain('more than one coalition');
  });

  it('shows whose text it is, what it says, and whether it needs somebody now', () => {
    const html = leader({
      texts: [
        { ...text, crisis: true },
        { ...text, id: '6', body: '', media: 0 },
      ],
    });
    expect(brokenRules(html)).toEqual([]);
    expect(html).toContain('<bdi>Ana Díaz, •••-•••-0142</bdi>');
    expect(html).toContain('Is the form broken?\nIt says 500.</p>');
    expect(html.match(/Needs you now/g)).toHaveLength(1);
    expect(html).toContain('and 1 picture or file');
    expect(html).toContain('No words');
  });

  it('shows what nobody sees by its code, and lets no text turn its line around or be markup', () => {
    const html = leader({
      texts: [{ ...text, body: 'Open \u202egnp.exe\u200b\r\nמתי? 👩\u200d👧 <script>alert(1)</script>' }],
    });
    expect(html).toContain(
      'Open <code dir="ltr">U+202E</code>gnp.exe<code dir="ltr">U+200B</code>\nמתי? 👩\u200d👧 &lt;script&gt;alert',
    );
    expect(html).toContain('<p class="said" dir="auto">');
    expect(html).toContain(english.words.texts.hidden);
    expect(leader({ texts: [text] })).not.toContain(english.words.texts.hidden);
  });
});
