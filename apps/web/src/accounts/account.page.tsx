import { Badge, Button, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { api, forget } from '../api/client.js';
import { meQuery, useMe } from '../api/me.js';
import { put, queries } from '../api/queries.js';
import { Confirmed } from '../shell/confirmed.js';
import { Failed, useWrong } from '../shell/failed.js';
import { Page } from '../shell/page.js';
import { useTell } from '../shell/tell.js';
import { type Language, useLanguage, useWords } from '../words/language.js';
import { myZone, sayMoment } from '../words/say.js';
import { Codes } from './codes.js';
import { Passkeys, UsePasskey } from './passkeys.js';

/** One's own name and language, and where one is signed in. */
export function AccountPage() {
  const { accounts } = useWords();
  const me = useMe();
  return (
    <Page title={accounts.account.title} lede={me.email}>
      <OwnForm />
      <SecondFactor />
      <SessionsList />
    </Page>
  );
}

function OwnForm() {
  const { accounts, shell } = useWords();
  const me = useMe();
  const shown = useLanguage();
  const tell = useTell();
  const [name, setName] = useState(me.name);
  const [chosen, setChosen] = useState<Language>(me.language ?? shown.language);
  const save = useMutation({
    mutationFn: () => api.PATCH('/api/v1/me', { body: { name, language: chosen } }),
    onSuccess: async ({ data }) => {
      await put(meQuery.queryKey, data!);
      shown.choose(chosen);
      tell(shell.saved);
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }
  const wrong = useWrong(save.error)('name');
  return (
    <form onSubmit={submit} noValidate>
      <Stack maw={420}>
        {save.error && !wrong && <Failed error={save.error} />}
        <TextInput
          autoComplete="name"
          label={accounts.invitation.name}
          description={accounts.invitation.nameHint}
          value={name}
          error={wrong}
          onChange={({ currentTarget: { value } }) => setName(value)}
        />
        <Select
          label={accounts.invitation.language}
          allowDeselect={false}
          value={chosen}
          onChange={(next) => setChosen(next as Language)}
          data={Object.entries(shell.languages).map(([value, label]) => ({ value, label }))}
        />
        <Group>
          <Button type="submit" loading={save.isPending}>
            {accounts.account.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function SecondFactor() {
  const { accounts } = useWords();
  const words = accounts.factors;
  const { codes, passkeys, shown } = useMe().secondFactor!;
  return (
    <Stack gap="lg" component="section" maw={560}>
      <div>
        <Title order={2} size="h4">
          {words.title}
        </Title>
        <Text c="dimmed">{words.lede}</Text>
      </div>
      {!shown && (codes || passkeys > 0) ? (
        <>
          <Text>{words.linkOnly}</Text>
          <UsePasskey />
        </>
      ) : (
        <>
          <Codes />
          <Passkeys />
        </>
      )}
    </Stack>
  );
}

function SessionsList() {
  const { accounts } = useWords();
  const words = accounts.account;
  const { language } = useLanguage();
  const [, go] = useLocation();
  const sessions = useQuery({
    queryKey: ['sessions'],
    queryFn: async () => (await api.GET('/api/v1/me/sessions')).data!.items,
  });
  const end = useMutation({
    mutationFn: (id: string) => api.DELETE('/api/v1/me/sessions/{id}', { params: { path: { id } } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['sessions'] }),
  });
  async function everywhere() {
    await api.POST('/api/v1/me/sign-out-everywhere');
    queries.clear();
    forget();
    go('/sign-in');
  }
  const error = sessions.error ?? end.error;
  return (
    <Stack gap="sm" component="section" maw={560}>
      <Title order={2} size="h4">
        {words.sessions}
      </Title>
      {error && <Failed error={error} retry={sessions.refetch} />}
      {sessions.data?.map(({ id, device, startedAt, current }) => (
        <Group key={id} justify="space-between" gap="sm">
          <div>
            <Group gap="xs">
              <Text fw={600}>{device || words.unknownDevice}</Text>
              {current && <Badge variant="light">{words.current}</Badge>}
            </Group>
            <Text size="sm" c="dimmed">
              {words.since(sayMoment(new Date(startedAt), myZone(), language))}
            </Text>
          </div>
          {!current && (
            <Button
              variant="default"
              size="xs"
              loading={end.isPending && end.variables === id}
              onClick={() => end.mutate(id)}
            >
              {words.end}
            </Button>
          )}
        </Group>
      ))}
      <Group>
        <Confirmed
          danger
          press={words.everywhere}
          title={words.everywhere}
          text={words.everywhereAsk}
          act={everywhere}
        />
      </Group>
    </Stack>
  );
}
