import { Anchor, Card, SimpleGrid, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'wouter';
import { api } from '../api/client.js';
import { Growth } from '../charts/growth.js';
import { ShareKit } from '../share/share-kit.js';
import { Failed } from '../shell/failed.js';
import { Page } from '../shell/page.js';
import { useLanguage, useWords } from '../words/language.js';
import { sayMoment, sayNumber, sayPercent } from '../words/say.js';
import { Inbox } from './inbox.js';
import { People } from './people.js';

const kinds = {
  regulatory_comment: ['confirmed', 'signups', 'optedIn', 'verified'],
  census_occupation: ['confirmed', 'signups', 'optedIn', 'pledged'],
  custom: ['confirmed', 'signups', 'optedIn'],
} as const;

/** What a leader has of one campaign, live: their coalition and those below it. */
export default function DashboardPage() {
  const { id, coalitionId } = useParams<{ id: string; coalitionId: string }>();
  const { dashboard: words } = useWords();
  const { language } = useLanguage();
  const path = { id, coalitionId };
  const live = useQuery({
    queryKey: ['dashboard', id, coalitionId],
    refetchInterval: 5_000,
    queryFn: async () =>
      (await api.GET('/api/v1/campaigns/{id}/coalitions/{coalitionId}/dashboard', { params: { path } }))
        .data!,
  });
  if (live.error && !live.data) return <Failed error={live.error} retry={live.refetch} />;
  if (!live.data) return <Skeleton h={320} radius="md" />;
  const { campaign, coalition, coalitions, overlap, rank, asOf } = live.data;
  const own = coalitions[0]!;
  const figures = kinds[campaign.kind];
  const number = (n: number) => sayNumber(n, language);
  const percent = (rate: number | null) => (rate === null ? '–' : sayPercent(rate, language));
  return (
    <Page title={campaign.title} lede={coalition.name}>
      <Stack gap="xs">
        <SimpleGrid cols={{ base: 2, sm: figures.length + 1 }}>
          {figures.map((figure) => (
            <Figure
              key={figure}
              label={words.figures[figure]}
              value={number(own.total[figure])}
              beneath={words.today(number(own.today[figure]))}
            />
          ))}
          <Figure label={words.rate} value={percent(own.total.rate)} />
        </SimpleGrid>
        {rank && <Text fw={600}>{words.rank(rank.place, rank.of)}</Text>}
        <Text size="sm" c="dimmed">
          {words.asOf(sayMoment(new Date(asOf), coalition.zone, language))}
        </Text>
      </Stack>
      <Growth campaignId={id} campaignTitle={campaign.title} coalitionId={coalitionId} />
      <Stack component="section" gap="xs">
        <Title order={2} size="h3">
          {words.table}
        </Title>
        <div className="scroll" tabIndex={0} role="region" aria-label={words.table}>
          <Table className="figure">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.coalition}</Table.Th>
                {figures.map((figure) => (
                  <Table.Th key={figure}>{words.figures[figure]}</Table.Th>
                ))}
                <Table.Th>{words.rate}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {coalitions.map((line) => (
                <Table.Tr key={line.coalitionId}>
                  <Table.Th scope="row" pl={`${0.6 + line.depth}rem`}>
                    {line.name}
                  </Table.Th>
                  {figures.map((figure) => (
                    <Table.Td key={figure}>{number(line.total[figure])}</Table.Td>
                  ))}
                  <Table.Td>{percent(line.total.rate)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
        {overlap > 0 && <Text>{words.overlap(number(overlap))}</Text>}
        <Anchor href={`/api/v1/campaigns/${id}/coalitions/${coalitionId}/dashboard.csv`} download>
          {words.csv}
        </Anchor>
      </Stack>
      <People campaignId={id} coalitionId={coalitionId} kind={campaign.kind} />
      <Inbox campaignId={id} coalitionId={coalitionId} zone={coalition.zone} />
      <ShareKit campaignId={id} coalitionId={coalitionId} />
    </Page>
  );
}

function Figure({ label, value, beneath }: { label: string; value: string; beneath?: string }) {
  return (
    <Card withBorder padding="sm">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text className="figure" fz={28} fw={700}>
        {value}
      </Text>
      {beneath && (
        <Text size="sm" className="figure">
          {beneath}
        </Text>
      )}
    </Card>
  );
}
