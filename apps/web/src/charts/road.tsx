import { LineChart } from '@mantine/charts';
import { Button, Progress } from '@mantine/core';
import { sayDay } from '#domain';
import { Link } from 'wouter';
import { useLanguage, useWords } from '../words/language.js';
import { sayDistance, sayMoment, sayNumber, sayRate } from '../words/say.js';
import { Chart, NoChart } from './chart.js';
import type { Series } from './queries.js';
import { endLabel, timeline } from './timeline.js';

type Props = { series: Series; of: string; base: string; campaignId: string };

/** What is done against the goal, and the pace that reaches it by the deadline. */
export function Road({ series, of, base, campaignId }: Props) {
  const { charts: words } = useWords();
  const { language } = useLanguage();
  const { items, road, zone, deadlineAt } = series;
  if (!road) {
    return (
      <NoChart title={words.road} text={words.roadNone}>
        <Button component={Link} href={`/campaigns/${campaignId}/setup/goal`} variant="default">
          {words.setGoal}
        </Button>
      </NoChart>
    );
  }
  const number = (n: number) => sayNumber(n, language);
  const lately = sayNumber(Math.round(road.lately * 10) / 10, language);
  const time = timeline(series, {
    language,
    deadline: words.deadline,
    deadlineAt: 'insideBottomRight',
  });
  const day = (at: string) => sayDay(new Date(at), zone, language);
  const needed = new Map(road.ahead.map(({ at, count }) => [at, count]));
  const says = [
    words.roadText(number(road.count), number(road.goal)),
    road.left === 0
      ? words.roadReached
      : road.perDay === null
        ? deadlineAt === null
          ? words.roadNoDate(number(road.left))
          : words.roadOver(number(road.left))
        : words.roadPace(
            number(road.left),
            sayDistance(new Date(deadlineAt!), new Date(series.asOf), language),
            number(road.perDay),
            lately,
          ),
  ].join(' ');
  return (
    <Chart
      title={words.road}
      says={says}
      of={words.ofWhen(of, sayMoment(new Date(series.asOf), zone, language))}
      csv={`${base}/road.csv`}
      name="road.png"
      head={[words.day, words.done, words.doneInAll, words.needed]}
      rows={[
        ...items.map(({ at, step, total }) => [
          day(at),
          number(step.confirmed),
          number(total.confirmed),
          needed.has(at) ? number(needed.get(at)!) : '–',
        ]),
        ...road.ahead
          .filter(({ at }) => at !== items.at(-1)?.at)
          .map(({ at, count }) => [day(at), '–', '–', number(count)]),
      ]}
      controls={
        <Progress.Root size="xl" aria-hidden>
          <Progress.Section value={road.share * 100} color="var(--chart-2)" />
        </Progress.Root>
      }
    >
      <LineChart
        h={300}
        {...time.axes}
        data={[
          ...time.points(({ confirmed }) => ({ confirmed })),
          ...(road.perDay === null
            ? []
            : [
                { at: time.now, confirmed: road.count, pace: road.count },
                { at: time.end, pace: road.goal },
              ]),
        ]}
        series={[
          { name: 'confirmed', color: 'var(--chart-2)', label: words.figures.confirmed },
          { name: 'pace', color: 'var(--chart-1)', label: words.pace, strokeDasharray: '3 4' },
        ]}
        strokeWidth={2.5}
        yAxisProps={{ ...time.axes.yAxisProps, domain: [0, Math.max(road.goal, road.count)] }}
        referenceLines={[
          ...time.axes.referenceLines,
          {
            y: road.goal,
            label: words.goal(number(road.goal)),
            color: 'var(--chart-text)',
            labelPosition: 'insideBottomLeft',
          },
        ]}
        referenceDots={[
          {
            x: time.now,
            y: road.count,
            r: 4,
            color: 'var(--chart-2)',
            label: endLabel(`${number(road.count)} · ${sayRate(road.share, language)}`, 7, time.late),
          },
        ]}
      />
    </Chart>
  );
}
