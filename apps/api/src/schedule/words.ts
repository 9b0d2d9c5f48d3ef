import { kindOf } from '#domain';
import { checkLockScreen, checkRungWords, type WordsRemark } from '#messages';
import type { Campaign, Coalition, LadderRung } from '#postgres';
import type { BadPart } from '../problems/problem.js';

/**
 * What is wrong with a ladder's words, part by part with line and column: problems refuse it, warnings are shown beside it.
 * Links may go to us, to the official form, to what the campaign names as its sources, and to any .gov.
 */
export function checkWords(
  ladder: LadderRung[],
  campaign: Pick<Campaign, 'texts' | 'official' | 'avoidWords' | 'wordsIn'>,
  coalitions: Pick<Coalition, 'shortName'>[],
  publicUrl: string,
): { problems: BadPart[]; warnings: BadPart[] } {
  const { texts, official, avoidWords } = campaign;
  const sources = Object.values(texts).flatMap((words) => words.sources.map(({ url }) => url));
  const allowedHosts = [publicUrl, official.url, ...sources].flatMap((url) =>
    url ? [new URL(url).hostname] : [],
  );
  const shortNames = [...new Set(coalitions.map(({ shortName }) => shortName))];
  const checked = ladder.map((rung) =>
    checkRungWords({
      kind: kindOf(rung) === 'follow_up' ? 'follow_up' : 'rung',
      words: rung.messages,
      languages: Object.keys(texts),
      campaign: (language) => campaign.wordsIn(language),
      avoidWords,
      shortNames,
      allowedHosts,
    }),
  );
  const named = shortNames.flatMap((shortName) =>
    checkLockScreen(shortName, avoidWords).map((word) => ({
      path: 'coalitionIds',
      message: `"${word}" would show on a lock screen: it is in the short name "${shortName}", which messages come from.`,
    })),
  );
  return {
    problems: [...named, ...checked.flatMap(({ problems }, index) => problems.map(partOf(index)))],
    warnings: checked.flatMap(({ warnings }, index) => warnings.map(partOf(index))),
  };
}

const partOf =
  (rung: number) =>
  ({ path, line, column, words }: WordsRemark): BadPart => ({
    path: `ladder.${rung}.messages.${path}`,
    message: `${words} (line ${line}, column ${column})`,
  });
