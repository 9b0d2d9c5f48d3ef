import { Anchor, Button, Group, Loader, Modal, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { Redirect, useLocation, useSearch } from 'wouter';
import { Refusal } from '../api/client.js';
import { meQuery } from '../api/me.js';
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
  const queries = useQueryClient();
  const [ended, setEnded] = useState(false);
  useEffect(() => {
    const noticed = (error: unknown) => {
      if (!(error instanceof Refusal)) return;
      if (error.status === 401) setEnded(true);
      // It is needed since a moment ago.
      if (error.code === 'second_factor') void queries.invalidateQueries({ queryKey: meQuery.queryKey });
    };
    const reads = queries.getQueryCache().subscribe(({ query }) => noticed(query.state.error));
    const changes = queries.getMutationCache().subscribe(({ mutation }) => noticed(mutation?.state.error));
    return () => {
      reads();
      changes();
    };
  }, [queries]);
  async function goOn() {
    const me = await queries.fetchQuery({ ...meQuery, staleTime: 0 }).catch(() => null);
    if (!me) return;
    queries.getMutationCache().clear();
    // Asked for again, not emptied: what is typed stands on what was read before.
    await queries.invalidateQueries({ predicate: ({ state }) => state.status === 'error' });
    setEnded(false);
  }
  return (
    <Modal
      opened={ended}
      onClose={() => setEnded(false)}
      title={shell.sessionEndedTitle}
      closeButtonProps={{ 'aria-label': shell.close }}
    >
      <Stack>
        <Text>{shell.sessionEnded}</Text>
        <Group>
          <Anchor href="/console/sign-in?ended" target="_blank">
            {shell.signInAgain}
          </Anchor>
          <Button onClick={() => void goOn()}>{shell.goOn}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
