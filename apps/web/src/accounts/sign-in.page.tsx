import { Alert, Button, Divider, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLocation, useParams, useSearchParams } from 'wouter';
import { api, Refusal } from '../api/client.js';
import { meQuery } from '../api/me.js';
import { put } from '../api/queries.js';
import type { components } from '../api/schema.js';
import { Failed, useWrong } from '../shell/failed.js';
import { Page } from '../shell/page.js';
import { useWords } from '../words/language.js';
import { CodeInput } from './codes.js';
import { Door } from './door.js';
import { passkeysWork, sayPasskeyError, signInWithPasskey } from './webauthn.js';

/** Where somebody wanted to be before they signed in; the mailed link opens in another tab. */
const wanted = 'drumbeat.wanted';

/** Whoever has just come in goes on to where they wanted to be. */
function useArrive() {
  const [, go] = useLocation();
  return async (me: components['schemas']['Me'], place = localStorage.getItem(wanted)) => {
    await put(meQuery.queryKey, me);
    go(place ?? '/', { replace: true });
    localStorage.removeItem(wanted);
  };
}

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
  const wrong = useWrong(ask.error)('email');
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
  return (
    <Door>
      <Page title={words.title} lede={words.lede}>
        {search.has('ended') && <Alert title={words.endedTitle}>{words.ended}</Alert>}
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
        {passkeysWork && <WithPasskey to={search.get('to')} />}
      </Page>
    </Door>
  );
}

function WithPasskey({ to }: { to: string | null }) {
  const all = useWords();
  const words = all.accounts.signIn;
  const arrive = useArrive();
  const signIn = useMutation({ mutationFn: signInWithPasskey, onSuccess: (me) => arrive(me, to) });
  return (
    <Stack>
      <Divider label={words.or} />
      {signIn.error && (
        <Alert color="red" variant="light" role="alert">
          {sayPasskeyError(signIn.error, all)}
        </Alert>
      )}
      <Button variant="default" loading={signIn.isPending} onClick={() => signIn.mutate()}>
        {words.passkey}
      </Button>
    </Stack>
  );
}

/** What a mailed link opens; only its button signs in, so that a scanner that follows links does not. */
export function LinkPage() {
  const { accounts } = useWords();
  const words = accounts.link;
  const { token } = useParams<{ token: string }>();
  const [, go] = useLocation();
  const arrive = useArrive();
  const open = useMutation({
    mutationFn: () => api.POST('/api/v1/sign-in/{token}', { params: { path: { token } } }),
    onSuccess: ({ data }) => (data ? arrive(data) : go('/sign-in/code', { replace: true })),
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

/** After the link, for whoever has codes: asks for one. */
export function CodePage() {
  const { accounts } = useWords();
  const words = accounts.code;
  const [, go] = useLocation();
  const arrive = useArrive();
  const [code, setCode] = useState('');
  const given = useMutation({
    mutationFn: () => api.POST('/api/v1/sign-in/code', { body: { code } }),
    onSuccess: ({ data }) => arrive(data!),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    given.mutate();
  }
  const anew = given.error instanceof Refusal && given.error.code === 'sign_in_anew';
  return (
    <Door>
      {anew ? (
        <Page key="anew" title={words.anewTitle} lede={words.anew}>
          <Button onClick={() => go('/sign-in')}>{accounts.link.new}</Button>
        </Page>
      ) : (
        <Page key="code" title={words.title} lede={words.lede}>
          <form onSubmit={submit} noValidate>
            <Stack>
              <CodeInput
                label={words.code}
                description={words.hint}
                code={code}
                setCode={setCode}
                error={given.error}
              />
              <Button type="submit" loading={given.isPending}>
                {words.button}
              </Button>
            </Stack>
          </form>
        </Page>
      )}
    </Door>
  );
}
