import {
  Badge,
  Button,
  Card,
  Group,
  Select,
  SimpleGrid,
  Skeleton,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api } from '../api/client.js';
import { useNow } from '../api/clock.js';
import { useMe } from '../api/me.js';
import { Failed } from '../shell/failed.js';
import { useFilters } from '../shell/filters.js';
import { Page } from '../shell/page.js';
import { useLanguage, useWords } from '../words/language.js';
import { sayDistance, sayMoment } from '../words/say.js';

const statuses = ['draft', 'awaiting', 'running', 'paused', 'ended', 'closed'] as const;

/** The start: every campaign that one may see, the nearest date first. */
export function CampaignsPage() {
  const { campaigns: words } = useWords();
  const me = useMe();
  const [filters, narrow] = useFilters();
  const list = useQuery({
    queryKey: ['campaigns'],
    queryFn: async () => (await api.GET('/api/v1/campaigns')).data!.items,
  });
  const sought = filters.get('q') ?? '';
  const status = filters.get('status');
  const found = list.data?.filter(
    (campaign) =>
      (!status || campaign.status === status) && campaign.title.toLowerCase().includes(sought.toLowerCase()),
  );
  return (
    <Page
      title={words.title}
      actions={
        me.role !== 'leader' && (
          <Button component={Link} href="/campaigns/new">
            {words.new}
          </Button>
        )
      }
    >
      {list.error && <Failed error={list.error} retry={list.refetch} />}
      {list.data && list.data.length > 3 && (
        <Group align="flex-end" gap="sm">
          <TextInput
            type="search"
            label={words.search}
            value={sought}
            onChange={({ currentTarget }) => narrow('q', currentTarget.value)}
          />
          <Select
            label={words.show}
            clearable={false}
            value={status ?? 'all'}
            onChange={(value) => narrow('status', value === 'all' ? null : value)}
            data={[
              { value: 'all', label: words.all },
              ...statuses.map((value) => ({ value, label: words.status[value] })),
            ]}
          />
        </Group>
      )}
      {list.data?.length === 0 && <Text>{me.role === 'leader' ? words.noneForLeader : words.none}</Text>}
      {list.data && list.data.length > 0 && found?.length === 0 && <Text>{words.noMatch}</Text>}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {found?.map((campaign) => (
          <CampaignCard key={campaign.id} campaign={campaign} />
        ))}
        {list.isPending && [1, 2].map((n) => <Skeleton key={n} h={128} radius="md" />)}
      </SimpleGrid>
    </Page>
  );
}

type Campaign = {
  id: string;
  title: string;
  kind: 'regulatory_comment' | 'census_occupation' | 'custom';
  status: (typeof statuses)[number];
  deadlineAt: string | null;
  deadlineZone: string | null;
};

function CampaignCard({ campaign }: { campaign: Campaign }) {
  const me = useMe();
  const own = me.role === 'leader' ? `/coalitions/${me.coalitionId!}` : '';
  const href = `/campaigns/${campaign.id}${own}`;
  const { campaigns: words } = useWords();
  const { language } = useLanguage();
  const now = useNow();
  const deadline = campaign.deadlineAt && new Date(campaign.deadlineAt);
  return (
    <Card withBorder component={Link} href={href} className="card-link">
      <Stack gap={4}>
        <Group justify="space-between">
          <Badge variant="light">{words.status[campaign.status]}</Badge>
          <Text size="sm" c="dimmed">
            {words.kind[campaign.kind]}
          </Text>
        </Group>
        <Title order={2} size="h4">
          {campaign.title}
        </Title>
        {deadline ? (
          <div>
            <Text fw={600}>{now ? sayDistance(deadline, now, language) : '\u00a0'}</Text>
            <Text size="sm" c="dimmed">
              {sayMoment(deadline, campaign.deadlineZone!, language)}
            </Text>
          </div>
        ) : (
          <Text c="dimmed">{words.noDate}</Text>
        )}
      </Stack>
    </Card>
  );
}
