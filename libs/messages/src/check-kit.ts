import { authoredEmail } from './authored.js';
import { mostSegments } from './check-rung-words.js';
import { compileSms } from './compile-sms.js';
import type { MergeValues } from './fields.js';
import type { Kit, KitWords } from './kit.js';
import { checkLockScreen, lockScreenOfEmail, lockScreenOfSms } from './lock-screen.js';
import { markdownHtml } from './markdown.js';
import { MessageProblems } from './message-problem.js';
import { sampleValues } from './sample-values.js';
import type { Language } from './words/languages.js';

export interface KitProblem {
  /** Which part of the kit: `['languages', 'en', 'why']`. */
  path: (string | number)[];
  /** Within that part, from 1. */
  line: number;
  words: string;
}

/**
 * Compiles and fills every message of a kit for a made-up person: what a writer has to mend before launch. It refuses nothing that a
 * campaign could have been saved with.
 */
export function checkKit(kit: Kit): KitProblem[] {
  const found: KitProblem[] = [];
  const attempt = (path: KitProblem['path'], work: () => void) => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof MessageProblems)) throw error;
      for (const { part, line, words } of error.problems)
        found.push({ path: part === 'subject' ? [...path.slice(0, -1), 'subject'] : path, line, words });
    }
  };
  const shown = (path: KitProblem['path'], text: string) => {
    for (const word of checkLockScreen(text, kit.avoidWords))
      found.push({ path, line: 1, words: `"${word}" would show on a lock screen.` });
  };
  for (const [language, words] of Object.entries(kit.languages))
    for (const { path, markdown } of markdownIn(words))
      attempt(['languages', language, ...path], () => void markdownHtml(markdown));
  for (const [index, rung] of kit.ladder.entries())
    for (const [key, { subject, email, sms }] of Object.entries(rung.messages)) {
      const language = key as Language;
      const { title, deed, doneLabel } = kit.languages[language] ?? Object.values(kit.languages)[0]!;
      const values: MergeValues = { ...sampleValues(language), deed, campaign: title };
      const path = ['ladder', index, 'messages', language];
      if (subject !== undefined && email !== undefined)
        attempt([...path, 'email'], () => {
          const kind = rung.daysAfter === undefined ? 'rung' : 'follow_up';
          const compiled = authoredEmail({ kind, subject, email, language, doneLabel });
          shown([...path, 'email'], lockScreenOfEmail(compiled.fill(values), values.shortName ?? ''));
        });
      if (sms !== undefined)
        attempt([...path, 'sms'], () => {
          const filled = compileSms({ body: sms, language }).fill(values);
          shown([...path, 'sms'], lockScreenOfSms(filled.body));
          if (filled.segments > mostSegments)
            found.push({
              path: [...path, 'sms'],
              line: 1,
              words: `This takes ${filled.segments} segments; a text has at most ${mostSegments}.`,
            });
        });
    }
  return found;
}

/** Words that pages render, and where they stand. */
function markdownIn({
  summary,
  why,
  steps,
  entry,
}: KitWords): { path: (string | number)[]; markdown: string }[] {
  return [
    { path: ['summary'], markdown: summary },
    { path: ['why'], markdown: why },
    ...steps.map((markdown, index) => ({ path: ['steps', index], markdown })),
    ...(entry
      ? [
          { path: ['entry', 'asked'], markdown: entry.asked },
          ...Object.entries(entry.ways).map(([way, markdown]) => ({
            path: ['entry', 'ways', way],
            markdown,
          })),
        ]
      : []),
  ];
}
