import { Alert, Anchor, Button, Group, Skeleton, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { api, Refusal } from '../api/client.js';
import { useMe } from '../api/me.js';
import { put, queries } from '../api/queries.js';
import { Failed } from '../shell/failed.js';
import { Page } from '../shell/page.js';
import { useTell } from '../shell/tell.js';
import { useWords } from '../words/language.js';
import { CoalitionFields, type Draft, draftFields, draftOf, emptyDraft } from './fields.js';
import { Logo } from './logo.js';
import { type Coalition, coalitionQuery, coalitionsQuery } from './queries.js';

export function NewCoalitionPage() {
  const { coalitions: words } = useWords();
  const [, go] = useLocation();
  const tell = useTell();
  const list = useQuery(coalitionsQuery);
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const create = useMutation({
    mutationFn: async () => {
      const { slug, name, parentId, ...rest } = draft;
      const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''));
      return (await api.POST('/api/v1/coalitions', { body: { slug, name, parentId, ...given } })).data!;
    },
    async onSuccess(coalition) {
      go(`/coalitions/${coalition.id}`, { replace: true });
      tell(words.created(coalition.name));
      await queries.invalidateQueries({ queryKey: ['coalitions'] });
    },
  });
  return (
    <Page title={words.newTitle} above={<ToTree />}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <CoalitionFields
          draft={draft}
          change={(part) => setDraft({ ...draft, ...part })}
          error={create.error}
          parents={list.data ?? []}
          all
          fresh
        />
        <Group mt="lg">
          <Button type="submit" loading={create.isPending}>
            {words.create}
          </Button>
        </Group>
      </form>
    </Page>
  );
}

export function CoalitionPage() {
  const { id = '' } = useParams<{ id: string }>();
  const { coalitions: words } = useWords();
  const me = useMe();
  const coalition = useQuery(coalitionQuery(id));
  const list = useQuery(coalitionsQuery);
  const survivor = list.data?.find(({ id }) => id === coalition.data?.mergedInto);
  return (
    <Page
      title={coalition.data?.name ?? words.title}
      above={<ToTree />}
      actions={
        coalition.data &&
        !coalition.data.mergedInto && (
          <>
            <Button variant="default" component={Link} href={`/people?coalition=${id}`}>
              {words.invite}
            </Button>
            {me.role !== 'leader' && (
              <Button variant="default" component={Link} href={`/coalitions/${id}/merge`}>
                {words.merge}
              </Button>
            )}
          </>
        )
      }
    >
      {coalition.error && <Failed error={coalition.error} retry={coalition.refetch} />}
      {coalition.isPending && <Skeleton h={480} radius="md" />}
      {coalition.data?.mergedInto && (
        <Anchor component={Link} href={`/coalitions/${coalition.data.mergedInto}`}>
          {words.mergedInto(survivor?.name ?? '')}
        </Anchor>
      )}
      {coalition.data && !coalition.data.mergedInto && <Edit key={id} coalition={coalition.data} />}
    </Page>
  );
}

type Meanwhile = { who: string; theirs: { field: keyof Draft; value: string }[] };

/** What is typed is kept whatever happens; who saved in between is told of, and what they did is not overwritten unseen. */
function Edit({ coalition }: { coalition: Coalition }) {
  const { coalitions: words, shell } = useWords();
  const me = useMe();
  const tell = useTell();
  const list = useQuery(coalitionsQuery);
  const [base, setBase] = useState(coalition);
  const [draft, setDraft] = useState(draftOf(coalition));
  const [meanwhile, setMeanwhile] = useState<Meanwhile | null>(null);
  const changed = draftFields.filter((field) => draft[field] !== base[field]);
  const path = { params: { path: { coalitionId: coalition.id } } };
  const keep = (saved: Coalition) => {
    setBase(saved);
    void put(coalitionQuery(saved.id).queryKey, saved);
    void queries.invalidateQueries({ queryKey: coalitionsQuery.queryKey, exact: true });
  };
  const save = useMutation({
    mutationFn: async () => {
      const body = {
        version: base.version,
        ...Object.fromEntries(changed.map((field) => [field, draft[field]])),
      };
      return (await api.PATCH('/api/v1/coalitions/{coalitionId}', { ...path, body })).data!;
    },
    onSuccess(saved) {
      keep(saved);
      setDraft(draftOf(saved));
      setMeanwhile(null);
      tell(shell.saved);
    },
    async onError(error) {
      if (!(error instanceof Refusal) || error.code !== 'changed_meanwhile') return;
      const now = (await api.GET('/api/v1/coalitions/{coalitionId}', path)).data!;
      const theirs = draftFields.filter((field) => now[field] !== base[field]);
      const both = theirs.filter((field) => draft[field] !== base[field] && draft[field] !== now[field]);
      const filled = Object.fromEntries(
        theirs.filter((field) => !both.includes(field)).map((field) => [field, now[field]]),
      );
      setDraft({ ...draft, ...filled });
      setBase(now);
      const changes = error.more['changes'] as { by: string }[];
      setMeanwhile({
        who: [...new Set(changes.map(({ by }) => by))].join(', ') || words.somebody,
        theirs: both.map((field) => ({ field, value: String(now[field] ?? words.noParent) })),
      });
    },
  });
  useEffect(() => {
    if (changed.length === 0) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [changed.length]);
  const isConflict = save.error instanceof Refusal && save.error.code === 'changed_meanwhile';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {meanwhile && (
        <Alert color="blue" title={words.meanwhile(meanwhile.who)} mb="lg" role="alert">
          <Text>{words.meanwhileText}</Text>
          {meanwhile.theirs.map(({ field, value }) => (
            <Text key={field}>{words.theirs(field === 'parentId' ? words.parent : words[field], value)}</Text>
          ))}
        </Alert>
      )}
      <CoalitionFields
        draft={draft}
        change={(part) => setDraft({ ...draft, ...part })}
        error={isConflict ? null : save.error}
        parents={(list.data ?? []).filter(({ id }) => id !== coalition.id)}
        all={me.role !== 'leader'}
      >
        <Logo coalition={base} kept={keep} />
      </CoalitionFields>
      <Group mt="lg">
        <Button type="submit" loading={save.isPending} disabled={changed.length === 0}>
          {shell.save}
        </Button>
        {changed.length > 0 && (
          <Button variant="default" onClick={() => setDraft(draftOf(base))}>
            {shell.cancel}
          </Button>
        )}
      </Group>
    </form>
  );
}

function ToTree() {
  const { coalitions: words } = useWords();
  return (
    <Anchor component={Link} href="/coalitions">
      ← {words.toTree}
    </Anchor>
  );
}
