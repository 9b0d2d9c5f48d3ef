import { Button, Card, FileButton, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { api } from '../../api/client.js';
import { Failed } from '../../shell/failed.js';
import { Page } from '../../shell/page.js';
import { useWords } from '../../words/language.js';

const kits = ['docket-comment', 'occupation-entry', 'board-call', 'custom'] as const;

/** The first choice, which makes a draft that can be left and taken up again. */
export function NewCampaignPage() {
  const { setup } = useWords();
  const [, go] = useLocation();
  const begin = useMutation({
    mutationFn: async (from: { kit: (typeof kits)[number] } | { kitFile: string }) =>
      (await api.POST('/api/v1/campaigns', { body: from })).data!,
    onSuccess: ({ id, kind }) =>
      go(`/campaigns/${id}/setup/${kind === 'regulatory_comment' ? 'document' : 'goal'}`, { replace: true }),
  });
  const chosen = begin.variables;
  const fromFile = chosen && 'kitFile' in chosen;
  const isOver = begin.isPending || begin.isSuccess;
  const failed = begin.error && <Failed error={begin.error} />;
  return (
    <Page title={setup.newTitle} lede={setup.newLede}>
      {!fromFile && failed}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
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
                onClick={() => begin.mutate({ kit })}
                loading={begin.isPending && chosen && 'kit' in chosen && chosen.kit === kit}
                disabled={isOver}
                aria-label={`${setup.begin}: ${setup.kit[kit].title}`}
              >
                {setup.begin}
              </Button>
            </Stack>
          </Card>
        ))}
        <Card withBorder>
          <Stack h="100%" justify="space-between">
            <div>
              <Title order={2} size="h4">
                {setup.fromFile.title}
              </Title>
              <Text c="dimmed">{setup.fromFile.text}</Text>
            </div>
            <FileButton
              accept=".yaml,.yml"
              onChange={(file) => void file?.text().then((kitFile) => begin.mutate({ kitFile }))}
            >
              {(props) => (
                <Button {...props} variant="default" loading={begin.isPending && fromFile} disabled={isOver}>
                  {setup.fromFile.choose}
                </Button>
              )}
            </FileButton>
          </Stack>
        </Card>
      </SimpleGrid>
      {fromFile && failed}
    </Page>
  );
}
