import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLocation, useParams, useSearchParams } from 'wouter';
import { api, Refusal } from '../api/client.js';
import { meQuery } from '../api/me.js';
import { Failed } from '../shell/failed.js';
import { Page } from '../shell/page.js';
import { useWords } from '../words/language.js';
import { Door } from './door.js';

/** Where somebody wanted to be before they signed in; the mailed link opens in another tab. */
const wanted = 'drumbeat.wanted';

/** Asks for the address that a link is mailed to. */
export function SignInPage() {
  const { accounts } = useWords();
  const words = accounts.signIn;
  const [search] = useSearchParams();
  const [email, setEmail] = useState('');
  const ask = useMutation({
    mutationFn: () => api.POST('/api/v1/sign-in', { body: { email } }),
    onSuccess: () => localStorage.setItem(wanted, search.get('to') ?? '/'),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    ask.mutate();
  }
  if (ask.isSuccess)
    return (
      <Door>
        <Page key="sent" title={words.sentTitle}>
          <Text role="status">{words.sent(email)}</Text>
          <Group>
            <Button variant="default" onClick={() => ask.reset()}>
              {words.again}
            </Button>
          </Group>
        </Page>
      </Door>
    );
  const wrong = ask.error instanceof Refusal ? ask.error.of('email') : null;
  return (
    <Door>
      <Page title={words.title} lede={words.lede}>
        <form onSubmit={submit} noValidate>
          <Stack>
            {ask.error && !wrong && <Failed error={ask.error} />}
            <TextInput
              type="email"
              autoComplete="email"
              label={words.email}
              value={email}
              error={wrong}
              onChange={({ currentTarget: { value } }) => setEmail(value)}
            />
            <Button type="submit" loading={ask.isPending}>
              {words.button}
            </Button>
          </Stack>
        </form>
      </Page>
    </Door>
  );
}

/** What a mailed link opens; only its button signs in, so that a scanner that follows links does not. */
export function LinkPage() {
  const { accounts } = useWords();
  const words = accounts.link;
  const { token } = useParams<{ token: string }>();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const open = useMutation({
    mutationFn: () => api.POST('/api/v1/sign-in/{token}', { params: { path: { token } } }),
    onSuccess: ({ data }) => {
      queries.setQueryData(meQuery.queryKey, data);
      go(localStorage.getItem(wanted) ?? '/', { replace: true });
      localStorage.removeItem(wanted);
    },
  });
  const ended = open.error instanceof Refusal && open.error.code === 'link_ended';
  return (
    <Door>
      {ended ? (
        <Page key="ended" title={words.endedTitle} lede={words.ended}>
          <Button onClick={() => go('/sign-in')}>{words.new}</Button>
        </Page>
      ) : (
        <Page key="link" title={words.title} lede={words.lede}>
          {open.error && <Failed error={open.error} />}
          <Button loading={open.isPending} onClick={() => open.mutate()}>
            {words.button}
          </Button>
        </Page>
      )}
    </Door>
  );
}
