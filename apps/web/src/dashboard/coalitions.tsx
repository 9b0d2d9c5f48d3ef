import { Card, Group, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { components } from '../api/schema.js';
import { Rows } from '../charts/rows.js';
import { figuresOf } from '../charts/tiles.js';
import { useLanguage, useWords } from '../words/language.js';
import { sayNumber, sayRate } from '../words/say.js';

type Dashboard = components['schemas']['Dashboard'];
type Props = { kind: Dashboard['campaign']['kind']; coalitions: Dashboard['coalitions'] };

/** A coalition and those below it: a table where there is room for one, else a card for each. */
export function Coalitions({ kind, coalitions }: Props) {
  const { dashboard: words, charts } = useWords();
  const { language } = useLanguage();
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const figures = figuresOf[kind];
  const head = [...figures.map((figure) => charts.figures[figure]), charts.rate];
  const cellsOf = (total: Dashboard['coalitions'][number]['total']) => [
    ...figures.map((figure) => sayNumber(total[figure], language)),
    sayRate(total.rate, language),
  ];
  if (!narrow)
    return (
      <Rows
        label={words.table}
        head={[charts.coalition, ...head]}
        rows={coalitions.map(({ name, depth, total }) => [
          <span style={{ paddingLeft: `${depth}rem` }}>{name}</span>,
          ...cellsOf(total),
        ])}
      />
    );
  return (
    <ul className="cards" aria-label={words.table}>
      {coalitions.map(({ coalitionId, name, depth, total }) => (
        <Card key={coalitionId} component="li" withBorder padding="sm" ml={`${depth * 0.75}rem`}>
          <Text fw={600}>{name}</Text>
          <dl className="figure">
            {cellsOf(total).map((cell, n) => (
              <Group key={head[n]} justify="space-between" gap="xs">
                <Text component="dt" size="sm" c="dimmed">
                  {head[n]}
                </Text>
                <Text component="dd" size="sm" m={0}>
                  {cell}
                </Text>
              </Group>
            ))}
          </dl>
        </Card>
      ))}
    </ul>
  );
}
