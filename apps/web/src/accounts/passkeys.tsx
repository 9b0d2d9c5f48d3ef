import { Alert, Button, Group, Modal, Stack, Text, TextInput, Title } from '@mantine/core';
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.js';
import { meQuery } from '../api/me.js';
import { put, queries } from '../api/queries.js';
import type { components } from '../api/schema.js';
import { Confirmed } from '../shell/confirmed.js';
import { Failed } from '../shell/failed.js';
import { useTell } from '../shell/tell.js';
import { useLanguage, useWords } from '../words/language.js';
import { myZone, sayMoment } from '../words/say.js';
import { makePasskey, passkeysWork, sayPasskeyError, signInWithPasskey } from './webauthn.js';

type Passkey = components['schemas']['PasskeyList']['items'][number];

const passkeysQuery = queryOptions({
  queryKey: ['passkeys'],
  queryFn: async () => (await api.GET('/api/v1/me/passkeys')).data!.items,
});

/** One's passkeys: added, named, removed. */
export function Passkeys({ order = 3, done }: { order?: 2 | 3; done?: () => void }) {
  const { accounts } = useWords();
  const words = accounts.passkeys;
  const passkeys = useQuery(passkeysQuery);
  const [adding, setAdding] = useState(false);
  return (
    <Stack gap="sm" component="section" align="flex-start" aria-labelledby="passkeys">
      <Title order={order} size="h5" id="passkeys">
        {words.title}
      </Title>
      <Text>{words.lede}</Text>
      {passkeys.error && <Failed error={passkeys.error} retry={passkeys.refetch} />}
      {passkeys.data?.length === 0 && <Text c="dimmed">{words.none}</Text>}
      {passkeys.data?.map((passkey) => (
        <PasskeyRow key={passkey.id} passkey={passkey} />
      ))}
      {passkeysWork ? (
        <Button variant="default" onClick={() => setAdding(true)}>
          {words.add}
        </Button>
      ) : (
        <Text c="dimmed">{words.unable}</Text>
      )}
      {adding && <Add close={() => setAdding(false)} done={done} />}
    </Stack>
  );
}

/** Signs in anew with a passkey that one has, where a link was not enough. */
export function UsePasskey({ done }: { done?: () => void }) {
  const all = useWords();
  const use = useMutation({
    mutationFn: signInWithPasskey,
    onSuccess: async (me) => {
      await put(meQuery.queryKey, me);
      done?.();
    },
  });
  return (
    <>
      {use.error && (
        <Alert color="red" variant="light" role="alert">
          {sayPasskeyError(use.error, all)}
        </Alert>
      )}
      <Group>
        <Button loading={use.isPending} onClick={() => use.mutate()}>
          {all.accounts.passkeys.use}
        </Button>
      </Group>
    </>
  );
}

/** A change to one's passkeys changes what one is asked for besides. */
function useChanged() {
  return async () => {
    await queries.invalidateQueries({ queryKey: passkeysQuery.queryKey });
    await queries.invalidateQueries({ queryKey: meQuery.queryKey });
  };
}

function Add({ close, done }: { close: () => void; done: (() => void) | undefined }) {
  const all = useWords();
  const words = all.accounts.passkeys;
  const changed = useChanged();
  const tell = useTell();
  const [name, setName] = useState(words.first);
  const add = useMutation({
    mutationFn: async () => api.POST('/api/v1/me/passkeys', { body: { name, answer: await makePasskey() } }),
    onSuccess: async () => {
      close();
      tell(words.added);
      await changed();
      done?.();
    },
  });
  return (
    <Named
      title={words.add}
      name={name}
      setName={setName}
      label={words.create}
      pending={add.isPending}
      problem={add.error && sayPasskeyError(add.error, all)}
      submit={() => add.mutate()}
      close={close}
    />
  );
}

type NamedProps = {
  title: string;
  name: string;
  setName: (name: string) => void;
  label: string;
  pending: boolean;
  problem: string | null;
  submit: () => void;
  close: () => void;
};

function Named({ title, name, setName, label, pending, problem, submit, close }: NamedProps) {
  const { accounts, shell } = useWords();
  function press(event: FormEvent) {
    event.preventDefault();
    submit();
  }
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ 'aria-label': shell.close }}>
      <form onSubmit={press} noValidate>
        <Stack>
          {problem && (
            <Alert color="red" variant="light" role="alert">
              {problem}
            </Alert>
          )}
          <TextInput
            label={accounts.passkeys.name}
            maxLength={80}
            value={name}
            onChange={({ currentTarget: { value } }) => setName(value)}
          />
          <Group>
            <Button type="submit" loading={pending} disabled={name.trim() === ''}>
              {label}
            </Button>
            <Button variant="default" onClick={close}>
              {shell.cancel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function PasskeyRow({ passkey: { id, name, addedAt } }: { passkey: Passkey }) {
  const all = useWords();
  const { accounts, shell } = all;
  const words = accounts.passkeys;
  const { language } = useLanguage();
  const changed = useChanged();
  const tell = useTell();
  const path = { id };
  const [renaming, setRenaming] = useState(false);
  const [typed, setTyped] = useState(name);
  const close = () => setRenaming(false);
  const rename = useMutation({
    mutationFn: () => api.PATCH('/api/v1/me/passkeys/{id}', { params: { path }, body: { name: typed } }),
    onSuccess: async () => {
      close();
      tell(shell.saved);
      await changed();
    },
  });
  async function remove() {
    await api.DELETE('/api/v1/me/passkeys/{id}', { params: { path } });
    tell(words.removed(name));
    await changed();
  }
  return (
    <Group justify="space-between" gap="sm" w="100%">
      <div>
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="dimmed">
          {words.since(sayMoment(new Date(addedAt), myZone(), language))}
        </Text>
      </div>
      <Group gap="xs">
        <Button
          variant="default"
          size="xs"
          aria-label={`${words.rename}: ${name}`}
          onClick={() => setRenaming(true)}
        >
          {words.rename}
        </Button>
        <Confirmed
          size="xs"
          danger
          press={words.remove}
          label={`${words.remove}: ${name}`}
          title={words.removeTitle(name)}
          text={words.removeText}
          act={remove}
        />
      </Group>
      {renaming && (
        <Named
          title={words.rename}
          name={typed}
          setName={setTyped}
          label={shell.save}
          pending={rename.isPending}
          problem={rename.error && sayPasskeyError(rename.error, all)}
          submit={() => rename.mutate()}
          close={close}
        />
      )}
    </Group>
  );
}
