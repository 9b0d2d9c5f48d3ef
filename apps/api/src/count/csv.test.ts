import { csvOf } from './csv.js';

it('quotes what needs it, and disarms what a spreadsheet would calculate', () => {
  expect(
    csvOf([
      ['name', 'signups'],
      ['Hands, "Many"', 12],
      ['=HYPERLINK("x")', -3],
      ['@sum', null],
    ]),
  ).toBe('name,signups\r\n"Hands, ""Many""",12\r\n"\'=HYPERLINK(""x"")",-3\r\n\'@sum,\r\n');
});
