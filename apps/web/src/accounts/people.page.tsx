import { Button, Group, Modal, Select, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, Refusal } from '../api/client.js';
import { useMe } from '../api/me.js';
import type { components } from '../api/schema.js';
import { coalitionsQuery } from '../coalitions/queries.js';
import { Failed } from '../shell/failed.js';
import { useFilters } from '../shell/filters.js';
import { Page } from '../shell/page.js';
import { useTell } from '../shell/tell.js';
import { type Language, useLanguage, useWords } from '../words/language.js';
import { myZone, sayMoment } from '../words/say.js';

type Role = 'administrator' | 'organizer' | 'leader';
type Person = components['schemas']['StaffList']['items'][number];

const staffQuery = queryOptions({
  queryKey: ['staff'],
  queryFn: async () => (await api.GET('/api/v1/staff')).data!.items,
});
const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: async () => (await api.GET('/api/v1/invitations')).data!.items,
});

/** Whom each role may invite and remove. */
const seesTo: Record<Role, Role[]> = {
  administrator: ['leader', 'organizer', 'administrator'],
  organizer: ['leader', 'organizer'],
  leader: ['leader'],
};

/** Who is staff, and who was invited to be. */
export function PeoplePage() {
  const { accounts } = useWords();
  const words = accounts.people;
  const [filters, narrow] = useFilters();
  const [inviting, { open, close }] = useDisclosure();
  const staff = useQuery(staffQuery);
  const sought = (filters.get('q') ?? '').toLowerCase();
  const found = staff.data?.filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(sought));
  return (
    <Page title={words.title} actions={<Button onClick={open}>{words.invite}</Button>}>
      {staff.error && <Failed error={staff.error} retry={staff.refetch} />}
      {staff.isPending && <Skeleton h={160} radius="md" />}
      {staff.data && staff.data.length > 3 && (
        <TextInput
          type="search"
          maw={360}
          label={words.search}
          value={filters.get('q') ?? ''}
          onChange={({ currentTarget: { value } }) => narrow('q', value)}
        />
      )}
      {found?.length === 0 && <Text>{words.none}</Text>}
      <Stack gap="md">
        {found?.map((person) => (
          <PersonRow key={person.id} person={person} />
        ))}
      </Stack>
      <Invited />
      <Invite opened={inviting} close={close} />
    </Page>
  );
}

function useCoalitionName() {
  const coalitions = useQuery(coalitionsQuery);
  return (id: string | null) => coalitions.data?.find((coalition) => coalition.id === id)?.name;
}

function PersonRow({ person }: { person: Person }) {
  const { accounts, shell } = useWords();
  const words = accounts.people;
  const me = useMe();
  const queries = useQueryClient();
  const tell = useTell();
  const nameOf = useCoalitionName();
  const [asked, { open, close }] = useDisclosure();
  const remove = useMutation({
    mutationFn: () => api.DELETE('/api/v1/staff/{id}', { params: { path: { id: person.id } } }),
    onSuccess: async () => {
      close();
      tell(words.removed(person.name));
      await queries.invalidateQueries({ queryKey: staffQuery.queryKey });
    },
  });
  return (
    <Group justify="space-between" gap="sm">
      <div>
        <Text fw={600}>
          {person.name}
          {person.id === me.id && ` (${words.you})`}
        </Text>
        <Text size="sm" c="dimmed">
          {[shell.role[person.role], nameOf(person.coalitionId)].filter(Boolean).join(' · ')}
        </Text>
        <Text size="sm" c="dimmed">
          {person.email}
        </Text>
      </div>
      {person.id !== me.id && seesTo[me.role].includes(person.role) && (
        <Button variant="default" size="xs" aria-label={`${words.remove}: ${person.name}`} onClick={open}>
          {words.remove}
        </Button>
      )}
      <Modal
        opened={asked}
        onClose={close}
        title={words.removeTitle(person.name)}
        closeButtonProps={{ 'aria-label': shell.close }}
      >
        <Stack>
          {remove.error && <Failed error={remove.error} />}
          <Text>{words.removeText}</Text>
          <Group>
            <Button color="red.9" loading={remove.isPending} onClick={() => remove.mutate()}>
              {words.remove}
            </Button>
            <Button variant="default" onClick={close}>
              {shell.cancel}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Group>
  );
}

