import fc from 'fast-check';
import { parseEmail } from './email.js';
import { maskEmail, maskName, maskPhone } from './mask.js';
import { cleanName } from './name.js';
import { parsePhone } from './phone.js';

describe('an email address', () => {
  it('is sent to as typed and known in lower case', () => {
    expect(parseEmail('  Anna.Diaz+Soc@Example.ORG ')).toEqual({
      address: 'Anna.Diaz+Soc@Example.ORG',
      lookup: 'anna.diaz+soc@example.org',
    });
    expect(parseEmail('ana@España.es')).toMatchObject({ lookup: 'ana@xn--espaa-rta.es' });
  });

  it.each([
    'anna', 'anna@', '@example.org', 'anna@example', 'anna @example.org', 'anna@exam ple.org', 'anna@example..org', 'anna@-example.org', 'anna..b@example.org', '.a@example.org',
    'a@b@example.org', 'anna@example.org\r\nBcc: x@y.zz', 'anna\0@example.org', 'anna@127.0.0.1', 'anna@[127.0.0.1]', 'anna@exa%6dple.org',
    '"anna b"@example.org', 'anna@example.org.', 'Anna <anna@example.org>', 'a@b.org,c@d.org', `${'a'.repeat(65)}@example.org`,
  ])('is not %j', (text) => expect(parseEmail(text)).toEqual({ problem: 'invalid' })); // prettier-ignore

  it('tells the other problems apart', () => {
    expect(parseEmail(' ')).toEqual({ problem: 'empty' });
    expect(parseEmail('josé@example.org')).toEqual({ problem: 'not_ascii' });
    expect(parseEmail(`a@${'b'.repeat(60)}.${'c'.repeat(200)}.org`)).toEqual({ problem: 'too_long' });
  });

  it('never lets a break through, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (noise) => {
        const read = parseEmail(`${noise}@example.org`);
        if ('address' in read) expect(read.address).toMatch(/^[\x21-\x7e]+$/);
      }),
    );
  });
});

describe('a phone number', () => {
  it.each([
    ['(212) 736-5000', '+12127365000', 'US'],
    ['+1 787 721 0000', '+17877210000', 'PR'],
    ['671 472 8931', '+16714728931', 'GU'],
  ])('%s is %s', (text, phone, country) => expect(parsePhone(text)).toEqual({ phone, country }));

  it.each([
    ['555-0142', 'invalid'],
    ['call me', 'invalid'],
    ['(212) 736-5000 ext 5', 'invalid'],
    ['+1 416 736 5000', 'country'],
    ['+52 55 1234 5678', 'country'],
    ['800 555 1212', 'no_texts'],
    ['900 555 1212', 'no_texts'],
  ])('%s is refused: %s', (text, problem) => expect(parsePhone(text)).toEqual({ problem }));
});

describe('a name', () => {
  it('is trimmed, collapsed and free of marks that turn the writing round', () => {
    expect(cleanName('  Anna   María\u00a0Díaz\n')).toEqual({ name: 'Anna María Díaz' });
    expect(cleanName('\u202eannA')).toEqual({ name: 'annA' });
    expect(cleanName("Seán O'Connor-Núñez Jr.")).toEqual({ name: "Seán O'Connor-Núñez Jr." });
  });

  it('is refused when it could forge a header, carry a link or say nothing', () => {
    expect(cleanName('Anna\r\nBcc: x@y.zz')).toEqual({ problem: 'control' });
    expect(cleanName('Anna\0')).toEqual({ problem: 'control' });
    expect(cleanName('Win at www.prize.example')).toEqual({ problem: 'link' });
    expect(cleanName(' \u200b ')).toEqual({ problem: 'empty' });
    expect(cleanName('a'.repeat(81))).toEqual({ problem: 'too_long' });
  });
});

it('masks', () => {
  expect(maskEmail('anna@example.org')).toBe('a•••@e•••.org');
  expect(maskPhone('+12125550142')).toBe('•••-•••-0142');
  expect(maskName('Anna María Díaz')).toBe('A••• D•••');
  expect(maskName('')).toBe('');
});
