import { authoredEmail } from './authored.js';
import { checkKit } from './check-kit.js';
import { compileSms } from './compile-sms.js';
import { countSegments } from './count-segments.js';
import type { KitMessage } from './kit-rung.js';
import type { KitWords } from './kit.js';
import { kitNames, readKit } from './kits.js';
import { sampleValues } from './sample-values.js';
import type { Language } from './words/index.js';

/** The longest short name of the sample coalitions. */
const longest = 'Many Hands PDX';

describe.each(kitNames)('the kit %s', (name) => {
  const kit = readKit(name);
  const pairs = kit.ladder.flatMap((rung) =>
    Object.entries(rung.messages).map(
      ([language, message]) => [rung.id, language as Language, message, rung] as const,
    ),
  );

  it('is a kit with nothing to mend', () => {
    expect(kit.slug).toBe(name);
    expect(kit.ladder.length).toBeGreaterThanOrEqual(5);
    expect(Object.values(kit.languages).every(({ steps, why }) => steps.length > 0 && why !== '')).toBe(true);
    for (const { channels, messages } of kit.ladder)
      for (const language of Object.keys(kit.languages) as Language[])
        expect(Object.keys(messages[language]!).sort()).toEqual(
          channels.flatMap((channel) => (channel === 'email' ? ['email', 'subject'] : ['sms'])).sort(),
        );
    expect(checkKit(kit)).toEqual([]);
  });

  it('shows every rung in a sandbox whose deadline is ten days ahead, on both channels', () => {
    expect(kit.ladder.every((rung) => (rung.daysBefore ?? 0) < 10)).toBe(true);
    expect(new Set(kit.ladder.flatMap((rung) => rung.channels))).toEqual(new Set(['email', 'sms']));
  });

  it.each(pairs)('%s (%s) says it calmly, and short by text', (_, language, message, rung) => {
    const written: string[] = Object.values(message);
    for (const words of written) {
      expect(words).not.toMatch(/[!¡]/);
      expect(words).not.toMatch(/https?:/); // the way to the form is the guide's
    }
    if (message.sms === undefined) return;
    const words = kit.languages[language] as KitWords;
    const values = { ...sampleValues(language), shortName: longest, deed: words.deed };
    expect(values.guideUrl).toHaveLength(45);
    const { body, segments, encoding } = compileSms({ body: message.sms, language }).fill(values);
    expect({ rung: rung.id, body, segments, encoding }).toMatchObject({ segments: 1, encoding: 'GSM-7' });
  });

  it('names a day by its date, and says "today" on the day itself alone', () => {
    for (const { daysBefore, messages } of kit.ladder.filter((rung) => rung.daysBefore !== 0))
      expect([daysBefore, JSON.stringify(messages)]).not.toEqual([
        daysBefore,
        expect.stringMatching(/\b(today|tonight|tomorrow|hoy|mañana)\b/i),
      ]);
  });

  it('names the same fields in both languages', () => {
    for (const { id, messages } of kit.ladder) {
      const fields = (part: keyof KitMessage, language: Language) => {
        const text = messages[language]?.[part];
        if (text === undefined) return undefined;
        const compiled =
          part === 'sms'
            ? compileSms({ body: text, language })
            : authoredEmail({
                kind: 'rung',
                subject: part === 'subject' ? text : 'x',
                email: part === 'email' ? text : 'x',
                language,
              });
        return { id, part, fields: [...compiled.fields].sort() };
      };
      for (const part of ['subject', 'email', 'sms'] as const)
        expect(fields(part, 'es')).toEqual(fields(part, 'en'));
    }
  });

  it('asks in words that a cheap text can carry', () => {
    for (const words of Object.values(kit.languages))
      expect(countSegments(words.deed).encoding).toBe('GSM-7');
  });

  it('says in both languages what one needs, and asks as many questions and gives as many facts', () => {
    const counts = Object.values(kit.languages).map(({ need, prompts, facts, opening, sample }) => ({
      need: need?.length,
      prompts: prompts?.length,
      facts: facts?.map(({ url }) => url),
      opening,
      sample: sample !== undefined,
    }));
    expect(counts[1]).toEqual(counts[0]);
    expect(counts[0]!.need).toBeGreaterThan(0);
    expect(counts[0]!.sample).toBe(kit.kind === 'regulatory_comment');
  });
});
