import { authoredEmail, authoredSms } from './authored.js';
import type { AuthoredEmail } from './authored.js';
import type { FilledEmail } from './compile-email.js';
import type { FilledSms } from './compile-sms.js';
import { costlyCharacters } from './count-segments.js';
import type { MergeValues } from './fields.js';
import { hiddenCharacters } from './hidden-characters.js';
import { wordsIn } from './letters.js';
import type { WrittenWords } from './letters.js';
import { hostOf, linksIn, refusalOf } from './links.js';
import { checkLockScreen, lockScreenOfEmail, lockScreenOfSms, indexOfWord } from './lock-screen.js';
import { MessageProblems, placeAt, wrong } from './message-problem.js';
import type { Wrong } from './message-problem.js';
import { sampleValues } from './sample-values.js';
import { isLanguage, languages } from './words/languages.js';
import type { Language } from './words/languages.js';
import { messagesIn } from './words/messages.js';

export type RungWords = {
  kind: AuthoredEmail['kind'];
  /** What was written, by language. */
  words: Record<string, WrittenWords>;
  /** Those of the campaign: a rung that lacks one of them falls back. */
  languages: readonly string[];
  /** The campaign's own words, which the merge fields bring along. */
  campaign: (language: string) => { title: string; deed: string; doneLabel: string };
  /** What the campaign keeps off lock screens. */
  avoidWords: readonly string[];
  shortNames: readonly string[];
  /** Hosts that links may go to, besides those that end in .gov. */
  allowedHosts: readonly string[];
};

export type WordsPart = 'subject' | 'email' | 'sms';
/** What a made-up person gets in one language; null where nothing was written, or where it cannot be compiled. */
export type WordsSample = { email: FilledEmail | null; sms: FilledSms | null };
/** @property path `es.sms`; line and column from 1, in the part as it was written */
export type WordsRemark = Wrong & { path: string; part: WordsPart; line: number; column: number };

const longest: Record<WordsPart, number> = { subject: 120, email: 20_000, sms: 1_600 };
/** The carrier's end, in characters of the finished text (FACTS §5), and ours. */
const carried = 1_600;
export const mostSegments = 10;
const fewSegments = 3;
const stopWord = /\b(STOP|ALTO|PARAR)\b/;

type Place = { line: number; column: number };
type Say = (part: WordsPart, at: Place, what: Wrong) => void;
const start: Place = { line: 1, column: 1 };

/**
 * What is wrong with a rung's words, before they are saved: problems must be mended, warnings are the writer's choice.
 * Beside the source itself it looks at what made-up people would get: with and without a name, in a first round and a later
 * one, from the coalition with the shortest and with the longest name. `samples` has, by language, the mail that the first of
 * them gets, and the text that costs most.
 */
export function checkRungWords(rung: RungWords): {
  problems: WordsRemark[];
  warnings: WordsRemark[];
  samples: Record<string, WordsSample>;
} {
  const problems: WordsRemark[] = [];
  const samples: Record<string, WordsSample> = {};
  const warnings = missing(rung);
  for (const [language, written] of Object.entries(rung.words)) {
    const into =
      (remarks: WordsRemark[]): Say =>
      (part, { line, column }, what) =>
        remarks.push({ path: `${language}.${part}`, part, line, column, ...what });
    const [refuse, warn] = [into(problems), into(warnings)];
    const parts = (Object.keys(longest) as WordsPart[]).filter((part) => written[part] !== undefined);
    if (!isLanguage(language)) {
      const known = Object.keys(languages).join(', ');
      for (const part of parts) refuse(part, start, wrong('language_none', { language, known }));
      continue;
    }
    const before = problems.length;
    for (const part of parts) checkSource(part, written[part]!, refuse);
    if (problems.length > before) continue;
    const { subject, email, sms } = written;
    samples[language] = {
      email:
        subject !== undefined && email !== undefined
          ? checkEmail({ subject, email }, language, rung, refuse, warn)
          : null,
      sms: sms !== undefined ? checkSms(sms, language, rung, refuse, warn) : null,
    };
  }
  return { problems, warnings, samples };
}

function checkSource(part: WordsPart, source: string, refuse: Say): void {
  if (source.length > longest[part])
    return refuse(part, placeAt(source, longest[part]), wrong('words_long', { most: longest[part] }));
  for (const { code, ...at } of hiddenCharacters(source)) refuse(part, at, wrong('words_hidden', { code }));
}

function checkEmail(
  written: { subject: string; email: string },
  language: Language,
  rung: RungWords,
  refuse: Say,
  warn: Say,
): FilledEmail | null {
  const { doneLabel } = rung.campaign(language);
  const compiled = compiledOr(
    refuse,
    (part) => (part === 'subject' ? 'subject' : 'email'),
    () => authoredEmail({ kind: rung.kind, ...written, language, doneLabel }),
  );
  if (!compiled) return null;
  const filled = sampleValuesOf(rung, language).map((values) => compiled.fill(values));
  const { subject, text } = compiled.templates;
  const shown = [subject, text].map(everyBranch).concat(filled.flatMap((mail) => [mail.subject, mail.text]));
  const whole = `${written.subject}\n${written.email}`;
  const place = (index: number): [WordsPart, Place] =>
    index < 0 || index > written.subject.length
      ? ['email', placeAt(written.email, index - written.subject.length - 1)]
      : ['subject', placeAt(written.subject, index)];
  checkLinks(shown, rung.allowedHosts, (link, what) => refuse(...place(whole.indexOf(link)), what));
  checkShown(
    filled.map((mail) => lockScreenOfEmail(mail, '')),
    language,
    rung,
    (word, tell) => {
      const index = indexOfWord(whole, word);
      (tell.refused ? refuse : warn)(...place(index), tell.what(index));
    },
  );
  return filled[0]!;
}

