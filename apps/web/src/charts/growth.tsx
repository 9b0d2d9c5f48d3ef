import { Anchor, Button, Group, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { sayDay } from '#domain';
import { api } from '../api/client.js';
import { Failed } from '../shell/failed.js';
import { useLanguage, useWords } from '../words/language.js';
import { sayNumber } from '../words/say.js';
import { savePicture } from './picture.js';

const [width, height, left, right, top, bottom] = [640, 260, 8, 96, 20, 28];
const lines = [
  { figure: 'signups', dash: undefined },
  { figure: 'confirmed', dash: '6 4' },
] as const;

type Props = { campaignId: string; campaignTitle: string; coalitionId?: string };

/** How signups and confirmations grew towards the deadline, with the rungs as ticks; a table and files beneath. */
export function Growth({ campaignId, campaignTitle, coalitionId }: Props) {
  const { dashboard: words } = useWords();
  const { language } = useLanguage();
  const drawing = useRef<SVGSVGElement>(null);
  const series = useQuery({
    queryKey: ['series', campaignId, coalitionId ?? null],
    refetchInterval: 5_000,
    queryFn: async () =>
      coalitionId
        ? (
            await api.GET('/api/v1/campaigns/{id}/coalitions/{coalitionId}/series', {
              params: { path: { id: campaignId, coalitionId }, query: { by: 'day' } },
            })
          ).data!
        : (
            await api.GET('/api/v1/campaigns/{id}/series', {
              params: { path: { id: campaignId }, query: { by: 'day' } },
            })
          ).data!,
  });
  if (series.error && !series.data) return <Failed error={series.error} retry={series.refetch} />;
  if (!series.data) return <Skeleton h={360} radius="md" />;
  const { items, deadlineAt, asOf, zone, marks } = series.data;
  const last = items.at(-1)?.total;
  const first = items[0];
  const day = (at: string) => sayDay(new Date(at), zone, language);
  const begin = first ? Date.parse(first.at) : 0;
  const end = Math.max(Date.parse(asOf), deadlineAt ? Date.parse(deadlineAt) : 0, begin + 3_600_000);
  const most = Math.max(1, ...items.map(({ total }) => total.signups));
  const x = (at: number) => left + ((at - begin) / (end - begin)) * (width - left - right);
  const y = (n: number) => height - bottom - (n / most) * (height - top - bottom);
  const now = Math.min(Date.parse(asOf), end);
  return (
    <Stack component="section" gap="xs">
      <Title order={2} size="h3">
        {words.growth}
      </Title>
      {!first || !last ? (
        <Text>{words.growthNone}</Text>
      ) : (
        <>
          <Text>
            {words.growthText(sayNumber(last.signups, language), sayNumber(last.confirmed, language))}
          </Text>
          <svg ref={drawing} viewBox={`0 0 ${width} ${height}`} aria-hidden className="chart">
            <line x1={left} x2={width - right} y1={y(0)} y2={y(0)} stroke="currentColor" opacity={0.4} />
            {marks
              .map(({ at }) => Date.parse(at))
              .filter((at) => at >= begin && at <= end)
              .map((at, n) => (
                <line key={n} x1={x(at)} x2={x(at)} y1={y(0)} y2={y(0) + 6} stroke="currentColor" />
              ))}
            {deadlineAt && (
              <>
                <line
                  x1={x(Date.parse(deadlineAt))}
                  x2={x(Date.parse(deadlineAt))}
                  y1={top}
                  y2={y(0)}
                  stroke="currentColor"
                  strokeWidth={2}
                />
                <text x={x(Date.parse(deadlineAt))} y={14} textAnchor="end" fontSize={12} fill="currentColor">
                  {words.deadline}
                </text>
              </>
            )}
            {lines.map(({ figure, dash }) => (
              <g key={figure}>
                <path
                  d={`M${x(begin)},${y(0)}${items
                    .map(({ at, total }) => `H${x(Math.max(begin, Date.parse(at)))}V${y(total[figure])}`)
                    .join('')}H${x(now)}`}
                  fill="none"
                  stroke="currentColor"
                  strokeWidth={2.5}
                  strokeDasharray={dash}
                />
                <text x={x(now) + 6} y={y(last[figure]) + 4} fontSize={12} fill="currentColor">
                  {words.figures[figure]}
                </text>
              </g>
            ))}
          </svg>
          <Group gap="sm">
            {coalitionId === undefined && (
              <Anchor href={`/api/v1/campaigns/${campaignId}/series.csv?by=day`} download>
                {words.csv}
              </Anchor>
            )}
            <Button
              size="compact-sm"
              variant="default"
              onClick={() =>
                void savePicture(
                  drawing.current!,
                  `${campaignTitle} · ${words.growth} · ${day(asOf)}`,
                  'drumbeat.png',
                )
              }
            >
              {words.png}
            </Button>
          </Group>
          <details>
            <summary>{words.showTable}</summary>
            <div className="scroll" tabIndex={0} role="region" aria-label={words.growth}>
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{words.from}</Table.Th>
                    <Table.Th>{words.figures.signups}</Table.Th>
                    <Table.Th>{words.figures.optedIn}</Table.Th>
                    <Table.Th>{words.figures.confirmed}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {items.map(({ at, total }) => (
                    <Table.Tr key={at}>
                      <Table.Th scope="row">{day(at)}</Table.Th>
                      <Table.Td>{sayNumber(total.signups, language)}</Table.Td>
                      <Table.Td>{sayNumber(total.optedIn, language)}</Table.Td>
                      <Table.Td>{sayNumber(total.confirmed, language)}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </div>
          </details>
        </>
      )}
    </Stack>
  );
}
