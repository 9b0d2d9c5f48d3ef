import { LineChart } from '@mantine/charts';
import { Text } from '@mantine/core';
import { sayDay } from '#domain';
import { useLanguage, useWords } from '../words/language.js';
import { sayMoment, sayNumber } from '../words/say.js';
import { Chart, NoChart } from './chart.js';
import type { Series } from './queries.js';
import { Rows } from './rows.js';
import { endLabel, timeline } from './timeline.js';

const lines = [
  { figure: 'signups', color: 'var(--chart-1)', dash: undefined, dy: -7 },
  { figure: 'confirmed', color: 'var(--chart-2)', dash: '7 4', dy: 7 },
] as const;

type Props = {
  series: Series;
  /** Whose they are: the campaign, and the coalition if it is one's. */
  of: string;
  /** Where the api has the figures as files. */
  base: string;
};

/** How signups and confirmations grew towards the deadline, with the rungs as dots on the way. */
export function Growth({ series, of, base }: Props) {
  const { charts: words } = useWords();
  const { language } = useLanguage();
  const { items, marks, zone } = series;
  const last = items.at(-1)?.total;
  if (!last) return <NoChart title={words.growth} text={words.growthNone} />;
  const number = (n: number) => sayNumber(n, language);
  const moment = (at: string) => sayMoment(new Date(at), zone, language);
  const time = timeline(series, { language, deadline: words.deadline });
  const rungs = [...new Set(marks.filter(({ kind }) => kind === 'rung').map(({ at }) => Date.parse(at)))];
  return (
    <Chart
      title={words.growth}
      says={words.growthText(number(last.signups), number(last.confirmed))}
      of={words.ofWhen(of, moment(series.asOf))}
      csv={`${base}/series.csv?by=day`}
      name="growth.png"
      head={[words.day, ...(['signups', 'optedIn', 'confirmed'] as const).map((name) => words.figures[name])]}
      rows={items.map(({ at, total }) => [
        sayDay(new Date(at), zone, language),
        number(total.signups),
        number(total.optedIn),
        number(total.confirmed),
      ])}
      note={rungs.some(time.shows) && words.rungsHint}
      more={
        marks.length > 0 && (
          <>
            <Text fw={600} mt="md" px="sm">
              {words.marks}
            </Text>
            <Rows
              label={words.marks}
              head={[words.mark, words.markAt]}
              rows={marks.map(({ at, name, channel, kind, round }) => [
                kind === 'round' ? words.round(round) : `${name} (${words.channel[channel!]})`,
                moment(at),
              ])}
            />
          </>
        )
      }
    >
      <LineChart
        h={300}
        {...time.axes}
        data={time.points(({ signups, confirmed }) => ({ signups, confirmed }))}
        series={lines.map(({ figure, color, dash }) => ({
          name: figure,
          color,
          label: words.figures[figure],
          ...(dash && { strokeDasharray: dash }),
        }))}
        strokeWidth={2.5}
        referenceDots={[
          ...rungs.filter(time.shows).map((at) => ({ x: at, y: 0, r: 4, color: 'var(--chart-text)' })),
          ...lines.map(({ figure, color, dy }) => ({
            x: time.now,
            y: last[figure],
            r: 4,
            color,
            label: endLabel(`${words.figures[figure]} ${number(last[figure])}`, dy, time.late),
          })),
        ]}
      />
    </Chart>
  );
}
