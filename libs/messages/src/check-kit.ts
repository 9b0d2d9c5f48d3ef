import { authoredEmail } from './authored.js';
import { compileSms } from './compile-sms.js';
import type { MergeValues } from './fields.js';
import type { Kit, KitWords } from './kit.js';
import { checkLockScreen, lockScreenOfEmail, lockScreenOfSms } from './lock-screen.js';
import { markdownHtml } from './markdown.js';
import { MessageProblems } from './message-problem.js';
import { sampleValues } from './sample-values.js';
import { messagesIn } from './words/messages.js';
import type { Language } from './words/languages.js';

export interface KitProblem {
  /** "ladder.week.es.email", "languages.en.why" */
  where: string;
  words: string;
}

/** Compiles and fills every message of a kit for a made-up person: what a writer has to mend before launch. */
export function checkKit(kit: Kit): KitProblem[] {
  const found: KitProblem[] = [];
  const attempt = (where: string, work: () => void) => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof MessageProblems)) throw error;
      for (const { part, line, column, words } of error.problems)
        found.push({ where, words: `${part} ${line}:${column} ${words}` });
    }
  };
  for (const [language, words] of Object.entries(kit.languages) as [Language, KitWords][]) {
    const avoid = [...kit.avoidWords, ...messagesIn(language).avoidWords];
    const values: MergeValues = { ...sampleValues(language), deed: words.deed, campaign: words.title };
    const shown = (where: string, text: string) => {
      for (const word of checkLockScreen(text, avoid))
        found.push({ where, words: `"${word}" would show on a lock screen.` });
    };
    shown(`languages.${language}.deed`, words.deed);
    attempt(`languages.${language}.why`, () => void markdownHtml(words.why));
    words.steps.forEach((step, index) =>
      attempt(`languages.${language}.steps.${index + 1}`, () => void markdownHtml(step)),
    );
    for (const rung of kit.ladder) {
      const { subject, email, sms } = rung.messages[language] ?? {};
      const where = `ladder.${rung.id}.${language}`;
      if (subject !== undefined && email !== undefined)
        attempt(`${where}.email`, () => {
          const kind = rung.daysAfter === undefined ? 'rung' : 'follow_up';
          const compiled = authoredEmail({ kind, subject, email, language, doneLabel: words.doneLabel });
          shown(`${where}.email`, lockScreenOfEmail(compiled.fill(values), values.shortName ?? ''));
        });
      if (sms !== undefined)
        attempt(`${where}.sms`, () => {
          const filled = compileSms({ body: sms, language }).fill(values);
          shown(`${where}.sms`, lockScreenOfSms(filled.body));
          if (filled.segments > 2)
            found.push({
              where: `${where}.sms`,
              words: `${filled.segments} segments; two at most, better one.`,
            });
        });
    }
  }
  return found;
}
