import { brokenRules } from '../layout/page-rules.js';
import { renderPage } from '../layout/render.js';
import { english, spanish } from '../layout/sample-frames.js';
import { TextsPage, type TextsPageProps } from './texts.page.js';

const text: TextsPageProps['texts'][number] = {
  id: '7',
  at: '2027-03-03T21:05:00.000Z',
  moment: 'Wednesday, March 3, 4:05 pm Eastern',
  crisis: false,
  body: 'Is the form broken?\nIt says 500.',
  media: 1,
  phone: '•••-•••-0142',
  name: null,
  answered: true,
  read: false,
  readAction: '/campaigns/1/texts/7/read',
};
const inbox = (props: Partial<TextsPageProps> = {}): string =>
  renderPage(
    <TextsPage
      frame={english}
      signOutAction="/sign-out"
      campaignHref="/campaigns/1"
      campaignTitle="Count us in the 2028 job list"
      texts={[
        { ...text, id: '8', crisis: true, name: 'Ana Díaz' },
        text,
        { ...text, id: '6', body: '', media: 0, answered: false, read: true, readAction: null },
      ]}
      olderHref="/campaigns/1/texts?cursor=0.6&lang=en"
      {...props}
    />,
  );

describe('the page with what people wrote', () => {
  it.each([english, spanish])('holds to the rules ($language)', (frame) => {
    expect(brokenRules(inbox({ frame }))).toEqual([]);
    expect(brokenRules(inbox({ frame, texts: [], olderHref: null }))).toEqual([]);
  });

  it('says what comes here when nothing has', () => {
    expect(inbox({ texts: [] })).toContain('Nobody has written.');
    expect(inbox()).not.toContain('Nobody has written.');
  });

  it('shows whose text it is, what it says, and whether it needs somebody now', () => {
    const html = inbox();
    expect(html).toContain('<bdi>Ana Díaz, •••-•••-0142</bdi>');
    expect(html).toContain('Is the form broken?\nIt says 500.</p>');
    expect(html.match(/Needs you now/g)).toHaveLength(1);
    expect(html).toContain('and 1 picture or file');
    expect(html).toContain('No words');
  });

  it('shows what nobody sees by its code, and lets no text turn its line around', () => {
    const html = inbox({ texts: [{ ...text, body: 'Open \u202egnp.exe\u200b\r\nמתי? 👩\u200d👧' }] });
    expect(html).toContain(
      'Open <code dir="ltr">U+202E</code>gnp.exe<code dir="ltr">U+200B</code>\nמתי? 👩\u200d👧</p>',
    );
    expect(html).toContain('<p class="said" dir="auto">');
    expect(html).toContain(english.words.texts.hidden);
    expect(inbox()).not.toContain(english.words.texts.hidden);
  });

  it('has a button for what nobody has read, and lets no text be markup', () => {
    expect(inbox().match(/Mark as read/g)).toHaveLength(2);
    expect(inbox({ texts: [{ ...text, body: '<script>alert(1)</script>' }] })).not.toContain('<script>alert');
  });
});
