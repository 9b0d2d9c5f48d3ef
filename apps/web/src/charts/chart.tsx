import '@mantine/charts/styles.css';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import { useWords } from '../words/language.js';
import { savePicture } from './picture.js';
import { Rows } from './rows.js';

type Props = {
  title: string;
  /** What the chart shows, in words; whoever cannot see it has these and the table. */
  says: string;
  /** Above the picture: whose figures they are, and of when. */
  of: string;
  /** The file of the same figures. */
  csv: string;
  /** The picture's name as a file. */
  name: string;
  head: string[];
  rows: ReactNode[][];
  /** The table stands open, since it is where one goes on from. */
  open?: boolean;
  /** Between the words and the drawing: what is shown, and how. */
  controls?: ReactNode;
  /** Beneath the drawing: how it is read. */
  note?: string | false;
  /** Beneath the table. */
  more?: ReactNode;
  /** False where there is nothing to draw yet, but a table to go on from. */
  children: ReactNode;
};

/** A chart with its words, its table, its file and its picture. */
export function Chart({
  title,
  says,
  of,
  csv,
  name,
  head,
  rows,
  open,
  controls,
  note,
  more,
  children,
}: Props) {
  const { charts: words } = useWords();
  const drawing = useRef<HTMLDivElement>(null);
  const picture = () => savePicture(drawing.current!.querySelector('svg')!, [title, says, of], name);
  return (
    <Stack component="section" gap="sm">
      <Title order={2} size="h3">
        {title}
      </Title>
      <Text>{says}</Text>
      {controls}
      {children && (
        <div ref={drawing} role="img" aria-label={`${title}: ${says}`} className="chart">
          {children}
        </div>
      )}
      {note && (
        <Text size="sm" c="dimmed">
          {note}
        </Text>
      )}
      <Group gap="sm">
        <Button size="compact-sm" variant="default" component="a" href={csv} download>
          {words.csv}
        </Button>
        {children && (
          <Button size="compact-sm" variant="default" onClick={() => void picture()}>
            {words.png}
          </Button>
        )}
      </Group>
      <details open={open}>
        <summary>{words.table}</summary>
        <Rows label={title} head={head} rows={rows} />
        {more}
      </details>
    </Stack>
  );
}

/** In place of a chart that has nothing to show yet: why, and what to do. */
export function NoChart({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <Stack component="section" gap="xs" align="flex-start">
      <Title order={2} size="h3">
        {title}
      </Title>
      <Text>{text}</Text>
      {children}
    </Stack>
  );
}
