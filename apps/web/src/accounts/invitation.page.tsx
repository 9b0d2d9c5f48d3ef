import { Button, Loader, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { api, Refusal } from '../api/client.js';
import { meQuery } from '../api/me.js';
import { put } from '../api/queries.js';
import { Failed, useWrong } from '../shell/failed.js';
import { Page } from '../shell/page.js';
import { type Language, useLanguage, useWords } from '../words/language.js';
import { Door } from './door.js';

/** What a mailed invitation opens: whose it is, and a form whose button accepts it. */
export function InvitationPage() {
  const { accounts, shell } = useWords();
  const words = accounts.invitation;
  const { token } = useParams<{ token: string }>();
  const path = { token };
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: async () => (await api.GET('/api/v1/invitation/{token}', { params: { path } })).data!,
    staleTime: Infinity,
  });
  const chosen = useLanguage();
  const [name, setName] = useState('');
  const [, go] = useLocation();
  const accept = useMutation({
    mutationFn: () =>
      api.POST('/api/v1/invitation/{token}', { params: { path }, body: { name, language: chosen.language } }),
    onSuccess: async ({ data }) => {
      await put(meQuery.queryKey, data!);
      go('/', { replace: true });
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    accept.mutate();
  }
  const wrong = useWrong(accept.error)('name');
  const refused = accept.error ?? invitation.error;
  if (refused instanceof Refusal && refused.code === 'link_ended')
    return (
      <Door>
        <Page key="ended" title={words.endedTitle} lede={words.ended}>
          <Button onClick={() => go('/sign-in')}>{words.toSignIn}</Button>
        </Page>
      </Door>
    );
  if (refused instanceof Refusal && refused.code === 'account_there')
    return (
      <Door>
        <Page key="there" title={words.thereTitle} lede={words.there(invitation.data!.email)}>
          <Button onClick={() => go('/sign-in')}>{words.toSignIn}</Button>
        </Page>
      </Door>
    );
  if (invitation.error)
    return (
      <Door>
        <Failed error={invitation.error} retry={invitation.refetch} />
      </Door>
    );
  if (!invitation.data)
    return (
      <Door>
        <Loader role="status" aria-label={shell.loading} />
      </Door>
    );
  const { invitedBy, coalition, role, email } = invitation.data;
  return (
    <Door>
      <Page title={words.title} lede={words.lede(invitedBy, coalition, role)}>
        <form onSubmit={submit} noValidate>
          <Stack>
            {accept.error && !wrong && <Failed error={accept.error} />}
            <Text>{words.address(email)}</Text>
            <TextInput
              autoComplete="name"
              label={words.name}
              description={words.nameHint}
              value={name}
              error={wrong}
              onChange={({ currentTarget: { value } }) => setName(value)}
            />
            <Select
              label={words.language}
              allowDeselect={false}
              value={chosen.language}
              onChange={(next) => chosen.choose(next as Language)}
              data={Object.entries(shell.languages).map(([value, label]) => ({ value, label }))}
            />
            <Button type="submit" loading={accept.isPending}>
              {words.button}
            </Button>
          </Stack>
        </form>
      </Page>
    </Door>
  );
}
