import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { compileEmail } from './compile-email.js';
import { composeEmail } from './compose-email.js';
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
    const { raw, envelope: smtp } = await composeEmail(filled, {
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

  it('leaves the unsubscribe headers out of mail that was just asked for', async () => {
    const { raw } = await composeEmail(compiled.fill(values), { ...envelope, listUnsubscribe: false });
    expect(headersOf(raw)).not.toMatch(/List-Unsubscribe/i);
  });

  it('reads the same for 200 names, whatever is in them', async () => {
    const plain = await composeEmail(compiled.fill(values), envelope);
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
        const { raw } = await composeEmail(filled, {
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
      { numRuns: 200 },
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
  ])('refuses a header that is not one: %j', async (bad) => {
    await expect(composeEmail(compiled.fill(values), { ...envelope, ...bad })).rejects.toThrow(TypeError);
  });
});
