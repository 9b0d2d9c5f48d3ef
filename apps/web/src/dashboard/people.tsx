import { Button, Card, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../api/client.js';
import { queries } from '../api/queries.js';
import { Copy } from '../shell/copy.js';
import { Failed } from '../shell/failed.js';
import { useTell, useTellFailed } from '../shell/tell.js';
import { useWords } from '../words/language.js';

type Props = {
  campaignId: string;
  coalitionId: string;
  kind: 'regulatory_comment' | 'census_occupation' | 'custom';
};
type Person = { id: string; name: string };

/** Who agreed to be seen and is not done: words for them, and "they told me they did it". */
export function People({ campaignId, coalitionId, kind }: Props) {
  const { dashboard: words } = useWords();
  const tell = useTell();
  const failed = useTellFailed();
  const path = { id: campaignId, coalitionId };
  const people = useInfiniteQuery({
    queryKey: ['people', campaignId, coalitionId],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam }) =>
      (
        await api.GET('/api/v1/campaigns/{id}/coalitions/{coalitionId}/people', {
          params: { path, query: { state: 'open', ...(pageParam && { cursor: pageParam }) } },
        })
      ).data!,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const refresh = () =>
    Promise.all(
      ['people', 'figures'].map((what) => queries.invalidateQueries({ queryKey: [what, campaignId] })),
    );
  async function takeBack({ id, name }: Person) {
    await api.DELETE('/api/v1/campaigns/{id}/coalitions/{coalitionId}/people/{signupId}/confirmation', {
      params: { path: { ...path, signupId: id } },
    });
    tell(words.takenBack(name));
    await refresh();
  }
  async function told(person: Person) {
    await api.PUT('/api/v1/campaigns/{id}/coalitions/{coalitionId}/people/{signupId}/confirmation', {
      params: { path: { ...path, signupId: person.id } },
      body: { outcome: kind === 'census_occupation' ? 'answered' : 'filed' },
    });
    tell(words.recorded(person.name), () => takeBack(person));
    await refresh();
  }
  const items = people.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack component="section" gap="xs">
      <Title order={2} size="h3">
        {words.people}
      </Title>
      {people.error && !people.data && <Failed error={people.error} retry={people.refetch} />}
      {people.isPending && <Skeleton h={120} radius="md" />}
      {people.data && !people.data.pages[0]!.yours && <Text>{words.notYours}</Text>}
      {people.data?.pages[0]!.yours && <Text>{items.length > 0 ? words.peopleHint : words.peopleNone}</Text>}
      {items.map((person) => (
        <Card key={person.id} withBorder padding="sm">
          <Group justify="space-between" gap="xs">
            <div>
              <Text fw={600}>{person.name}</Text>
              <Text size="sm" c="dimmed">
                {words.stage[person.stage]} · {words.localTime(person.localTime)}
              </Text>
              {!person.decentHour && <Text size="sm">{words.notNow}</Text>}
            </div>
            <Group gap="xs">
              <Copy value={person.words} name={words.copyFor(person.name)} />
              <Button
                variant="default"
                aria-label={words.toldOf(person.name)}
                onClick={() => void told(person).catch(failed)}
              >
                {words.told}
              </Button>
            </Group>
          </Group>
        </Card>
      ))}
      {people.hasNextPage && (
        <Button variant="default" onClick={() => void people.fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </Stack>
  );
}
