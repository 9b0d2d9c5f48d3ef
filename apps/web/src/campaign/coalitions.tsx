import { Anchor, List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { sideBySideQuery } from '../charts/queries.js';
import { useLanguage, useWords } from '../words/language.js';
import { sayNumber } from '../words/say.js';

/** Who recruits, the first of many; behind each name its figures and its share kit. */
export function Coalitions({ campaignId }: { campaignId: string }) {
  const { campaign: words } = useWords();
  const { language } = useLanguage();
  const list = useQuery(sideBySideQuery(campaignId, 'confirmed', '', 1));
  if (list.data?.found === 0) return <Text>{words.coalitionsNone}</Text>;
  return (
    <Stack gap="xs">
      <List>
        {list.data?.items.map(({ coalitionId, name }) => (
          <List.Item key={coalitionId}>
            <Anchor component={Link} href={`/campaigns/${campaignId}/coalitions/${coalitionId}`}>
              {name}
            </Anchor>
          </List.Item>
        ))}
      </List>
      {list.data && list.data.pages > 1 && (
        <Anchor component={Link} href={`/campaigns/${campaignId}/figures/coalitions`}>
          {words.coalitionsAll(sayNumber(list.data.found, language))}
        </Anchor>
      )}
    </Stack>
  );
}
