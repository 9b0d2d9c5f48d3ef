import { checkLiquid } from './check-liquid.js';

const places = (source: string) =>
  checkLiquid('body', source).map(({ line, column, words }) => `${line}:${column} ${words}`);

describe('checking the Liquid of a message', () => {
  it('finds nothing wrong with fields, the three filters and conditions', () => {
    expect(
      places(
        'Hi {{ name | default: "friend" | capitalize }}{% if daysLeft == 1 %}, tomorrow{% elsif deadline %}, {{ deadline | escape }}{% else %}.{% endif %}{% unless name %}!{% endunless %}',
      ),
    ).toEqual([]);
  });

  it('says where an unknown field stands, and which there are', () => {
    expect(places('Hi\n  {{ firstName }}')).toEqual([
      expect.stringMatching(/^2:6 There is no field "firstName"\. Fields: name, deed, /),
    ]);
    expect(places('{% if vip %}a{% endif %}')).toEqual([
      expect.stringMatching(/^1:7 There is no field "vip"/),
    ]);
    expect(places('{% if name.length %}{% endif %}')).toEqual(['1:7 The field "name" has no parts.']);
  });

  it.each([
    ['Hi\n {{ name', /^2:2 This cannot be read: .*not closed/],
    ['a {% if name %}b', /^1:3 This cannot be read: .*not closed/],
    ['{% endif %}', /^1:1 This cannot be read/],
    ['{% for a in b %}{% endfor %}', /^1:1 The tag "for" is not available/],
    ['{% include "secrets" %}', /^1:1 The tag "include" is not available/],
    ['{% raw %}{{ name }}{% endraw %}', /^1:1 The tag "raw" is not available/],
    ['{{ name | upcase }}', /^1:1 The filter "upcase" is not available/],
    ['{{ name | raw }}', /^1:1 The filter "raw" is not available/],
    ['{{- name }}', /^1:1 Write braces without a dash/],
    ['{% if name -%}a{% endif %}', /^1:1 Write braces without a dash/],
    ['{{ name deed }}', /^1:1 Between \{\{ and \}\} goes one field/],
    ['{{ "words" }}', /^1:1 Between \{\{ and \}\} goes one field/],
    ['{{ }}', /^1:/],
    ['{ name }', /^1:1 Braces are only for fields/],
    ['{{{ name }}}', /^1:/],
  ])('refuses %s', (source, words) => {
    expect(places(source)[0]).toMatch(words);
  });

  it('refuses a field that this message may not use', () => {
    expect(checkLiquid('subject', 'Hi {{ name }}', ['deed'])).toEqual([
      {
        ...{
          part: 'subject',
          line: 1,
          column: 7,
          words: 'The field "name" may not be used in this message.',
        },
        ...{ code: 'field_not_here', values: { field: 'name' } },
      },
    ]);
  });
});
