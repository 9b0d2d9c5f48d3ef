import { Anchor, List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api } from '../api/client.js';
import { useWords } from '../words/language.js';
import type { Campaign } from './queries.js';

/** Who recruits; behind each name its figures and its share kit. */
export function Coalitions({ campaign: { id, coalitionIds } }: { campaign: Campaign }) {
  const { campaign: words } = useWords();
  const coalitions = useQuery({
    queryKey: ['coalitions'],
    queryFn: async () => (await api.GET('/api/v1/coalitions')).data!.items,
  });
  const recruiting = coalitions.data?.filter((coalition) => coalitionIds.includes(coalition.id));
  if (recruiting?.length === 0) return <Text>{words.coalitionsNone}</Text>;
  return (
    <List>
      {recruiting?.map(({ id: coalitionId, name }) => (
        <List.Item key={coalitionId}>
          <Anchor component={Link} href={`/campaigns/${id}/coalitions/${coalitionId}`}>
            {name}
          </Anchor>
        </List.Item>
      ))}
    </List>
  );
}
