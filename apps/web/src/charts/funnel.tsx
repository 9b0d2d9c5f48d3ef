import { useLanguage, useWords } from '../words/language.js';
import { sayMoment, sayNumber, sayRate } from '../words/say.js';
import { Bars } from './bars.js';
import { Chart, NoChart } from './chart.js';
import type { Series } from './queries.js';

const stages = ['signups', 'optedIn', 'went', 'confirmed', 'verified'] as const;

type Props = { series: Series; of: string; base: string };

/** How many came how far. A stage is no part of the one before: who never opted in may have gone to the form. */
export function Funnel({ series, of, base }: Props) {
  const { charts: words } = useWords();
  const { language } = useLanguage();
  const total = series.items.at(-1)?.total;
  if (!total?.signups) return <NoChart title={words.funnel} text={words.funnelNone} />;
  const number = (n: number) => sayNumber(n, language);
  const share = (n: number) => sayRate(n / total.signups, language);
  return (
    <Chart
      title={words.funnel}
      says={words.funnelText(number(total.signups), number(total.went), number(total.confirmed))}
      of={words.ofWhen(of, sayMoment(new Date(series.asOf), series.zone, language))}
      csv={`${base}/funnel.csv`}
      name="funnel.png"
      head={[words.stage, words.people, words.shareOf]}
      rows={stages.map((stage) => [words.figures[stage], number(total[stage]), share(total[stage])])}
    >
      <Bars
        most={total.signups}
        bars={stages.map((stage) => ({
          name: words.figures[stage],
          value: total[stage],
          says: `${number(total[stage])} · ${share(total[stage])}`,
        }))}
      />
    </Chart>
  );
}
