import { dutiesPhrase } from '#domain';
import { type Language, markdownHtml } from '#messages';
import type { Campaign, Coalition } from '#postgres';
import type { Entry } from './entry.js';

/** @param ticked positions in the list of duties. @returns null for a campaign that asks for no occupation */
export function entryView(
  campaign: Pick<Campaign, 'slug' | 'kind' | 'wordsIn'>,
  coalition: Pick<Coalition, 'slug'>,
  language: Language,
  ticked: readonly number[] = [],
): Entry | null {
  const { entry } = campaign.wordsIn(language);
  if (!entry || campaign.kind !== 'census_occupation') return null;
  const { occupation, asked, ways } = entry;
  const duties = entry.duties.map((duty, index) => ({ ...duty, ticked: ticked.includes(index) }));
  const base = `/c/${campaign.slug}/${coalition.slug}/entry`;
  return {
    occupation,
    duties,
    ...dutiesPhrase(duties.filter(({ ticked }) => ticked).map(({ write }) => write)),
    askedHtml: markdownHtml(asked),
    waysHtml: {
      paper: markdownHtml(ways.paper),
      online: markdownHtml(ways.online),
      phone: markdownHtml(ways.phone),
    },
    actions: { line: `${base}?lang=${language}#line`, card: `${base}/card?lang=${language}` },
  };
}
