import { compileMarkdown, markdownHtml } from './markdown.js';

describe('Markdown that holds Liquid', () => {
  it('keeps Liquid whole in words, links and lists', () => {
    const { html, text, problems } = compileMarkdown(
      'Hi **{{ name | default: "you & me" }}**,\nthe [steps]({{ guideUrl }}) are:\n\n- one\n- two {{ deed }}\n\n1. first\n2. second',
    );
    expect(problems).toEqual([]);
    expect(html).toContain('<strong>{{ name | default: "you & me" }}</strong>');
    expect(html).toMatch(/<a href="\{\{ guideUrl }}" style="[^"]*" class="link">steps<\/a>/);
    expect(text).toBe(
      'Hi {{ name | default: "you & me" }}, the steps: {{ guideUrl }} are:\n\n- one\n- two {{ deed }}\n\n1. first\n2. second',
    );
  });

  it('takes a whole paragraph away with its condition and leaves no empty one', () => {
    const { html, text, problems } = compileMarkdown('{% if name %}\n\nHi\n\n{% endif %}\n\nBye');
    expect(problems).toEqual([]);
    expect(html.match(/<p/g)).toHaveLength(2);
    expect(text).toBe('{% if name %}Hi\n\n{% endif %}Bye');
  });

  it.each([
    ['One {% if name %}two\n\nthree{% endif %} four', 3, 6],
    ['*a {% if name %}b* c{% endif %}', 1, 21],
    ['{% if name %}\n\na {% endif %}', 3, 3],
  ])('refuses a condition that would cut a paragraph in two: %j', (source, line, column) => {
    expect(compileMarkdown(source).problems).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ line, column, words: expect.stringContaining('one paragraph') as string }),
      ]),
    );
  });

  it('refuses braces that an entity hides, and links that are no address', () => {
    expect(compileMarkdown('&#123;&#123; name }}').problems).not.toEqual([]);
    expect(compileMarkdown('\\{{ name }}').problems).toEqual([]);
    expect(compileMarkdown('a\n\n[x]({{ name }})').problems).toEqual([expect.objectContaining({ line: 3 })]);
    expect(compileMarkdown('[x](https://e.org/{{ name }})').problems).toHaveLength(1);
    expect(compileMarkdown('[x](/relative)').problems).toHaveLength(1);
    expect(compileMarkdown('[x](https://e.org/a?b=1&c=2)').problems).toEqual([]);
  });

  it('knows no HTML, no pictures and no script links', () => {
    const { html } = compileMarkdown(
      '<script>x</script> <b>b</b> ![p](https://e.org/p.png) [j](javascript:alert)',
    );
    expect(html).not.toMatch(/<script|<b>|<img|href="javascript/);
  });

  it('makes a page’s HTML without style attributes', () => {
    expect(markdownHtml('**Copy** [this](https://e.org)')).toBe(
      '<p><strong>Copy</strong> <a href="https://e.org">this</a></p>',
    );
    expect(() => markdownHtml('[x](../y)')).toThrow(/starts with https/);
  });
});
