import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api } from '../api/client.js';
import { useMe } from '../api/me.js';
import { TextCard } from '../inbox/text-card.js';
import { Failed } from '../shell/failed.js';
import { useWords } from '../words/language.js';

type Props = { campaignId: string; coalitionId: string; zone: string };

/** What people who agreed to be seen texted, and no machine could answer. */
export function Inbox({ campaignId, coalitionId, zone }: Props) {
  const { dashboard: words, texts: inbox } = useWords();
  const me = useMe();
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
      {me.role !== 'leader' && (
        <Anchor component={Link} href={`/campaigns/${campaignId}/texts?coalition=${coalitionId}&show=all`}>
          {words.inboxOfAll}
        </Anchor>
      )}
      {texts.data && texts.data.items.length > 0 && (
        <ol className="cards">
          {texts.data.items.map((text) => (
            <TextCard key={text.id} name={text.name ?? inbox.somebody} text={text} zone={zone} />
          ))}
        </ol>
      )}
    </Stack>
  );
}
