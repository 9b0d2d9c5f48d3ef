import { Button, Group, Modal, Select, Skeleton, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api/client.js';
import { useMe } from '../api/me.js';
import { put, queries } from '../api/queries.js';
import type { components } from '../api/schema.js';
import { coalitionsQuery } from '../coalitions/queries.js';
import { Confirmed } from '../shell/confirmed.js';
import { Failed, useWrong } from '../shell/failed.js';
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
  const me = useMe();
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
      <Stack gap="md" maw={720}>
        {found?.map((person) => (
          <PersonRow key={person.id} person={person} />
        ))}
      </Stack>
      <Invited />
      {me.role === 'administrator' && <SecondFactorRule />}
      <Invite opened={inviting} close={close} />
    </Page>
  );
}

function useCoalitionName() {
  const coalitions = useQuery(coalitionsQuery);
  return (id: string | null) => coalitions.data?.find((coalition) => coalition.id === id)?.name;
}

/** Whether organizers and administrators need a second factor. */
function SecondFactorRule() {
  const { accounts } = useWords();
  const words = accounts.people;
  const me = useMe();
  const tell = useTell();
  const queryKey = ['second-factor'];
  const rule = useQuery({
    queryKey,
    queryFn: async () => (await api.GET('/api/v1/staff/second-factor')).data!,
  });
  const change = useMutation({
    mutationFn: async (required: boolean) =>
      (await api.PUT('/api/v1/staff/second-factor', { body: { required } })).data!,
    onSuccess: async (data) => {
      await put(queryKey, data);
      tell(data.required ? words.ruleOn : words.ruleOff);
    },
  });
  if (!rule.data) return rule.error && <Failed error={rule.error} retry={rule.refetch} />;
  const own = me.secondFactor!.shown;
  return (
    <Stack gap="sm" component="section">
      <Title order={2} size="h4">
        {accounts.factors.title}
      </Title>
      {change.error && <Failed error={change.error} />}
      <Switch
        label={words.rule}
        description={own || rule.data.required ? words.ruleText : words.ruleFirst}
        checked={rule.data.required}
        disabled={change.isPending || !(own || rule.data.required)}
        onChange={({ currentTarget: { checked } }) => change.mutate(checked)}
      />
    </Stack>
  );
}

function PersonRow({ person }: { person: Person }) {
  const { accounts, shell } = useWords();
  const words = accounts.people;
  const me = useMe();
  const tell = useTell();
  const nameOf = useCoalitionName();
  const [changing, setChanging] = useState(false);
  const params = { path: { id: person.id } };
  async function done(message: string) {
    tell(message);
    await queries.invalidateQueries({ queryKey: staffQuery.queryKey });
  }
  async function remove() {
    await api.DELETE('/api/v1/staff/{id}', { params });
    await done(words.removed(person.name));
  }
  async function reset() {
    await api.DELETE('/api/v1/staff/{id}/second-factor', { params });
    await done(words.wasReset(person.name));
  }
  return (
    <Group justify="space-between" gap="sm">
      <div>
        <Text fw={600}>
          {person.name}
          {person.id === me.id && ` (${words.you})`}
        </Text>
        <Text size="sm" c="dimmed">
          {[
            shell.role[person.role],
            nameOf(person.coalitionId),
            me.role === 'administrator' && person.role !== 'leader' && !person.secondFactor && words.without,
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        <Text size="sm" c="dimmed">
          {person.email}
        </Text>
      </div>
      {person.id !== me.id && (
        <Group gap="xs">
          {me.role === 'administrator' && (
            <Button
              variant="default"
              size="xs"
              aria-label={`${words.change}: ${person.name}`}
              onClick={() => setChanging(true)}
            >
              {words.change}
            </Button>
          )}
          {me.role === 'administrator' && person.secondFactor && (
            <Confirmed
              size="xs"
              danger
              press={words.reset}
              label={`${words.reset}: ${person.name}`}
              title={words.resetTitle(person.name)}
              text={words.resetText}
              act={reset}
            />
          )}
          {seesTo[me.role].includes(person.role) && (
            <Confirmed
              size="xs"
              danger
              press={words.remove}
              label={`${words.remove}: ${person.name}`}
              title={words.removeTitle(person.name)}
              text={words.removeText}
              act={remove}
            />
          )}
        </Group>
      )}
      {changing && <ChangeRole person={person} close={() => setChanging(false)} />}
    </Group>
  );
}

function ChangeRole({ person, close }: { person: Person; close: () => void }) {
  const { accounts, shell } = useWords();
  const words = accounts.people;
  const tell = useTell();
  const [role, setRole] = useState<Role>(person.role);
  const [coalitionId, setCoalitionId] = useState(person.coalitionId);
  const change = useMutation({
    mutationFn: () =>
      api.PATCH('/api/v1/staff/{id}', {
        params: { path: { id: person.id } },
        body: { role, coalitionId: role === 'leader' ? coalitionId : null },
      }),
    onSuccess: async () => {
      close();
      tell(words.changed(person.name));
      await queries.invalidateQueries({ queryKey: staffQuery.queryKey });
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    change.mutate();
  }
  const wrong = useWrong(change.error)('coalitionId');
  return (
    <Modal
      opened
      onClose={close}
      title={words.changeTitle(person.name)}
      closeButtonProps={{ 'aria-label': shell.close }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          {change.error && !wrong && <Failed error={change.error} />}
          <RoleFields label={words.changeRole} {...{ role, setRole, coalitionId, setCoalitionId, wrong }} />
          <Text size="sm" c="dimmed">
            {words.changeText}
          </Text>
          <Group>
            <Button type="submit" loading={change.isPending}>
              {shell.save}
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

type RoleFieldsProps = {
  label: string;
  role: Role;
  setRole: (role: Role) => void;
  coalitionId: string | null;
  setCoalitionId: (id: string | null) => void;
  wrong: string | null;
};

/** What somebody is, and a leader of which coalition. */
function RoleFields({ label, role, setRole, coalitionId, setCoalitionId, wrong }: RoleFieldsProps) {
  const { accounts, shell } = useWords();
  const me = useMe();
  const coalitions = useQuery(coalitionsQuery);
  return (
    <>
      <Select
        label={label}
        allowDeselect={false}
        value={role}
        onChange={(next) => setRole(next as Role)}
        data={seesTo[me.role].map((value) => ({ value, label: shell.role[value] }))}
      />
      {role === 'leader' && (
        <Select
          label={accounts.people.coalition}
          searchable
          allowDeselect={false}
          value={coalitionId}
          error={wrong}
          onChange={setCoalitionId}
          data={coalitions.data?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        />
      )}
    </>
  );
}

function Invited() {
  const { accounts, shell } = useWords();
  const words = accounts.people;
  const { language } = useLanguage();
  const me = useMe();
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
    <Stack gap="md" component="section" maw={720}>
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
  const tell = useTell();
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
  const wrong = useWrong(invite.error);
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
          <RoleFields
            label={words.role}
            {...{ role, setRole, coalitionId, setCoalitionId }}
            wrong={wrong('coalitionId')}
          />
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
