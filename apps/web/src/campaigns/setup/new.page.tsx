import { Button, Card, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { api } from '../../api/client.js';
import { Failed } from '../../shell/failed.js';
import { Page } from '../../shell/page.js';
import { useWords } from '../../words/language.js';

const kits = ['docket-comment', 'occupation-entry', 'custom'] as const;

/** The first choice, which makes a draft that can be left and taken up again. */
export function NewCampaignPage() {
  const { setup } = useWords();
  const [, go] = useLocation();
  const begin = useMutation({
    mutationFn: async (kit: (typeof kits)[number]) =>
      (await api.POST('/api/v1/campaigns', { body: { kit } })).data!,
    onSuccess: ({ id, kind }) =>
      go(`/campaigns/${id}/setup/${kind === 'regulatory_comment' ? 'document' : 'goal'}`, { replace: true }),
  });
  return (
    <Page title={setup.newTitle} lede={setup.newLede}>
      {begin.error && <Failed error={begin.error} />}
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        {kits.map((kit) => (
          <Card key={kit} withBorder>
            <Stack h="100%" justify="space-between">
              <div>
                <Title order={2} size="h4">
                  {setup.kit[kit].title}
                </Title>
                <Text c="dimmed">{setup.kit[kit].text}</Text>
              </div>
              <Button
                onClick={() => begin.mutate(kit)}
                loading={begin.isPending && begin.variables === kit}
                disabled={begin.isPending || begin.isSuccess}
                aria-label={`${setup.begin}: ${setup.kit[kit].title}`}
              >
                {setup.begin}
              </Button>
            </Stack>
          </Card>
        ))}
      </SimpleGrid>
    </Page>
  );
}