function Invited() {
  const { accounts, shell } = useWords();
  const words = accounts.people;
  const { language } = useLanguage();
  const me = useMe();
  const queries = useQueryClient();
  const tell = useTell();
  const nameOf = useCoalitionName();
  const invitations = useQuery(invitationsQuery);
  const takeBack = useMutation({
    mutationFn: (id: string) => api.DELETE('/api/v1/invitations/{id}', { params: { path: { id } } }),
    onSuccess: async () => {
      tell(words.takenBack);
      await queries.invalidateQueries({ queryKey: invitationsQuery.queryKey });
    },
  });
  const error = invitations.error ?? takeBack.error;
  if (error) return <Failed error={error} retry={invitations.refetch} />;
  if (!invitations.data?.length) return null;
  return (
    <Stack gap="md" component="section">
      <Title order={2} size="h4">
        {words.open}
      </Title>
      {invitations.data.map(({ id, email, role, coalitionId, invitedBy, endsAt }) => (
        <Group key={id} justify="space-between" gap="sm">
          <div>
            <Text fw={600}>{email}</Text>
            <Text size="sm" c="dimmed">
              {[shell.role[role], nameOf(coalitionId)].filter(Boolean).join(' · ')}
            </Text>
            <Text size="sm" c="dimmed">
              {words.invitedBy(invitedBy, sayMoment(new Date(endsAt), myZone(), language))}
            </Text>
          </div>
          {seesTo[me.role].includes(role) && (
            <Button
              variant="default"
              size="xs"
              aria-label={`${words.takeBack}: ${email}`}
              loading={takeBack.isPending && takeBack.variables === id}
              onClick={() => takeBack.mutate(id)}
            >
              {words.takeBack}
            </Button>
          )}
        </Group>
      ))}
    </Stack>
  );
}

function Invite({ opened, close }: { opened: boolean; close: () => void }) {
  const { accounts, shell } = useWords();
  const words = accounts.people;
  const me = useMe();
  const queries = useQueryClient();
  const tell = useTell();
  const coalitions = useQuery(coalitionsQuery);
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('leader');
  const [coalitionId, setCoalitionId] = useState<string | null>(me.coalitionId);
  const [language, setLanguage] = useState<Language>(useLanguage().language);
  const invite = useMutation({
    mutationFn: () =>
      api.POST('/api/v1/invitations', {
        body: { email, role, language, coalitionId: role === 'leader' ? coalitionId : null },
      }),
    onSuccess: async () => {
      close();
      setEmail('');
      tell(words.sent(email));
      await queries.invalidateQueries({ queryKey: invitationsQuery.queryKey });
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    invite.mutate();
  }
  const wrong = (path: string) => (invite.error instanceof Refusal ? invite.error.of(path) : null);
  const shown = wrong('email') ?? wrong('coalitionId');
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={words.inviteTitle}
      closeButtonProps={{ 'aria-label': shell.close }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          {invite.error && !shown && <Failed error={invite.error} />}
          <TextInput
            type="email"
            label={words.email}
            value={email}
            error={wrong('email')}
            onChange={({ currentTarget: { value } }) => setEmail(value)}
          />
          <Select
            label={words.role}
            allowDeselect={false}
            value={role}
            onChange={(next) => setRole(next as Role)}
            data={seesTo[me.role].map((value) => ({ value, label: shell.role[value] }))}
          />
          {role === 'leader' && (
            <Select
              label={words.coalition}
              searchable
              allowDeselect={false}
              value={coalitionId}
              error={wrong('coalitionId')}
              onChange={setCoalitionId}
              data={coalitions.data?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
            />
          )}
          <Select
            label={words.language}
            allowDeselect={false}
            value={language}
            onChange={(next) => setLanguage(next as Language)}
            data={Object.entries(shell.languages).map(([value, label]) => ({ value, label }))}
          />
          <Button type="submit" loading={invite.isPending}>
            {words.send}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
