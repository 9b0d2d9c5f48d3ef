import fc from 'fast-check';
import { compileEmail } from './compile-email.js';
import { BadMergeValue, MessageProblems } from './message-problem.js';
import { sampleValues } from './sample-values.js';
import { sameWords } from './same-words.js';

const compiled = compileEmail({
  subject: 'Due {{ deadline }}',
  body: 'Hi {{ name | default: "friend" }}, read [the steps]({{ guideUrl }}).\n\n- short\n- true',
  language: 'en',
  asks: true,
  button: { label: 'Show me the steps', field: 'guideUrl' },
});
const values = sampleValues('en');

describe('a compiled mail', () => {
  it('puts deed and deadline first, then words, button, reason, way out and address', () => {
    const { html, text, subject } = compiled.fill(values);
    expect(subject).toBe('Due Monday, March 15, 8:59 pm Pacific');
    for (const part of [html.slice(html.indexOf('<body')), text]) {
      const order = [
        'Comment on the federal job list',
        'By Monday, March 15, 8:59 pm Pacific',
        'Hi Sam',
        'Show me the steps',
        'You get this because',
        'Stop these messages',
        'Choose what you get',
        '100 Example Street',
      ].map((words) => part.indexOf(words));
      expect(order).toEqual([...order].sort((a, b) => a - b));
      expect(order).not.toContain(-1);
    }
    expect(html.match(/class="button"/g)).toHaveLength(1);
    expect(text).toContain(`the steps: ${values.guideUrl}.`);
  });

  it('says the other clock only where it differs, and no date while none is known', () => {
    expect(compiled.fill(values).text).toContain("(that's Monday, March 15, 11:59 pm Eastern)");
    const inEastern = compiled.fill({ ...values, deadline: values.deadlineEastern });
    expect(inEastern.text).not.toContain("(that's");
    expect(compiled.fill({ ...values, deadline: '' }).text).not.toMatch(/\bBy\b/);
  });

  it('says the same words in both parts', () => {
    const { html, text } = compiled.fill(values);
    expect(sameWords(html)).toEqual(sameWords(text));
  });

  it('never lets a value become markup, a field or a line', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        '**bold**',
        '{{ stopUrl }}',
        '{% if name %}',
        '</p><script>alert(1)</script>',
        '" onclick="x',
        'a\r\nBcc: x@y.z',
        '[a](https://evil.example)',
        '\u202eevil',
        'مريم',
        '👩‍🚀',
        '\ue0000\ue001',
        '\ud83d',
        '&lt;',
      ),
    );
    fc.assert(
      fc.property(nasty, (name) => {
        const { html, text } = compiled.fill({ ...values, name, colour: name });
        const tags = (markup: string) => markup.match(/<[^>]*>/g);
        expect(tags(html)).toEqual(tags(compiled.fill({ ...values, colour: '#1f4e79' }).html));
        expect(text.split('\n')).toHaveLength(compiled.fill(values).text.split('\n').length);
        expect(sameWords(html)).toEqual(sameWords(text));
      }),
      { numRuns: 200 },
    );
  });

  it('names the value that is missing, and refuses an address that is none', () => {
    expect(() => compiled.fill({ ...values, guideUrl: undefined })).toThrow(BadMergeValue);
    expect(() => compiled.fill({ ...values, stopUrl: 'javascript:alert(1)' })).toThrow(
      /"stopUrl" must be an http/,
    );
  });

  it('has room for a thumb, and colours of its own in the dark', () => {
    const { html } = compiled.fill(values);
    expect(html).toMatch(/class="button"[^>]*padding:14px 24px[^>]*line-height:20px/);
    expect(html).toContain('prefers-color-scheme: dark');
    expect(html).not.toMatch(/<img|src=|@import|url\(/);
  });

  it('always carries the way out and the address, and no word too long for a small screen', () => {
    const bare = compileEmail({ subject: 'x', body: 'y', language: 'en' });
    for (const field of ['stopUrl', 'preferencesUrl', 'postalAddress']) expect(bare.fields).toContain(field);
    expect(bare.fill(values).html).toContain('word-break:break-word');
  });

  it('throws every problem at once', () => {
    const compile = () =>
      compileEmail({
        subject: 'a\nb',
        body: '{{ nope }}',
        language: 'en',
        button: { label: '', field: 'doneUrl' },
      });
    expect(compile).toThrow(MessageProblems);
    try {
      compile();
    } catch (error) {
      expect((error as MessageProblems).problems.map((p) => p.part)).toEqual(['subject', 'body', 'button']);
    }
  });
});
