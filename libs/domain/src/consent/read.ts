import { english } from './en.js';
import { spanish } from './es.js';
import { fold } from './vocabulary.js';
import type { Keywords, Vocabulary } from './vocabulary.js';

/** What a text means to us. `other` is everything that a person has to read. */
export type TextMeaning = 'stop' | 'start' | 'yes' | 'help' | 'done' | 'other';

export interface TextReading {
  meaning: TextMeaning;
  /** Words of somebody in danger: flagged to organizers at once, whatever else the text means. */
  crisis: boolean;
  /** The language it was written in, when its words tell. */
  language?: 'en' | 'es';
}

/** English first: STOP, INFO and OK are said in both. */
const vocabularies: readonly Vocabulary[] = [english, spanish];

/**
 * Reads a text (RULES §6, FACTS §5): keywords, synonyms and short sentences in English and Spanish. STOP goes before everything, by any
 * reasonable words, and "don't stop" is none. `outstanding` is what the phone was last sent: a bare "ok" is a yes
 * only to our `question`, a bare "ya" is done only after a `reminder`. Never throws; any length.
 */
export function readText(
  body: string,
  { outstanding }: { outstanding?: 'question' | 'reminder' } = {},
): TextReading {
  // A text has at most 1,600 characters; what is longer didn't come from a phone.
  const said = body.slice(0, 2000);
  const text = fold(said);
  const clauses = said
    .split(/[.,;:!?¡¿\n…]+|\b(?:but|pero)\b/i)
    .map(fold)
    .filter(Boolean);
  const asks = /[?¿]/.test(said);
  const crisisIn = vocabularies.find(({ crisis }) => holdsAny(text, crisis));
  const read = (meaning: TextMeaning, language: 'en' | 'es' | undefined): TextReading => ({
    meaning,
    crisis: crisisIn !== undefined,
    ...(language ? { language } : {}),
  });

  for (const words of vocabularies)
    if (saysStop(text, clauses, words)) return read('stop', languageOf(text) ?? words.language);
  if (text === '' && asks) return read('help', undefined);

  for (const words of vocabularies) {
    const core = bare(text, words);
    const says = (list: readonly string[]) => list.includes(text) || (core !== '' && list.includes(core));
    const meaning = meaningIn(text, clauses, words, says, { asks, outstanding });
    if (meaning) return read(meaning, words.language);
  }
  return read('other', languageOf(text) ?? crisisIn?.language);
}

function meaningIn(
  text: string,
  clauses: readonly string[],
  words: Vocabulary,
  says: (list: readonly string[]) => boolean,
  { asks, outstanding }: { asks: boolean; outstanding?: 'question' | 'reminder' },
): TextMeaning | undefined {
  const means = ({ alone, within }: Keywords) => says(alone) || holdsAny(text, within);
  if (means(words.start) && !holdsAny(text, words.not)) return 'start';
  if (outstanding === 'reminder' && !asks && says(words.softDone)) return 'done';
  // "Listo" answers a question with yes and a reminder with done.
  if (outstanding === 'question' && !asks && says(words.softYes)) return 'yes';
  const didIt = means(words.done) || clauses.some((clause) => words.done.alone.includes(bare(clause, words)));
  if (!asks && didIt && !holdsAny(text, words.notDone)) return 'done';
  if (!asks && means(words.yes)) return 'yes';
  if (means(words.help)) return 'help';
  return undefined;
}

/** A stop in a sentence of more words than this is read by a person, unless it says what to stop. */
const shortSentence = 6;

/** A keyword between commas means itself in a text of so many words: "no gracias, alto". */
const fewClauses = 10;

function saysStop(text: string, clauses: readonly string[], words: Vocabulary): boolean {
  const rest = withoutHarmless(text, words);
  const parts =
    text.split(' ').length > fewClauses ? [] : clauses.map((clause) => withoutHarmless(clause, words));
  const isKeyword = (part: string) =>
    words.stop.alone.includes(part) || words.stop.alone.includes(bare(part, words));
  if ([rest, ...parts].some(isKeyword)) return true;
  if (holdsAny(rest, words.stop.within)) return true;
  // The keyword itself, opening or closing a sentence or in a short one: "stop I am at work", "would you all please just stop".
  const said = rest.split(' ');
  return words.language === 'en'
    ? (said.includes('stop') &&
        (said.length <= shortSentence || said[0] === 'stop' || said.at(-1) === 'stop')) ||
        ['stopall', 'unsubscribe'].some((word) => said.includes(word))
    : said.length <= shortSentence && ['basta', 'paren', 'cancelar'].includes(said[0] ?? '');
}

/** Takes out "don't stop", "bus stop", "I don't want to live": what holds a stop word and means none. */
function withoutHarmless(text: string, words: Vocabulary): string {
  const verbs =
    words.language === 'en'
      ? 'stop(?:ping)?|cancel|unsubscribe|quit|remove|take me off|opt (?:me )?out|end'
      : 'paren?|pares|parar|dejen? de|dejes de|deja de|cancel(?:ar|en|es)|den de baja|quiten|borren';
  const negated = new RegExp(
    `(?:^| )(?:${words.not.join('|')})(?: (?:ever|can|will|could|you|want|want you to|want to|please|me|los|las|me den|vayan a|quiero que|want them to|going to|gonna))? (?:${verbs})(?= |$)`,
    'g',
  );
  // "Why won't you stop" asks to stop.
  const asked = text.replace(
    /(?:why (?:dont|wont|cant|cannot) you|^(?:wont|cant) you)(?: please| just)? (?=stop)/g,
    '',
  );
  let rest = asked.replace(negated, ' ');
  for (const phrase of [...words.notStop, ...words.crisis]) rest = ` ${rest} `.replaceAll(` ${phrase} `, ' ');
  return rest.replace(/ +/g, ' ').trim();
}

/** The message without its politeness, at both ends. */
function bare(text: string, { polite }: Vocabulary): string {
  let core = text;
  for (let shorter = true; shorter;) {
    shorter = false;
    for (const word of polite) {
      if (core.startsWith(`${word} `)) [core, shorter] = [core.slice(word.length + 1), true];
      if (core.endsWith(` ${word}`)) [core, shorter] = [core.slice(0, -word.length - 1), true];
    }
  }
  return core;
}

function holdsAny(text: string, phrases: readonly string[]): boolean {
  const padded = ` ${text} `;
  return phrases.some((phrase) =>
    padded.includes(phrase.endsWith('*') ? ` ${phrase.slice(0, -1)}` : ` ${phrase} `),
  );
}

const telling = {
  en: new Set(
    'the i you is are it my me this to and of in please do does what who how not with stop dont'.split(' '),
  ),
  es: new Set(
    'el la los las un una es son mi me esto que de y en por favor no mas ya si quiero como quien para mensajes'.split(
      ' ',
    ),
  ),
};

/** The language that most of the text's small words belong to; undefined when they don't tell. */
function languageOf(text: string): 'en' | 'es' | undefined {
  let [en, es] = [0, 0];
  for (const word of text.split(' ')) {
    if (telling.en.has(word)) en++;
    if (telling.es.has(word)) es++;
  }
  return en === es ? undefined : en > es ? 'en' : 'es';
}
