import { Card, Text } from '@mantine/core';

/** A figure to be read from afar, with what it is above and what belongs to it beneath. */
export function Tile({ label, value, beneath }: { label: string; value: string; beneath: string }) {
  return (
    <Card withBorder padding="sm">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text className="figure" fz={28} fw={700} lh={1.2}>
        {value}
      </Text>
      <Text size="sm" className="figure">
        {beneath}
      </Text>
    </Card>
  );
}
