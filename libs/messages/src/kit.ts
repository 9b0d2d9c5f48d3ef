import { z } from 'zod';
import { type CampaignKind, dutiesRoom, faults, findRefused, openingLine, sizeOfComment } from '#domain';
import { languages } from './words/languages.js';
import type { Language } from './words/languages.js';
import { rungSchema } from './kit-rung.js';

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words with hyphens');
const words = (most: number) => z.string().trim().min(1).max(most);
const line = (most: number) => words(most).regex(/^[^\r\n]*$/, faults.one_line);
const outcome = z.enum(['filed', 'answered', 'pledged', 'not_sampled']);
export type KitOutcome = z.infer<typeof outcome>;

/** Words that go into a comment. */
const filed = (text: z.ZodString) =>
  text.refine((words) => findRefused(words).length === 0, {
    error: faults.official_characters,
  });

/** What the workshop of a comment campaign is made of; every part may be left out. */
export const workshopParts = {
  /** The first line that the agency asks for, `{{ docket }}` where its id goes. */
  opening: filed(line(300))
    .refine((opening) => !/[{}]/.test(openingLine(opening, '') ?? ''), {
      error: faults.docket_braces,
    })
    .optional(),
  /** What a comment answers, one question at a time. */
  prompts: z
    .array(z.strictObject({ title: line(120), help: words(800) }))
    .max(12)
    .optional(),
  facts: z
    .array(
      z.strictObject({
        /** As it goes into a comment: true by itself. */
        words: filed(line(400)),
        /** Who says it, and when. */
        source: line(200),
        url: z.url({ protocol: /^https$/, error: faults.https }).optional(),
      }),
    )
    .max(20)
    .optional(),
  /** A comment that shows the shape; whoever copies it is told so. */
  sample: filed(words(5_000))
    .refine((sample) => sizeOfComment(sample).over === 0, { error: faults.comment_long })
    .optional(),
};
/** What somebody writes on a form that asks for their occupation, and what to know about it. */
const kitEntry = z.strictObject({
  /** The exact words for "main occupation". */
  occupation: line(40),
  /** What a person may tick, and the words for it; tasks first. */
  duties: z
    .array(z.strictObject({ tick: line(120), write: line(dutiesRoom) }))
    .min(1)
    .max(12),
  /** Markdown: who gets the form and who doesn't. */
  asked: words(4000),
  /** Markdown: how to answer in each way. */
  ways: z.strictObject({ paper: words(2000), online: words(2000), phone: words(2000) }),
});

/** What the pages and the merge fields say about a campaign, in one language. */
const kitWords = z.strictObject({
  title: line(120),
  /** A verb phrase that goes on after "to": "comment on the federal job list". In every message, so neutral and short. */
  deed: line(120),
  summary: words(600),
  /** Markdown. */
  why: z.string().trim().max(20_000),
  /** What becomes public, said before the way to the official form. */
  public: words(2000).optional(),
  /** What to have at hand before one begins. */
  need: z.array(line(200)).max(8).optional(),
  /** Markdown, one a step. */
  steps: z.array(words(4000)).max(20),
  minutes: z
    .strictObject({ from: z.int().min(0), to: z.int().min(0) })
    .refine(({ from, to }) => from <= to, { error: '"from" is at most "to"' }),
  doneLabel: line(60),
  officialLabel: line(80),
  /** One label for each outcome, as the "I did it" page shows them. */
  outcomeLabels: z.partialRecord(outcome, line(120)),
  sources: z.array(z.strictObject({ words: words(600), url: z.url().optional() })).max(40),
  ...workshopParts,
  /** Of a census campaign alone. */
  entry: kitEntry.optional(),
});
export type KitWords = z.infer<typeof kitWords>;
/** Parts that only pages of another kind of campaign have a place for. */
export function strangersIn(words: object, kind: CampaignKind): { part: string; of: CampaignKind }[] {
  const parts = [
    ...Object.keys(workshopParts).map((part) => ({ part, of: 'regulatory_comment' as const })),
    { part: 'entry', of: 'census_occupation' as const },
  ];
  return parts.filter(({ part, of }) => of !== kind && words[part as keyof object] !== undefined);
}

const languageKey = z.enum(Object.keys(languages) as [Language, ...Language[]]);

/**
 * A campaign in a file: everything about it but its deadline and its coalitions, so that it can be opened again for a later
 * docket. Whether its messages compile and are fit for a lock screen is for `checkKit` to say.
 */
export const Kit = z
  .strictObject({
    kit: z.literal(1),
    slug,
    kind: z.enum(['regulatory_comment', 'census_occupation', 'custom']),
    goal: z.int().positive().optional(),
    /** Empty where each campaign has a form of its own. */
    official: z.strictObject({
      url: z.url({ protocol: /^https$/ }).optional(),
      document: z.string().min(1).optional(),
      docket: z.string().min(1).optional(),
    }),
    outcomes: z.array(outcome).min(1),
    avoidWords: z.array(line(40)),
    languages: z.partialRecord(languageKey, kitWords),
    ladder: z.array(rungSchema(languageKey)).max(40),
  })
  .superRefine((kit, context) => {
    const fail = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if (Object.keys(kit.languages).length === 0)
      fail(['languages'], 'a kit is written in one language at least');
    for (const [language, text] of Object.entries(kit.languages)) {
      for (const { part, of } of strangersIn(text, kit.kind))
        fail(
          ['languages', language, part],
          of === 'regulatory_comment'
            ? 'only a comment campaign has a workshop'
            : 'only a census campaign has a form to write on',
        );
      if (!same(Object.keys(text.outcomeLabels), kit.outcomes))
        fail(
          ['languages', language, 'outcomeLabels'],
          `one label for each outcome: ${kit.outcomes.join(', ')}`,
        );
    }
    const ids = kit.ladder.map((rung) => rung.id);
    kit.ladder.forEach((rung, index) => {
      if (ids.indexOf(rung.id) !== index) fail(['ladder', index, 'id'], `"${rung.id}" is there twice`);
    });
  });
export type Kit = z.infer<typeof Kit>;

const same = (some: readonly string[], others: readonly string[]) =>
  [...some].sort().join() === [...others].sort().join();
