import { Anchor, Badge, Card, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { docketZone } from '#domain';
import { Confirmed } from '../shell/confirmed.js';
import { useLanguage, useWords } from '../words/language.js';
import { sayDistance, sayMoment, sayNumber } from '../words/say.js';
import { Ended } from './ended.js';
import type { RungRow } from './queries.js';

const total = (counts: Record<string, number>) => Object.values(counts).reduce((sum, n) => sum + n, 0);

/** A row for each rung and channel: where it stands, when it goes, and how far it is. */
export function Rungs({
  campaignId,
  rows,
  now,
  zone,
  withdraw,
}: {
  campaignId: string;
  rows: RungRow[];
  now: Date;
  zone: string | null;
  /** Null where nothing can be taken out any more. */
  withdraw: ((row: RungRow) => Promise<unknown>) | null;
}) {
  const { campaign: words } = useWords();
  const [looked, setLooked] = useState<{ row: RungRow; state: 'skipped' | 'failed' } | null>(null);
  return (
    <Stack gap="xs" component="ol" m={0} p={0} style={{ listStyle: 'none' }} aria-label={words.rungs}>
      {rows.map((row) => (
        <Card key={`${row.rungId} ${row.channel}`} withBorder component="li" padding="sm">
          <Row
            {...{ row, now, zone }}
            look={(state) => setLooked({ row, state })}
            withdraw={withdraw && row.state === 'ahead' ? () => withdraw(row) : null}
          />
        </Card>
      ))}
      {looked && <Ended campaignId={campaignId} {...looked} close={() => setLooked(null)} />}
    </Stack>
  );
}

function Row({
  row,
  now,
  zone,
  look,
  withdraw,
}: {
  row: RungRow;
  now: Date;
  zone: string | null;
  look: (state: 'skipped' | 'failed') => void;
  withdraw: (() => Promise<unknown>) | null;
}) {
  const { campaign: words } = useWords();
  const { language } = useLanguage();
  const number = (n: number) => sayNumber(n, language);
  const { planned, sent, unknown, waiting } = row;
  const [skipped, failed] = [total(row.skipped), total(row.failed)];
  const of = (n: number) => (planned > 0 ? (100 * n) / planned : 0);
  const at = row.at === null ? null : new Date(row.at);
  const channel = words.channel[row.channel];
  return (
    <Group justify="space-between" align="flex-start" gap="sm">
      <Stack gap={2} style={{ flex: '1 1 14rem', minWidth: 0 }}>
        <Group gap="xs">
          <Title order={3} size="h5">
            {row.name}
          </Title>
          <Badge variant="default">{channel}</Badge>
        </Group>
        {at && (
          <div>
            <Text fw={600}>{sayDistance(at, now, language)}</Text>
            <Text size="sm" c="dimmed">
              {sayMoment(at, zone ?? docketZone, language)}
            </Text>
          </div>
        )}
        {row.leftOut && <Text size="sm">{words.leftOut[row.leftOut] ?? row.leftOut}</Text>}
      </Stack>
      <Stack gap={4} style={{ flex: '1 1 16rem', minWidth: 0 }}>
        <Group justify="space-between" gap="xs">
          <Text size="sm" fw={600}>
            {words.state[row.state]}
          </Text>
          {planned > 0 ? (
            <Text size="sm" className="figure">
              {words.sentOf(number(sent), number(planned))}
            </Text>
          ) : (
            row.people !== null && (
              <Text size="sm" className="figure">
                {words.forPeople(number(row.people))}
              </Text>
            )
          )}
        </Group>
        {planned > 0 && (
          <Progress.Root size="md" role="group" aria-label={words.bar(row.name, channel)}>
            <Progress.Section
              value={of(sent)}
              color="teal.8"
              aria-label={words.sentOf(number(sent), number(planned))}
            />
            <Progress.Section value={of(failed)} color="red.8" aria-label={words.failed(number(failed))} />
            <Progress.Section
              value={of(skipped)}
              color="gray.6"
              aria-label={words.skipped(number(skipped))}
            />
          </Progress.Root>
        )}
        <Group gap="sm">
          {waiting > 0 && <Text size="sm">{words.waiting(number(waiting))}</Text>}
          {row.state === 'running' && row.ratePerMinute > 0 && (
            <Text size="sm">{words.rate(number(row.ratePerMinute))}</Text>
          )}
          {row.secondsLeft !== null && <Text size="sm">{words.left(Math.floor(row.secondsLeft / 60))}</Text>}
          {skipped > 0 && (
            <Anchor component="button" size="sm" onClick={() => look('skipped')}>
              {words.skipped(number(skipped))}
            </Anchor>
          )}
          {failed > 0 && (
            <Anchor component="button" size="sm" onClick={() => look('failed')}>
              {words.failed(number(failed))}
            </Anchor>
          )}
          {unknown > 0 && <Text size="sm">{words.unknown(number(unknown))}</Text>}
          {withdraw && (
            <Confirmed
              size="compact-sm"
              danger
              press={words.withdraw.press}
              label={`${words.withdraw.press}: ${row.name}, ${channel}`}
              title={words.withdraw.title(row.name)}
              text={words.withdraw.text}
              act={withdraw}
            />
          )}
        </Group>
      </Stack>
    </Group>
  );
}
