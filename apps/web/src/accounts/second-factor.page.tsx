import { Button, Group } from '@mantine/core';
import { useMe, useSignOut } from '../api/me.js';
import { Page } from '../shell/page.js';
import { useWords } from '../words/language.js';
import { Codes } from './codes.js';
import { Door } from './door.js';
import { Passkeys, UsePasskey } from './passkeys.js';

/** In the place of every other page, for whoever needs a second factor and has not shown one. */
export function SecondFactorPage({ done }: { done: () => void }) {
  const { accounts, shell } = useWords();
  const words = accounts.factors;
  const { passkeys, shown } = useMe().secondFactor!;
  const signOut = useSignOut();
  const have = passkeys > 0 && !shown;
  return (
    <Door>
      <Page title={have ? words.haveTitle : words.dueTitle} lede={have ? words.haveLede : words.dueLede}>
        {have ? (
          <UsePasskey done={done} />
        ) : (
          <>
            <Passkeys order={2} done={done} />
            <Codes order={2} done={done} />
          </>
        )}
        <Group>
          <Button variant="subtle" loading={signOut.isPending} onClick={() => signOut.mutate()}>
            {shell.signOut}
          </Button>
        </Group>
      </Page>
    </Door>
  );
}
