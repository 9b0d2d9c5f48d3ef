import { Group, SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { rateOf } from '#domain';
import type { components } from '../api/schema.js';
import { useLanguage, useWords } from '../words/language.js';
import { sayMoment, sayNumber, sayRate } from '../words/say.js';
import type { Series } from './queries.js';
import { Tile } from './tile.js';

type Figures = components['schemas']['Figures'];
type Kind = components['schemas']['Campaign']['kind'];

/** Which figures a campaign of this kind is about, the one that matters first. */
export const figuresOf = {
  regulatory_comment: ['confirmed', 'signups', 'optedIn', 'verified'],
  census_occupation: ['confirmed', 'signups', 'optedIn', 'pledged'],
  custom: ['confirmed', 'signups', 'optedIn'],
} as const satisfies Record<Kind, (keyof Figures)[]>;

const nobody: Figures = { signups: 0, optedIn: 0, went: 0, confirmed: 0, verified: 0, pledged: 0 };

type Props = {
  kind: Kind;
  series: Series;
  /** Beneath them: where there is more. */
  children?: ReactNode;
};

/** The figures in all and today, and when they were read: those with which the charts beneath end. */
export function Tiles({ kind, series: { items, today, asOf, zone }, children }: Props) {
  const total = items.at(-1)?.total ?? nobody;
  const { charts: words } = useWords();
  const { language } = useLanguage();
  const figures = figuresOf[kind];
  const number = (n: number) => sayNumber(n, language);
  return (
    <Stack component="section" gap="xs" aria-label={words.tiles}>
      <SimpleGrid cols={{ base: 2, sm: figures.length + 1 }} spacing="sm">
        {figures.map((figure) => (
          <Tile
            key={figure}
            label={words.figures[figure]}
            value={number(total[figure])}
            beneath={words.today(number(today[figure]))}
          />
        ))}
        <Tile
          label={words.rate}
          value={sayRate(rateOf(total), language)}
          beneath={words.outOf(number(total.confirmed), number(total.signups))}
        />
      </SimpleGrid>
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed">
          {words.asOf(sayMoment(new Date(asOf), zone, language))}
        </Text>
        {children}
      </Group>
    </Stack>
  );
}
