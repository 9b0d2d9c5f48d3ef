import { BarChart } from '@mantine/charts';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Failed } from '../shell/failed.js';
import { useLanguage, useWords } from '../words/language.js';
import { sayMoment, sayNumber } from '../words/say.js';
import { names } from './bars.js';
import { Chart, NoChart } from './chart.js';
import { type Deliverability as Answer, deliverabilityQuery } from './queries.js';

type Channel = Answer['items'][number];
const fates = ['sent', 'delivered', 'bounced', 'complained', 'unknown'] as const;
const colours = { email: 'var(--chart-1)', sms: 'var(--chart-2)' };
const failures = ({ failed }: Channel) => Object.values(failed).reduce((sum, n) => sum + n, 0);
const isUsed = (channel: Channel) => failures(channel) > 0 || fates.some((fate) => channel[fate] > 0);

type Props = { campaignId: string; of: string; base: string; zone: string };

/** What became of the messages, on each channel that has any. */
export function Deliverability({ campaignId, of, base, zone }: Props) {
  const { charts: words, campaign } = useWords();
  const { language } = useLanguage();
  const heard = useQuery(deliverabilityQuery(campaignId));
  if (heard.error && !heard.data) return <Failed error={heard.error} retry={heard.refetch} />;
  if (!heard.data) return <Skeleton h={360} radius="md" />;
  const channels = heard.data.items.filter(isUsed);
  if (channels.length === 0) return <NoChart title={words.deliverability} text={words.deliverabilityNone} />;
  const number = (n: number) => sayNumber(n, language);
  const rows: [string, (channel: Channel) => number][] = [
    ...fates.map((fate): [string, (channel: Channel) => number] => [words.fate[fate], (each) => each[fate]]),
    [words.fate.failed, failures],
  ];
  const reasons = [...new Set(channels.flatMap(({ failed }) => Object.keys(failed)))];
  return (
    <Chart
      title={words.deliverability}
      says={channels
        .map((each) =>
          words.deliverabilityText(
            words.channel[each.channel],
            number(each.sent),
            number(each.delivered),
            number(failures(each)),
          ),
        )
        .join(' ')}
      of={words.ofWhen(of, sayMoment(new Date(heard.data.asOf), zone, language))}
      csv={`${base}/deliverability.csv`}
      name="deliverability.png"
      head={[words.what, ...channels.map(({ channel }) => words.channel[channel])]}
      rows={[
        ...rows.map(([what, count]) => [what, ...channels.map((each) => number(count(each)))]),
        ...reasons.map((reason) => [
          words.failedOf(campaign.reason[reason] ?? reason),
          ...channels.map(({ failed }) => number(failed[reason] ?? 0)),
        ]),
      ]}
    >
      <BarChart
        h={rows.length * 28 * channels.length + 8}
        orientation="vertical"
        data={rows.map(([what, count]) => {
          const bars: Record<string, string | number> = { what };
          for (const each of channels) {
            bars[each.channel] = count(each);
            bars[`${each.channel} says`] =
              channels.length > 1
                ? `${number(count(each))} · ${words.channel[each.channel]}`
                : number(count(each));
          }
          return bars;
        })}
        dataKey="what"
        series={channels.map(({ channel }) => ({ name: channel, color: colours[channel] }))}
        withXAxis={false}
        withTooltip={false}
        gridAxis="none"
        tickLine="none"
        accessibilityLayer={false}
        textColor="var(--chart-text)"
        withBarValueLabel
        valueLabelProps={({ name }) => ({
          dataKey: `${name} says`,
          formatter: String,
          fill: 'var(--chart-text)',
        })}
        barChartProps={{ margin: { top: 4, right: 92, bottom: 4, left: 0 } }}
        barProps={{ maxBarSize: 20, radius: 3 }}
        xAxisProps={{ domain: [0, 'dataMax'] }}
        yAxisProps={names}
      />
    </Chart>
  );
}
