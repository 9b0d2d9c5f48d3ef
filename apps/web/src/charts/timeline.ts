import type { LineChartProps } from '@mantine/charts';
import type { components } from '../api/schema.js';
import type { Language } from '../words/language.js';
import { sayShortDay, sayShortNumber } from '../words/say.js';
import type { Series } from './queries.js';

type Figures = components['schemas']['Figures'];
const day = 86_400_000;

/** What the charts over time have in common: from the first signup's day to the deadline, whose line is drawn. */
export function timeline(
  series: Series,
  {
    language,
    deadline,
    deadlineAt = 'insideTopRight',
  }: { language: Language; deadline: string; deadlineAt?: 'insideTopRight' | 'insideBottomRight' },
) {
  const { items, zone } = series;
  const now = Date.parse(series.asOf);
  const ends = series.deadlineAt === null ? null : Date.parse(series.deadlineAt);
  const begin = items[0] ? Date.parse(items[0].at) : now - day;
  const end = Math.max(now, ends ?? 0);
  /** Words at the end of a line stand left of it when there is no room to its right. */
  const late = (now - begin) / (end - begin) > 0.6;
  const shows = (at: number) => at >= begin && at <= end;
  const axes = {
    dataKey: 'at',
    curveType: 'linear',
    withDots: false,
    accessibilityLayer: false,
    gridAxis: 'x',
    textColor: 'var(--chart-text)',
    valueFormatter: (n) => sayShortNumber(n, language),
    tooltipProps: { labelFormatter: (at) => sayShortDay(new Date(Number(at)), zone, language) },
    lineChartProps: { margin: { top: 24, right: 16, bottom: 0, left: 0 } },
    xAxisProps: {
      type: 'number',
      scale: 'time',
      domain: [begin, end],
      ticks: ticksOf(begin, end),
      tickFormatter: (at: number) => sayShortDay(new Date(at), zone, language),
    },
    yAxisProps: { width: 44, allowDecimals: false },
    referenceLines:
      ends === null || !shows(ends)
        ? []
        : [
            {
              x: ends,
              label: deadline,
              color: 'var(--chart-text)',
              labelPosition: deadlineAt,
              strokeWidth: 2,
            },
          ],
  } satisfies Partial<LineChartProps>;
  return {
    now,
    end,
    late,
    shows,
    axes,
    /** Flat where nothing changed, rising within the day where something did. */
    points<Values>(valuesOf: (total: Figures) => Values): ({ at: number } & Values)[] {
      let before: Figures = { signups: 0, optedIn: 0, went: 0, confirmed: 0, verified: 0, pledged: 0 };
      const points = items.flatMap(({ at, total }) => {
        const from = { at: Date.parse(at), ...valuesOf(before) };
        before = total;
        return [from, { at: Math.min(Date.parse(at) + day, now), ...valuesOf(total) }];
      });
      return [...points, { at: now, ...valuesOf(before) }];
    },
  };
}

function ticksOf(begin: number, end: number): number[] {
  const days = Math.max(1, Math.ceil((end - begin) / day));
  const step = Math.ceil(days / 4) * day;
  const ticks = [];
  for (let at = begin; at <= end; at += step) ticks.push(at);
  return ticks;
}

/** Says which line it is, where it ends: nobody looks for a legend. */
export const endLabel = (value: string, dy: number, left: boolean) => ({
  value,
  position: left ? ('left' as const) : ('right' as const),
  dy: left ? 2 * dy : dy,
  fontSize: 12,
  fontWeight: 600,
});
