import { Anchor, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useParams } from 'wouter';
import { useMe } from '../api/me.js';
import { dashboardQuery } from '../charts/queries.js';
import { Tiles } from '../charts/tiles.js';
import { LeaderLink } from '../share/leader-link.js';
import { ShareKit } from '../share/share-kit.js';
import { Failed } from '../shell/failed.js';
import { Page } from '../shell/page.js';
import { useLanguage, useWords } from '../words/language.js';
import { sayNumber } from '../words/say.js';
import { Coalitions } from './coalitions.js';
import { Inbox } from './inbox.js';
import { People } from './people.js';

const Growth = lazy(async () => ({ default: (await import('../charts/growth.js')).Growth }));
const Funnel = lazy(async () => ({ default: (await import('../charts/funnel.js')).Funnel }));

/** What a leader has of one campaign, live: their coalition and those below it. */
export default function DashboardPage() {
  const { id, coalitionId } = useParams<{ id: string; coalitionId: string }>();
  const { dashboard: words, charts } = useWords();
  const { language } = useLanguage();
  const me = useMe();
  const [all, setAll] = useState(false);
  const live = useQuery(dashboardQuery(id, coalitionId, all ? undefined : 50));
  if (live.error && !live.data) return <Failed error={live.error} retry={live.refetch} />;
  if (!live.data) return <Skeleton h={320} radius="md" />;
  const { campaign, coalition, coalitions, more, overlap, referred, rank, series } = live.data;
  const number = (n: number) => sayNumber(n, language);
  const base = `/api/v1/campaigns/${id}/coalitions/${coalitionId}`;
  const drawn = { series, base, of: `${campaign.title}, ${coalition.name}` };
  return (
    <Page title={campaign.title} lede={coalition.name}>
      <Tiles kind={campaign.kind} series={series} />
      {rank && <Text fw={600}>{words.rank(rank.place, rank.of)}</Text>}
      <Suspense fallback={<Skeleton h={360} radius="md" />}>
        <Growth {...drawn} />
        <Funnel {...drawn} />
      </Suspense>
      <Stack component="section" gap="xs">
        <Title order={2} size="h3">
          {words.table}
        </Title>
        <Coalitions kind={campaign.kind} coalitions={coalitions} />
        {more > 0 && (
          <Group>
            <Button variant="default" loading={live.isPlaceholderData} onClick={() => setAll(true)}>
              {words.showAll(number(coalitions.length + more))}
            </Button>
          </Group>
        )}
        {referred.signups > 0 && (
          <Text>{words.referred(number(referred.signups), number(referred.confirmed))}</Text>
        )}
        {overlap > 0 && <Text>{words.overlap(number(overlap))}</Text>}
        <Anchor href={`${base}/dashboard.csv`} download>
          {charts.csv}
        </Anchor>
      </Stack>
      <People campaignId={id} coalitionId={coalitionId} kind={campaign.kind} />
      <Inbox campaignId={id} coalitionId={coalitionId} zone={coalition.zone} />
      <ShareKit campaignId={id} coalitionId={coalitionId} />
      {me.role !== 'leader' && <LeaderLink campaignId={id} coalitionId={coalitionId} />}
    </Page>
  );
}