function checkSms(
  source: string,
  language: Language,
  rung: RungWords,
  refuse: Say,
  warn: Say,
): FilledSms | null {
  const compiled = compiledOr(
    refuse,
    () => 'sms',
    () => authoredSms(source, language),
  );
  if (!compiled) return null;
  const filled = sampleValuesOf(rung, language).map((values) => compiled.fill(values));
  checkLinks(
    [everyBranch(compiled.template), ...filled.map(({ body }) => body)],
    rung.allowedHosts,
    (link, what) => refuse('sms', placeAt(source, source.indexOf(link)), what),
  );
  checkShown(
    filled.map(({ body }) => lockScreenOfSms(body)),
    language,
    rung,
    (word, tell) => {
      const index = indexOfWord(source, word);
      (tell.refused ? refuse : warn)('sms', placeAt(source, index), tell.what(index));
    },
  );
  const most = filled.reduce((one, other) => (other.segments > one.segments ? other : one));
  const long = Math.max(...filled.map(({ body }) => body.length));
  if (long > carried) refuse('sms', start, wrong('text_long', { characters: long, most: carried }));
  else if (most.segments > mostSegments)
    refuse('sms', start, wrong('segments_most', { segments: most.segments, most: mostSegments }));
  else if (most.segments > fewSegments)
    warn('sms', start, wrong('segments_many', { segments: most.segments }));
  if (!stopWord.test(source) && !compiled.fields.includes('stopUrl')) warn('sms', start, wrong('no_stop'));
  if (most.encoding === 'UCS-2') warnOfCost(source, most.body, warn);
  return most;
}

function warnOfCost(source: string, body: string, warn: Say): void {
  const written = costlyCharacters(source);
  for (const { char, cheaper, ...at } of written)
    warn('sms', at, cheaper ? wrong('dear_cheaper', { char, cheaper }) : wrong('dear', { char }));
  if (written.length > 0) return;
  const brought = costlyCharacters(body).map(({ char }) => `"${char}"`);
  warn('sms', start, wrong('dear_field', { chars: brought.join(', ') }));
}

function checkLinks(
  shown: string[],
  allowedHosts: readonly string[],
  refuse: (link: string, what: Wrong) => void,
): void {
  const ours = hostOf(sampleValues('en').guideUrl)!;
  for (const link of new Set(shown.flatMap(linksIn))) {
    const refusal = refusalOf(link, [...allowedHosts, ours]);
    if (refusal) refuse(link, refusal);
  }
}

/** The campaign's own list refuses; the house's, which may know too much, only warns. */
function checkShown(
  shown: string[],
  language: Language,
  { avoidWords }: RungWords,
  tell: (word: string, how: { refused: boolean; what: (index: number) => Wrong }) => void,
): void {
  const lists = [avoidWords, messagesIn(language).avoidWords.filter((word) => !avoidWords.includes(word))];
  for (const [index, list] of lists.entries())
    for (const word of new Set(shown.flatMap((text) => checkLockScreen(text, list))))
      tell(word, {
        refused: index === 0,
        what: (at) => wrong(at < 0 ? 'lock_screen_field' : 'lock_screen', { word }),
      });
}

/** Languages of the campaign in which a part is missing that another language has. */
function missing({ words, languages: spoken }: RungWords): WordsRemark[] {
  return spoken.flatMap((language) =>
    (['email', 'sms'] as const).flatMap((part) => {
      if (words[language]?.[part]) return [];
      const [instead] =
        Object.entries(words).find(([, written]) => written === wordsIn(words, language, part)) ?? [];
      if (!instead) return [];
      const remark = wrong('untranslated', { language, instead });
      return [{ path: `${language}.${part}`, part, ...start, ...remark }];
    }),
  );
}

function sampleValuesOf({ campaign, shortNames }: RungWords, language: Language): MergeValues[] {
  const { title, deed } = campaign(language);
  const bySize = [...shortNames].sort((one, other) => one.length - other.length);
  const names = new Set(
    bySize.length > 0 ? [bySize[0]!, bySize.at(-1)!] : [sampleValues(language).shortName],
  );
  return [...names].flatMap((shortName) =>
    ['Sam', ''].flatMap((name) =>
      ['', 'yes'].map((extended) => ({
        ...sampleValues(language),
        campaign: title,
        deed,
        shortName,
        name,
        extended,
      })),
    ),
  );
}

/** A template with every branch of its conditions in sight, and something in the place of each value. */
const everyBranch = (template: string) => template.replace(/\{%.*?%\}/gs, ' ').replace(/\{\{.*?\}\}/gs, 'x');

function compiledOr<Compiled>(
  refuse: Say,
  partOf: (part: string) => WordsPart,
  compile: () => Compiled,
): Compiled | null {
  try {
    return compile();
  } catch (error) {
    if (!(error instanceof MessageProblems)) throw error;
    for (const { part, line, column, ...what } of error.problems)
      refuse(partOf(part), { line, column }, what);
    return null;
  }
}
