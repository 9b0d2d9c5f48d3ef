import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { compileEmail } from './compile-email.js';
import { composeEmail, composeEncoded } from './compose-email.js';
import type { Envelope } from './compose-email.js';
import { sampleValues } from './sample-values.js';
import { sameWords } from './same-words.js';

const compiled = compileEmail({
  subject: '{{ name | default: "You" }}: due {{ deadline }}',
  body: 'Hi {{ name | default: "friend" }}, read [the steps]({{ guideUrl }}).',
  language: 'es',
  asks: true,
  button: { label: 'Ver los pasos', field: 'guideUrl' },
});
const values = sampleValues('es');
const envelope: Envelope = {
  from: { name: 'Many Hands', address: 'reminders@mail.example.org' },
  replyTo: 'hello@many-hands.example.org',
  to: 'sam@example.net',
  messageId: '<r-0001@mail.example.org>',
  listUnsubscribeUrl: 'https://drumbeat.example/stop/AAAAAAAAAAAAAAAAAAAAAA',
  listUnsubscribe: true,
  language: 'es',
  date: new Date('2027-03-08T15:00:00Z'),
};
const headersOf = (raw: Buffer) => raw.toString('latin1').split('\r\n\r\n')[0] ?? '';

describe('a composed mail', () => {
  it('carries what mail programs need, as a parser reads it', async () => {
    const filled = compiled.fill(values);
    const { raw, envelope: smtp } = composeEmail(filled, {
      ...envelope,
      bounceTo: 'bounce@example.org',
    });
    const mail = await simpleParser(raw);
    expect(mail.subject).toBe(filled.subject);
    expect(mail.from?.value).toEqual([envelope.from]);
    expect(mail.replyTo?.value[0]?.address).toBe(envelope.replyTo);
    expect(mail.messageId).toBe(envelope.messageId);
    expect(mail.date).toEqual(envelope.date);
    expect(mail.html).toBe(filled.html);
    expect(mail.text).toBe(filled.text);
    expect(sameWords(filled.html)).toEqual(sameWords(filled.text));
    expect(smtp).toEqual({ from: 'bounce@example.org', to: envelope.to });
    const headers = headersOf(raw).split('\r\n');
    expect(headers).toContain(`List-Unsubscribe: <${envelope.listUnsubscribeUrl}>`);
    expect(headers).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(headers).toContain('Auto-Submitted: auto-generated');
    expect(headers).toContain('Content-Language: es');
  });

  it('leaves the unsubscribe headers out of mail that was just asked for', () => {
    const { raw } = composeEmail(compiled.fill(values), { ...envelope, listUnsubscribe: false });
    expect(headersOf(raw)).not.toMatch(/List-Unsubscribe/i);
  });

  it('reads the same for 100 names, whatever is in them', async () => {
    const plain = composeEmail(compiled.fill(values), envelope);
    const names = (raw: Buffer) => [...headersOf(raw).matchAll(/^[\w-]+(?=:)/gm)].map(([name]) => name);
    const name = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.constantFrom(
        'Ana\r\nBcc: everyone@example.org',
        'Ana\n\n<script>',
        '{{ name }}',
        '*Ana*',
        'עדה',
        '\u202eanA',
        '🦜🦜',
      ),
    );
    await fc.assert(
      fc.asyncProperty(name, async (person) => {
        const filled = compiled.fill({ ...values, name: person });
        const { raw } = composeEmail(filled, {
          ...envelope,
          from: { ...envelope.from, name: `A ${person}` },
        });
        expect(names(raw)).toEqual(names(plain.raw));
        expect(
          Math.max(
            ...raw
              .toString('latin1')
              .split('\r\n')
              .map((line) => line.length),
          ),
        ).toBeLessThan(998);
        expect(raw.toString('latin1')).not.toMatch(/[^\r]\n/);
        const mail = await simpleParser(raw);
        expect(mail.bcc).toBeUndefined();
        expect(mail.html).toBe(filled.html);
        expect(mail.text).toBe(filled.text);
        expect(sameWords(filled.html)).toEqual(sameWords(filled.text));
      }),
      { numRuns: 100 },
    );
  });

  it('is the same when what many share was encoded once, for 100 people', async () => {
    const shared = compileEmail({
      subject: '{{ name | capitalize | default: "You" }}: due {{ deadline }}',
      body: '{{ name }}{{ coalition }} {{ name | capitalize }}! {% if daysLeft == 1 %}One day{% else %}{{ daysLeft }} días{% endif %}{% if name contains "a" %}, con a{% endif %}.\n\n- {{ deed }}\n- [{{ campaign }}]({{ guideUrl }})\n\n{% unless name %}Hola{% endunless %}',
      language: 'es',
      asks: true,
      button: { label: 'Ver los pasos', field: 'guideUrl' },
    });
    const words = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.constantFrom('', 'ana', 'ñandú', '=C3', '.', '\ufdd0', '{{ name }}', 'a & <b>', 'x'.repeat(80)),
    );
    const person = fc.record({ name: words, deed: words, coalition: words, daysLeft: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(person, async (own) => {
        const theirs = { ...values, ...own };
        const filled = shared.fill(theirs);
        const { raw } = composeEncoded(shared.encode(theirs), envelope);
        const mail = await simpleParser(raw);
        expect([mail.subject, mail.html, mail.text]).toEqual([filled.subject, filled.html, filled.text]);
        const [, body = ''] = raw.toString('latin1').split(/\r\n\r\n([^]*)/);
        for (const line of body.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    { to: 'a@b.c\r\nBcc: x@y.z' },
    { to: 'a@b.c, x@y.z' },
    { replyTo: 'a@b.c>\n' },
    { from: { name: 'x', address: 'a@b.c\nX: y' } },
    { bounceTo: 'two words@b.c' },
    { messageId: '<a@b>\r\nX: y' },
    { messageId: 'a@b' },
    { listUnsubscribeUrl: 'https://e.org/\r\nX: y' },
    { listUnsubscribeUrl: 'https://e.org/>, <mailto:x@y.z' },
  ])('refuses a header that is not one: %j', (bad) => {
    expect(() => composeEmail(compiled.fill(values), { ...envelope, ...bad })).toThrow(TypeError);
  });
});
