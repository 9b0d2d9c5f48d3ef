import { docketZone, sayDay } from '#domain';
import { type Language, pageWords } from './words/index.js';

/** News of a docket: its dates are ends of days, Eastern; `kept` is the campaign's own. */
export type DocketNews =
  | {
      kind: 'opening' | 'extension' | 'correction' | 'conflict' | 'applied';
      dates: Date[];
      kept: Date | null;
    }
  | { kind: 'withdrawn' }
  | { kind: 'candidates'; count: number };

/** What organizers are mailed of it, with the page where it is decided. */
export function docketNotice(
  language: Language,
  news: DocketNews,
  { title, page }: { title: string; page: string },
): { subject: string; text: string } {
  const { docket } = pageWords(language);
  const say = (date: Date) => sayDay(date, docketZone, language);
  const said =
    news.kind === 'withdrawn'
      ? docket.withdrawn.text()
      : news.kind === 'candidates'
        ? docket.candidates.text(String(news.count))
        : docket[news.kind].text(
            news.dates.map(say).join(language === 'es' ? ' o el ' : ' or '),
            news.kept ? say(news.kept) : '–',
          );
  return { subject: docket[news.kind].title, text: `${title}: ${said}\n\n${page}` };
}
