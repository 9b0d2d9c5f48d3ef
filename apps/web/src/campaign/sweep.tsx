import {
  Alert,
  Anchor,
  Button,
  Card,
  FileButton,
  Group,
  Progress,
  SimpleGrid,
  Skeleton,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, Refusal } from '../api/client.js';
import { live, queries } from '../api/queries.js';
import type { components } from '../api/schema.js';
import { upload } from '../api/upload.js';
import { Tile } from '../charts/tile.js';
import { Failed } from '../shell/failed.js';
import { useTell } from '../shell/tell.js';
import { useLanguage, useWords } from '../words/language.js';
import { sayDistance, sayDuration, sayNumber, sayRate } from '../words/say.js';

type Sweep = components['schemas']['Sweep'];
type SweepFile = components['schemas']['SweepFile'];

const largest = 500_000_000;

/** How many comments the agency has posted, and whose of ours are among them; and two ways to find that out. */
export function SweepCard({ campaignId }: { campaignId: string }) {
  const { sweep: words } = useWords();
  const tell = useTell();
  const params = { path: { id: campaignId } };
  const queryKey = ['campaign', campaignId, 'sweep'];
  const sweep = useQuery({
    queryKey,
    ...live,
    queryFn: async () => (await api.GET('/api/v1/campaigns/{id}/sweep', { params })).data!,
  });
  const refresh = () => queries.invalidateQueries({ queryKey: ['campaign', campaignId] });
  const start = useMutation({
    mutationFn: () => api.POST('/api/v1/campaigns/{id}/sweep', { params }),
    onSuccess() {
      tell(words.started);
      return refresh();
    },
  });
  const stop = useMutation({
    mutationFn: () => api.DELETE('/api/v1/campaigns/{id}/sweep', { params }),
    onSuccess() {
      tell(words.stopped);
      return refresh();
    },
  });
  if (sweep.error && !sweep.data) return <Failed error={sweep.error} retry={sweep.refetch} />;
  if (!sweep.data) return <Skeleton h={240} radius="md" />;
  const { state } = sweep.data;
  const error = start.error ?? stop.error;
  return (
    <Card withBorder component="section" aria-labelledby="sweep">
      <Stack>
        <Group justify="space-between" align="flex-start">
          <Title order={2} size="h3" id="sweep">
            {words.title}
          </Title>
          {state === 'running' ? (
            <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>
              {words.stop}
            </Button>
          ) : (
            <Button variant="default" loading={start.isPending} onClick={() => start.mutate()}>
              {{ never: words.start, stopped: words.goOn, done: words.again }[state]}
            </Button>
          )}
        </Group>
        <Text c="dimmed">{words.lede}</Text>
        {error && <Failed error={error} />}
        <Counted sweep={sweep.data} />
        <Standing sweep={sweep.data} />
        <FromFile campaignId={campaignId} read={refresh} />
      </Stack>
    </Card>
  );
}

/** The agency's number beside ours, which are those who filed, each in one of them. */
function Counted({ sweep: { received, said, given, found } }: { sweep: Sweep }) {
  const { sweep: words } = useWords();
  const { language } = useLanguage();
  const number = (n: number) => sayNumber(n, language);
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
      <Tile
        label={words.theirs}
        value={received === null ? '–' : number(received)}
        beneath={received === null ? words.theirsUnknown : words.theirsHint}
      />
      <Tile label={words.seen} value={number(found)} beneath={words.seenOf(number(given))} />
      <Tile label={words.given} value={number(given - found)} beneath={words.givenHint} />
      <Tile label={words.said} value={number(said)} beneath={words.saidHint} />
    </SimpleGrid>
  );
}

/** How far it is, how long it takes, and why it waits. */
function Standing({ sweep }: { sweep: Sweep }) {
  const { sweep: words } = useWords();
  const { language } = useLanguage();
  const number = (n: number) => sayNumber(n, language);
  const { state, listed, looked, received, secondsLeft, problem, retryAt, endedAt, perHour } = sweep;
  const all = Math.max(listed, received ?? 0);
  const now = new Date();
  return (
    <Stack gap="xs" aria-live="polite">
      {state === 'done' ? (
        <Text>{words.state.done(sayDistance(new Date(endedAt!), now, language))}</Text>
      ) : (
        problem === null && (
          <Text>
            {state === 'running' && looked === 0 ? words.listing(number(listed)) : words.state[state]}
          </Text>
        )
      )}
      {problem && (
        <Text>
          {words.waits[problem] ?? problem}
          {retryAt && ` ${words.goesOn(sayDistance(new Date(retryAt), now, language))}`}
        </Text>
      )}
      {state !== 'never' && all > 0 && (
        <>
          <Progress value={(100 * looked) / all} size="lg" aria-label={words.bar} color="teal.8" />
          <Group gap="sm">
            <Text size="sm" className="figure">
              {words.looked(number(looked), number(all))}
            </Text>
            {secondsLeft !== null && secondsLeft > 0 && (
              <Text size="sm">{words.left(sayDuration(secondsLeft, language))}</Text>
            )}
          </Group>
        </>
      )}
      {state !== 'done' && (
        <Text size="sm" c="dimmed">
          {words.pace(number(perHour))}
        </Text>
      )}
    </Stack>
  );
}

/** The agency's own file, which says at once what a sweep finds out one by one. */
function FromFile({ campaignId, read }: { campaignId: string; read: () => Promise<unknown> }) {
  const { sweep: words } = useWords();
  const { language } = useLanguage();
  const number = (n: number) => sayNumber(n, language);
  const [onWay, setOnWay] = useState(0);
  const send = useMutation({
    mutationFn: (file: File) => {
      setOnWay(0);
      if (file.size > largest) throw new Refusal(413, 'docket_file_large', words.file.tooLarge);
      return upload<SweepFile>(`/api/v1/campaigns/${campaignId}/sweep/file`, file, setOnWay);
    },
    onSuccess: read,
  });
  const { data } = send;
  return (
    <Stack gap="xs" align="flex-start">
      <Title order={3} size="h5">
        {words.file.title}
      </Title>
      <Text c="dimmed">{words.file.text}</Text>
      <Group gap="sm">
        <FileButton accept=".csv,text/csv" onChange={(file) => file && send.mutate(file)}>
          {(props) => (
            <Button {...props} variant="default" loading={send.isPending}>
              {words.file.choose}
            </Button>
          )}
        </FileButton>
        <Anchor href="https://www.regulations.gov/bulkdownload" target="_blank" rel="noreferrer">
          {words.file.link}
        </Anchor>
      </Group>
      {send.isPending && (
        <Stack gap={4} w="100%">
          <Progress value={100 * onWay} size="lg" aria-label={words.file.bar} color="teal.8" />
          <Text size="sm">
            {onWay < 1 ? words.file.sending(sayRate(onWay, language)) : words.file.comparing}
          </Text>
        </Stack>
      )}
      {send.error && <Failed error={send.error} />}
      {data && (
        <Alert variant="light" title={words.file.done} w="100%" role="status">
          <Text>
            {[
              words.file.found(data.found, number(data.found)),
              words.file.before(data.seenBefore, number(data.seenBefore)),
            ]
              .filter(Boolean)
              .join(' ')}
          </Text>
          <Text size="sm">{words.file.read(number(data.comments), number(data.rows))}</Text>
        </Alert>
      )}
    </Stack>
  );
}
