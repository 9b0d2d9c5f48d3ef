import { outcomesOf } from '#domain';
import { isLanguage, type Kit, pageWords, parseKit } from '#messages';
import type { Campaign, LadderRung } from '#postgres';
import { Problem } from '../problems/problem.js';

/** Reads a kit's file. @throws Problem with every fault and its line */
export function kitIn(file: string): Kit {
  const read = parseKit(file);
  if ('kit' in read) return read.kit;
  const { faults } = read;
  throw new Problem(
    422,
    'kit_faulty',
    faults.length === 1
      ? 'One thing in this file is to be mended before it can be used. Nothing was saved.'
      : `${faults.length} things in this file are to be mended before it can be used. Nothing was saved.`,
    faults.map(({ line, column, path, words }) => ({
      path: 'kitFile',
      message: `line ${line}, column ${column}: ${path ? `${path}: ` : ''}${words}`,
    })),
  );
}

/** A campaign as a kit: everything but its dates, its coalitions, its people and its alerts. */
export function kitOf(campaign: Campaign, ladder: LadderRung[]): Kit {
  const { slug, kind, goal, official, avoidWords, texts } = campaign;
  const outcomes = outcomesOf(kind);
  const labels = (language: string) => {
    const { ask } = pageWords(isLanguage(language) ? language : 'en').outcome;
    return Object.fromEntries(outcomes.map((outcome) => [outcome, ask[kind][outcome]]));
  };
  return {
    kit: 1,
    slug,
    kind,
    ...(goal && { goal }),
    official,
    outcomes: [...outcomes],
    avoidWords,
    languages: Object.fromEntries(
      Object.entries(texts).map(([language, words]) => [
        language,
        { ...words, outcomeLabels: labels(language) },
      ]),
    ),
    ladder: ladder.filter((rung) => !('sendAt' in rung)).map(sentOf),
  };
}

/** A rung without words for a channel that it does not go out on any more. */
function sentOf(rung: LadderRung): LadderRung {
  const { channels } = rung;
  const messages = Object.entries(rung.messages).flatMap(([language, { subject, email, sms }]) => {
    const sent = {
      ...(channels.includes('email') && email && { subject, email }),
      ...(channels.includes('sms') && sms && { sms }),
    };
    return Object.keys(sent).length > 0 ? [[language, sent]] : [];
  });
  return { ...rung, messages: Object.fromEntries(messages) as LadderRung['messages'] };
}
