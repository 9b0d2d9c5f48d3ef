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
  /** Which part of the kit: `['languages', 'en', 'why']`. */
  path: (string | number)[];
  /** Within that part, from 1. */
  line: number;
  words: string;
}

/** Compiles and fills every message of a kit for a made-up person: what a writer has to mend before launch. */
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
  for (const [language, words] of Object.entries(kit.languages) as [Language, KitWords][]) {
    const avoid = [...kit.avoidWords, ...messagesIn(language).avoidWords];
    const values: MergeValues = { ...sampleValues(language), deed: words.deed, campaign: words.title };
    const shown = (path: KitProblem['path'], text: string) => {
      for (const word of checkLockScreen(text, avoid))
        found.push({ path, line: 1, words: `"${word}" would show on a lock screen.` });
    };
    shown(['languages', language, 'deed'], words.deed);
    attempt(['languages', language, 'summary'], () => void markdownHtml(words.summary));
    attempt(['languages', language, 'why'], () => void markdownHtml(words.why));
    words.steps.forEach((step, index) =>
      attempt(['languages', language, 'steps', index], () => void markdownHtml(step)),
    );
    for (const [index, rung] of kit.ladder.entries()) {
      const { subject, email, sms } = rung.messages[language] ?? {};
      const path = ['ladder', index, 'messages', language];
      if (subject !== undefined && email !== undefined)
        attempt([...path, 'email'], () => {
          const kind = rung.daysAfter === undefined ? 'rung' : 'follow_up';
          const compiled = authoredEmail({ kind, subject, email, language, doneLabel: words.doneLabel });
          shown([...path, 'email'], lockScreenOfEmail(compiled.fill(values), values.shortName ?? ''));
        });
      if (sms !== undefined)
        attempt([...path, 'sms'], () => {
          const filled = compileSms({ body: sms, language }).fill(values);
          shown([...path, 'sms'], lockScreenOfSms(filled.body));
          if (filled.segments > 2)
            found.push({
              path: [...path, 'sms'],
              line: 1,
              words: `${filled.segments} segments; two at most, better one.`,
            });
        });
    }
  }
  return found;
}
