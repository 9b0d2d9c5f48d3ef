import { Badge, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.js';
import { Failed } from '../shell/failed.js';
import { useLanguage, useWords } from '../words/language.js';
import { sayMoment } from '../words/say.js';

type Props = { campaignId: string; coalitionId: string; zone: string };

/** What people who agreed to be seen texted, and no machine could answer. */
export function Inbox({ campaignId, coalitionId, zone }: Props) {
  const { dashboard: words } = useWords();
  const { language } = useLanguage();
  const texts = useQuery({
    queryKey: ['inbox', campaignId, coalitionId],
    refetchInterval: 30_000,
    queryFn: async () =>
      (
        await api.GET('/api/v1/campaigns/{id}/coalitions/{coalitionId}/texts', {
          params: { path: { id: campaignId, coalitionId } },
        })
      ).data!,
  });
  if (texts.error && !texts.data) return <Failed error={texts.error} retry={texts.refetch} />;
  return (
    <Stack component="section" gap="xs">
      <Title order={2} size="h3">
        {words.inbox}
      </Title>
      {texts.data?.items.length === 0 && <Text>{texts.data.yours ? words.inboxNone : words.notYours}</Text>}
      {texts.data?.items.map((text) => (
        <Card key={text.id} withBorder padding="sm">
          <Group gap="xs">
            <Text fw={600}>{text.name ?? words.somebody}</Text>
            {text.crisis && <Badge color="red">{words.crisis}</Badge>}
          </Group>
          <Text>{text.body}</Text>
          <Text size="sm" c="dimmed">
            {sayMoment(new Date(text.at), zone, language)}
          </Text>
        </Card>
      ))}
    </Stack>
  );
}
