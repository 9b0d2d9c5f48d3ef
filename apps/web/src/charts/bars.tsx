import { BarChart } from '@mantine/charts';

type Props = {
  /** Of each bar: its name, how long it is, and what is said beside it. */
  bars: { name: string; value: number; says: string }[];
  /** The length that fills the chart. */
  most: number;
};

const bar = 40;

/** Lying bars with their words beside them; there is no axis to read off. */
export function Bars({ bars, most }: Props) {
  return (
    <BarChart
      h={bars.length * bar + 8}
      orientation="vertical"
      data={bars}
      dataKey="name"
      series={[{ name: 'value', color: 'var(--chart-1)' }]}
      withXAxis={false}
      withTooltip={false}
      gridAxis="none"
      tickLine="none"
      accessibilityLayer={false}
      textColor="var(--chart-text)"
      withBarValueLabel
      valueLabelProps={{ dataKey: 'says', formatter: String, fill: 'var(--chart-text)' }}
      barChartProps={{ margin: { top: 4, right: 92, bottom: 4, left: 0 } }}
      barProps={{ maxBarSize: 22, radius: 3 }}
      xAxisProps={{ domain: [0, Math.max(most, 1e-9)] }}
      yAxisProps={names}
    />
  );
}

const letters = 36;

/** The axis with the bars' names, in two lines where they are long. */
export const names = {
  width: 132,
  interval: 0,
  tick: { transform: 'translate(-6, 0)', fontSize: 12, fill: 'currentColor', width: 116 },
  tickFormatter: (name: string) => (name.length > letters ? `${name.slice(0, letters - 1)}…` : name),
} as const;
