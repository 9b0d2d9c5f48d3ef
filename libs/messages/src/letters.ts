import { daysBetween, docketZone, sayMoment, sayMomentShort } from '#domain';
import type { ReminderKind } from '#domain';
import { authoredEmail, authoredSms } from './authored.js';
import type { AuthoredEmail } from './authored.js';
import type { CompiledEmail, EncodedEmail, FilledEmail } from './compile-email.js';
import type { CompiledSms, FilledSms } from './compile-sms.js';
import type { MergeValues } from './fields.js';
import { replySms, systemEmail, systemSms } from './system.js';
import type { Reply, SystemEmailKind, SystemSmsKind } from './system.js';
import type { Language } from './words/languages.js';
import { pageWords } from './words/pages.js';

/** What an organizer wrote for a rung in one language: `email` is Markdown, all three hold Liquid. */
export type WrittenWords = {
  subject?: string | undefined;
  email?: string | undefined;
  sms?: string | undefined;
};

/**
 * Absolute addresses. `data` and `join` only where a message has them as its button: the data page; joining, or hearing of
 * the next step.
 */
export type LetterLinks = {
  guide: string;
  done: string;
  stop: string;
  me: string;
  yes: string;
  refer: string;
  data?: string | undefined;
  join?: string | undefined;
};

/** One message to one person, before it is words; everything is open (nothing sealed) and in the person's language. */
export type Letter = {
  kind: ReminderKind;
  /** The ledger's; a reply's begins with which one it is: `optedIn:…`. */
  key: string;
  language: Language;
  /** By language; without them the product's own are used. */
  words?: Record<string, WrittenWords> | undefined;
  campaign: {
    title: string;
    deed: string;
    doneLabel: string;
    deadlineAt: Date | null;
    /** Above 1 the deadline was extended, and whatever asks for the act says so. */
    round: number;
    contact: string | null;
  };
  coalition: { name: string; shortName: string; replyTo: string; postalAddress: string; colour: string };
  /** @property name empty when none was given */
  person: { name: string; zone: string };
  now: Date;
  links: LetterLinks;
  /** How many did it, as everybody may see it: rounded down, null when too few. */
  result?: { total: number | null; coalition: number | null } | undefined;
  /** Six digits, for a phone's owner. */
  code?: string | undefined;
};

/** Kinds whose words, when nobody wrote any, are those of another kind. */
const ownWords: Partial<Record<ReminderKind, SystemEmailKind & SystemSmsKind>> = {
  rung: 'last_call',
  alert: 'opened',
  follow_up: 'ended',
};
/** What goes out again in a later round, or speaks of its deadline. */
const ladderKinds: readonly ReminderKind[] = ['rung', 'alert', 'last_call', 'snooze'];

/** The one writer of letters: what a rehearsal shows is what a person gets. What is the same for many is compiled once. */
export class Letters {
  private readonly compiled = new Map<string, CompiledEmail | CompiledSms>();

  /** @throws MessageProblems, BadMergeValue */
  email(letter: Letter): FilledEmail {
    return this.compiledEmail(letter).fill(valuesOf(letter));
  }

  /** The same, ready to be put into a mail. @throws MessageProblems, BadMergeValue */
  encodedEmail(letter: Letter): EncodedEmail {
    return this.compiledEmail(letter).encode(valuesOf(letter));
  }

  private compiledEmail(letter: Letter): CompiledEmail {
    const { kind, language } = letter;
    const words = wordsIn(letter.words, language, 'email');
    const { doneLabel } = letter.campaign;
    return this.once(`email ${language} ${kind} ${words?.subject} ${words?.email} ${doneLabel}`, () =>
      words?.subject && words.email && isAuthored(kind)
        ? authoredEmail({ kind, subject: words.subject, email: words.email, language, doneLabel })
        : systemEmail(ownWords[kind] ?? (kind as SystemEmailKind), language),
    );
  }

  /** @throws MessageProblems, BadMergeValue */
  text(letter: Letter): FilledSms {
    const { kind, language } = letter;
    const body = wordsIn(letter.words, language, 'sms')?.sms;
    const name = kind === 'reply' ? letter.key.split(':')[0]! : kind;
    const compiled = this.once(`sms ${language} ${name} ${body}`, () => {
      if (kind === 'reply') return replySms(name as Reply, language);
      if (body && isAuthored(kind)) return authoredSms(body, language);
      return systemSms(ownWords[kind] ?? (kind as SystemSmsKind), language);
    });
    return compiled.fill(valuesOf(letter));
  }

  private once<Compiled extends CompiledEmail | CompiledSms>(
    name: string,
    compile: () => Compiled,
  ): Compiled {
    const known = this.compiled.get(name);
    if (known) return known as Compiled;
    if (this.compiled.size > 2_000) this.compiled.clear();
    const compiled = compile();
    this.compiled.set(name, compiled);
    return compiled;
  }
}

/** A part's words in a language; where nobody wrote them, in English, else in the first there are. */
export function wordsIn(
  words: Record<string, WrittenWords> | undefined,
  language: string,
  part: 'email' | 'sms',
): WrittenWords | undefined {
  return [words?.[language], words?.en, ...Object.values(words ?? {})].find((written) => written?.[part]);
}

const isAuthored = (kind: ReminderKind): kind is AuthoredEmail['kind'] =>
  kind === 'rung' || kind === 'alert' || kind === 'follow_up';

/** Few messages have all of these: what has to be worked out is, when a message names it. */
function valuesOf({
  kind,
  language,
  campaign,
  coalition,
  person,
  now,
  links,
  result,
  code,
}: Letter): MergeValues {
  const { deadlineAt } = campaign;
  const counted = (people: number | null | undefined) => (people ? pageWords(language).number(people) : '');
  const join = links.join ?? (kind === 'invitation' ? undefined : links.me);
  const said = (say: typeof sayMoment, zone = person.zone) =>
    deadlineAt ? say(deadlineAt, zone, language) : '';
  return {
    name: person.name,
    deed: campaign.deed,
    campaign: campaign.title,
    coalition: coalition.name,
    shortName: coalition.shortName,
    get deadline() {
      return said(sayMoment);
    },
    get deadlineShort() {
      return said(sayMomentShort);
    },
    get deadlineEastern() {
      return said(sayMoment, docketZone);
    },
    get daysLeft() {
      return deadlineAt ? daysBetween(now, deadlineAt, person.zone) : 0;
    },
    extended: deadlineAt && campaign.round > 1 && ladderKinds.includes(kind) ? 'yes' : '',
    guideUrl: links.guide,
    doneUrl: links.done,
    stopUrl: links.stop,
    preferencesUrl: links.me,
    get optInUrl() {
      return links.yes;
    },
    get referUrl() {
      return links.refer;
    },
    ...(links.data && { dataUrl: links.data }),
    ...(join && { joinUrl: join }),
    ...(kind === 'result' && {
      resultTotal: counted(result?.total),
      resultCoalition: counted(result?.coalition),
    }),
    ...(code && { code }),
    postalAddress: coalition.postalAddress,
    contact: campaign.contact ?? coalition.replyTo,
    colour: coalition.colour,
  };
}
