import { docketZone } from '#domain';
import { Letters } from './letters.js';
import type { Letter } from './letters.js';
import { sampleValues } from './sample-values.js';
import { isLanguage } from './words/languages.js';

const letters = new Letters();

/**
 * How many segments a rung's text has as the campaign stands, in the language where it has most: for a made-up person of the coalition
 * with the longest name.
 */
export function segmentsOf(
  { kind, words }: Pick<Letter, 'kind' | 'words'>,
  campaign: Pick<Letter['campaign'], 'deadlineAt' | 'round' | 'contact'> & {
    /** By language. */
    texts: Record<string, Pick<Letter['campaign'], 'title' | 'deed' | 'doneLabel'>>;
  },
  shortNames: readonly string[],
): number {
  const { texts, deadlineAt, round, contact } = campaign;
  const longest = shortNames.reduce((one, other) => (other.length > one.length ? other : one), '');
  const counts = Object.entries(texts).flatMap(([language, { title, deed, doneLabel }]) => {
    if (!isLanguage(language)) return [];
    const sample = sampleValues(language);
    const { segments } = letters.text({
      kind,
      key: kind,
      language,
      words,
      campaign: { title, deed, doneLabel, deadlineAt, round, contact },
      coalition: {
        name: sample.coalition,
        shortName: longest || sample.shortName,
        replyTo: sample.contact,
        postalAddress: sample.postalAddress,
        colour: sample.colour,
      },
      person: { name: sample.name, zone: docketZone },
      now: deadlineAt ?? new Date(0),
      links: {
        guide: sample.guideUrl,
        done: sample.doneUrl,
        stop: sample.stopUrl,
        me: sample.preferencesUrl,
        yes: sample.optInUrl,
        refer: sample.referUrl,
      },
    });
    return [segments];
  });
  return Math.max(1, ...counts);
}
