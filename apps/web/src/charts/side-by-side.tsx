import { Anchor, Group, Pagination, SegmentedControl, Skeleton, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import type { components } from '../api/schema.js';
import { Failed } from '../shell/failed.js';
import { useLanguage, useWords } from '../words/language.js';
import { sayMoment, sayNumber, sayRate } from '../words/say.js';
import { Bars } from './bars.js';
import { Chart, NoChart } from './chart.js';
import { type Order, sideBySideQuery } from './queries.js';
import { figuresOf } from './tiles.js';

type Props = {
  campaignId: string;
  kind: components['schemas']['Campaign']['kind'];
  of: string;
  base: string;
  zone: string;
  /** When the figures above were asked for: these are asked for right after. */
  at: number;
};

/** The coalitions beside each other, by what they did or by how many of theirs did it; behind each name its dashboard. */
export function SideBySide({ campaignId, kind, of, base, zone, at }: Props) {
  const { charts: words } = useWords();
  const { language } = useLanguage();
  const [by, setBy] = useState<Order>('confirmed');
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, 200);
  const [page, setPage] = useState(1);
  const list = useQuery(sideBySideQuery(campaignId, by, search, page));
  const { refetch } = list;
  useEffect(() => void refetch(), [at, refetch]);
  if (list.error && !list.data) return <Failed error={list.error} retry={refetch} />;
  if (!list.data) return <Skeleton h={360} radius="md" />;
  const { items, total, found, pages, asOf } = list.data;
  if (found === 0 && search === '') return <NoChart title={words.sideBySide} text={words.sideBySideNone} />;
  const figures = figuresOf[kind];
  const number = (n: number) => sayNumber(n, language);
  const first = items[0];
  return (
    <Chart
      title={words.sideBySide}
      says={
        total.signups === 0
          ? words.sideBySideNobody(number(found))
          : first
            ? words.sideBySideText(number(found), first.name, number(first.confirmed), number(first.signups))
            : words.sideBySideNotFound(search)
      }
      of={words.ofWhen(of, sayMoment(new Date(asOf), zone, language))}
      csv={`${base}/tally.csv`}
      name="coalitions.png"
      open
      head={[words.coalition, ...figures.map((figure) => words.figures[figure]), words.rate]}
      rows={[
        [words.everybody, ...figures.map((figure) => number(total[figure])), sayRate(total.rate, language)],
        ...items.map(({ coalitionId, name, ...counts }) => [
          <Anchor inherit component={Link} href={`/campaigns/${campaignId}/coalitions/${coalitionId}`}>
            {name}
          </Anchor>,
          ...figures.map((figure) => number(counts[figure])),
          sayRate(counts.rate, language),
        ]),
      ]}
      controls={
        <Group align="flex-end" gap="sm">
          <SegmentedControl
            aria-label={words.orderBy}
            value={by}
            onChange={(next) => {
              setBy(next);
              setPage(1);
            }}
            data={[
              { value: 'confirmed', label: words.byNumber },
              { value: 'rate', label: words.byRate },
            ]}
          />
          <TextInput
            type="search"
            label={words.search}
            value={typed}
            onChange={({ currentTarget }) => {
              setTyped(currentTarget.value);
              setPage(1);
            }}
          />
        </Group>
      }
      more={
        pages > 1 && (
          <Group mt="sm" justify="space-between">
            <Text size="sm">{words.pageOf(number(page), number(pages))}</Text>
            <Pagination
              total={pages}
              value={page}
              onChange={setPage}
              siblings={0}
              getControlProps={(control) => ({ 'aria-label': words.turn[control] })}
              getItemProps={(to) => ({ 'aria-label': words.toPage(to) })}
            />
          </Group>
        )
      }
    >
      {total.signups > 0 && (
        <Bars
          most={by === 'rate' ? 1 : Math.max(1, ...items.map(({ confirmed }) => confirmed))}
          bars={items.map(({ name, confirmed, signups, rate }) => ({
            name,
            value: by === 'rate' ? (rate ?? 0) : confirmed,
            says:
              by === 'rate'
                ? `${sayRate(rate, language)} · ${number(confirmed)}/${number(signups)}`
                : number(confirmed),
          }))}
        />
      )}
    </Chart>
  );
}
