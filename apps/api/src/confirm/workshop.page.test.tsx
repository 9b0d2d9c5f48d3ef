import { strFromU8, unzipSync } from 'fflate';
import { brokenRules } from '../layout/page-rules.js';
import { renderPage } from '../layout/render.js';
import { english, inMarch, spanish } from '../layout/sample-frames.js';
import { docxOf } from './comment-docx.js';
import { WorkshopPage, type WorkshopPageProps } from './workshop.page.js';

const workshop = (props: Partial<WorkshopPageProps> = {}): string =>
  renderPage(
    <WorkshopPage
      frame={english}
      campaignTitle="Count us in the 2028 job list"
      coalitionName="Harbor City Coalition"
      deadline={inMarch}
      slug="count-us"
      opening="BLS-2027-0001, updates"
      prompts={[
        { title: 'What do you ask for?', help: 'One sentence.' },
        { title: 'What do you do in a day?', help: 'Task by task.' },
      ]}
      facts={[
        { words: 'We are many.', source: 'A count of 2026', url: 'https://example.org/count' },
        { words: 'Nobody counts us apart.', source: 'The list itself' },
      ]}
      sample={'I ask for a line of our own.\n\nI listen.'}
      public="Your comment becomes public."
      form={{ href: 'https://www.regulations.gov/commenton/X', host: 'www.regulations.gov' }}
      guideHref="/c/count-us/harbor/guide"
      {...props}
    />,
  );

describe('the workshop', () => {
  it.each([english, spanish])('holds to the rules ($language)', (frame) => {
    expect(brokenRules(workshop({ frame }))).toEqual([]);
    const least = { opening: null, facts: [], sample: null, form: null };
    expect(brokenRules(workshop({ frame, ...least }))).toEqual([]);
  });

  it.each([english, spanish])('begins with what must never be written ($language)', (frame) => {
    const html = workshop({ frame });
    const order = ['HIPAA', '42 CFR', ...frame.words.workshop.rules.map(({ title }) => title)];
    for (const words of order) expect(html.indexOf(words)).toBeLessThan(html.indexOf('What do you ask for?'));
    expect(order.map((words) => html.indexOf(words))).not.toContain(-1);
  });

  it('says that it becomes public before the way to the form', () => {
    const html = workshop();
    expect(html.indexOf('becomes public')).toBeLessThan(html.indexOf('Open the official form'));
    expect(html.indexOf('becomes public')).toBeGreaterThan(0);
  });

  it('has nothing that a form could send', () => {
    const html = workshop();
    expect(html).not.toMatch(/<(textarea|input|select)[^>]* (name|form)=/);
    for (const [form] of html.matchAll(/<form.*?<\/form>/g))
      expect(form).not.toMatch(/<(textarea|input|select)/);
  });
});

describe('a comment as a Word document', () => {
  const documentOf = (comment: string) => strFromU8(unzipSync(docxOf(comment))['word/document.xml']!);
  const textOf = (xml: string) =>
    [...xml.matchAll(/<w:t xml:space="preserve">([^<]*)<\/w:t>/g)]
      .map(([, text]) => text!.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'))
      .join('\n');

  it('has the parts that make one, and the words as they are', () => {
    const comment = 'BLS-2027-0001—updates\n\n  I < you & “we” > them, é 👍';
    expect(Object.keys(unzipSync(docxOf(comment))).sort()).toEqual([
      '[Content_Types].xml',
      '_rels/.rels',
      'word/document.xml',
    ]);
    expect(textOf(documentOf(comment))).toBe(comment);
  });

  it('stays readable whatever was pasted', () => {
    expect(textOf(documentOf('a\u0000b\u000bc\ud83dd\uffff]]><w:p>'))).toBe('abcd]]><w:p>');
  });

  it('is the same for the same words: it says neither when nor who', () => {
    expect(docxOf('I listen.')).toEqual(docxOf('I listen.'));
  });
});
