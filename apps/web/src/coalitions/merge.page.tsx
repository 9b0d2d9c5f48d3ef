import { Alert, Anchor, Button, Group, List, Select, Skeleton, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useLocation, useParams, useSearchParams } from 'wouter';
import { api } from '../api/client.js';
import { queries } from '../api/queries.js';
import { Failed } from '../shell/failed.js';
import { Page } from '../shell/page.js';
import { useTell } from '../shell/tell.js';
import { useWords } from '../words/language.js';
import { coalitionQuery, coalitionsQuery } from './queries.js';

/** One coalition becomes part of another: first what follows, then one press. */
export function MergePage() {
  const { id = '' } = useParams<{ id: string }>();
  const { coalitions: words, shell } = useWords();
  const [, go] = useLocation();
  const [search, setSearch] = useSearchParams();
  const tell = useTell();
  const into = search.get('into');
  const coalition = useQuery(coalitionQuery(id));
  const list = useQuery(coalitionsQuery);
  const preview = useQuery({
    queryKey: ['coalitions', id, 'merge', into],
    enabled: into !== null,
    queryFn: async () =>
      (
        await api.GET('/api/v1/coalitions/{coalitionId}/merge', {
          params: { path: { coalitionId: id }, query: { into: into! } },
        })
      ).data!,
  });
  const merge = useMutation({
    mutationFn: async () =>
      (
        await api.POST('/api/v1/coalitions/{coalitionId}/merge', {
          params: { path: { coalitionId: id } },
          body: { into: into! },
        })
      ).data!,
    async onSuccess({ from, into }) {
      go(`/coalitions/${into.id}`);
      tell(words.merged(from.name, into.name));
      await queries.invalidateQueries({ queryKey: ['coalitions'] });
    },
  });
  const name = coalition.data?.name ?? '';
  const effect = preview.data;
  return (
    <Page
      title={words.mergeTitle(name)}
      lede={name && words.mergeLede(name)}
      above={
        <Anchor component={Link} href={`/coalitions/${id}`}>
          ← {name || words.toTree}
        </Anchor>
      }
    >
      {coalition.error && <Failed error={coalition.error} retry={coalition.refetch} />}
      <Select
        searchable
        maw={480}
        label={words.into}
        description={words.intoHint}
        value={into}
        onChange={(value) => setSearch(value ? { into: value } : {}, { replace: true })}
        data={(list.data ?? [])
          .filter((each) => each.id !== id)
          .map((each) => ({ value: each.id, label: each.name }))}
      />
      {preview.isFetching && !effect && <Skeleton h={140} radius="md" />}
      {preview.error && <Failed error={preview.error} retry={preview.refetch} />}
      {effect && (
        <Stack gap="sm" aria-live="polite">
          <Text fw={600} component="h2" m={0}>
            {words.before}
          </Text>
          <List spacing={4} withPadding>
            {effect.campaigns.length === 0 && <List.Item>{words.noCampaigns}</List.Item>}
            {effect.campaigns.map(({ id, title, people, inBoth }) => (
              <List.Item key={id}>
                {title}: {words.people(people, inBoth)}
              </List.Item>
            ))}
            {effect.hidden > 0 && <List.Item>{words.hidden(effect.hidden)}</List.Item>}
            {effect.children.length > 0 && (
              <List.Item>{words.children(effect.children.map(({ name }) => name).join(', '))}</List.Item>
            )}
            {effect.leaders > 0 && <List.Item>{words.leaders(effect.leaders)}</List.Item>}
            <List.Item>{words.links}</List.Item>
          </List>
          {merge.error && <Failed error={merge.error} />}
          <Alert color="red" variant="light">
            <Stack gap="sm" align="flex-start">
              <Text fw={600}>{words.cannotUndo}</Text>
              <Group>
                <Button color="red.9" loading={merge.isPending} onClick={() => merge.mutate()}>
                  {words.doMerge}
                </Button>
                <Button variant="default" component={Link} href={`/coalitions/${id}`}>
                  {shell.cancel}
                </Button>
              </Group>
            </Stack>
          </Alert>
        </Stack>
      )}
    </Page>
  );
}
