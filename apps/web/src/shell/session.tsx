import { Anchor, Button, Group, Loader, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { Redirect, useLocation, useSearch } from 'wouter';
import { Refusal } from '../api/client.js';
import { meQuery } from '../api/me.js';
import { queries } from '../api/queries.js';
import { SecondFactorPage } from '../accounts/second-factor.page.js';
import { useWords } from '../words/language.js';
import { Failed } from './failed.js';

/** What only staff see: who is not signed in goes to the sign-in page, and comes back to where they wanted to be. */
export function SignedIn({ children }: { children: ReactNode }) {
  const { shell } = useWords();
  const [location] = useLocation();
  const search = useSearch();
  const me = useQuery(meQuery);
  // Kept until they are done: who has just set one up has still to see their backup codes.
  const [led, setLed] = useState(false);
  if (me.data?.secondFactor?.due && !led) setLed(true);
  if (me.data && led) return <SecondFactorPage done={() => setLed(false)} />;
  if (me.data) {
    return (
      <>
        {children}
        <SessionEnded />
      </>
    );
  }
  if (me.error instanceof Refusal && me.error.status === 401) {
    const to = encodeURIComponent(search ? `${location}?${search}` : location);
    const ended = me.error.code === 'session_ended' ? '&ended' : '';
    return <Redirect to={`/sign-in?to=${to}${ended}`} replace />;
  }
  if (me.error) return <Failed error={me.error} retry={me.refetch} />;
  return <Loader role="status" aria-label={shell.loading} m="xl" />;
}

/** A session that ends while somebody types takes nothing away: the page stays as it is until they are back. */
function SessionEnded() {
  const { shell } = useWords();
  const [ended, setEnded] = useState(false);
  useEffect(() => {
    // Only as it happens: an error stays with its query until that is asked again.
    const noticed = (action: { type: string; error?: unknown }) => {
      if (action.type !== 'error' || !(action.error instanceof Refusal)) return;
      if (action.error.status === 401) setEnded(true);
      // It is needed since a moment ago.
      if (action.error.code === 'second_factor')
        void queries.invalidateQueries({ queryKey: meQuery.queryKey });
    };
    const reads = queries
      .getQueryCache()
      .subscribe((event) => event.type === 'updated' && noticed(event.action));
    const changes = queries
      .getMutationCache()
      .subscribe((event) => event.type === 'updated' && noticed(event.action));
    return () => {
      reads();
      changes();
    };
  }, []);
  const goOn = useMutation({
    mutationFn: async () => {
      // What is still on its way was asked by the session that ended.
      await queries.cancelQueries();
      await queries.fetchQuery({ ...meQuery, staleTime: 0 });
    },
    onSuccess: () => {
      setEnded(false);
      // Asked for again, not emptied: what is typed stands on what was read before.
      void queries.invalidateQueries({ predicate: ({ state }) => state.status !== 'success' });
    },
  });
  function close() {
    setEnded(false);
    goOn.reset();
  }
  return (
    <Modal
      opened={ended}
      onClose={close}
      title={shell.sessionEndedTitle}
      closeButtonProps={{ 'aria-label': shell.close }}
    >
      <Stack>
        <Text>{shell.sessionEnded}</Text>
        <Group>
          <Anchor href="/console/sign-in?ended" target="_blank">
            {shell.signInAgain}
          </Anchor>
          <Button loading={goOn.isPending} onClick={() => goOn.mutate()}>
            {shell.goOn}
          </Button>
        </Group>
        {goOn.error && <Failed error={goOn.error} />}
      </Stack>
    </Modal>
  );
}
