import { Anchor, Box, Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useMe } from '../api/me.js';
import { Failed } from '../shell/failed.js';
import { useFilters } from '../shell/filters.js';
import { Page } from '../shell/page.js';
import { useLanguage, useWords } from '../words/language.js';
import { sayZone } from '../words/say.js';
import { type Branch, type Coalition, coalitionsQuery, treeOf } from './queries.js';

/** Who recruits, one below the other. */
export function CoalitionsPage() {
  const { coalitions: words } = useWords();
  const me = useMe();
  const [filters, narrow] = useFilters();
  const list = useQuery(coalitionsQuery);
  const sought = (filters.get('q') ?? '').toLowerCase();
  const found = list.data?.filter(({ name, shortName }) =>
    `${name} ${shortName}`.toLowerCase().includes(sought),
  );
  return (
    <Page
      title={words.title}
      lede={words.lede}
      actions={
        me.role !== 'leader' && (
          <Button component={Link} href="/coalitions/new">
            {words.new}
          </Button>
        )
      }
    >
      {list.error && <Failed error={list.error} retry={list.refetch} />}
      {list.isPending && <Skeleton h={160} radius="md" />}
      {list.data && list.data.length > 3 && (
        <TextInput
          type="search"
          maw={360}
          label={words.search}
          value={filters.get('q') ?? ''}
          onChange={({ currentTarget: { value } }) => narrow('q', value)}
        />
      )}
      {list.data?.length === 0 && <Text>{words.none}</Text>}
      {list.data && list.data.length > 0 && found?.length === 0 && <Text>{words.noMatch}</Text>}
      {found && found.length > 0 && (
        <Tree branches={sought ? found.map((coalition) => ({ coalition, below: [] })) : treeOf(found)} />
      )}
    </Page>
  );
}

function Tree({ branches }: { branches: Branch[] }) {
  return (
    <ul className="tree">
      {branches.map(({ coalition, below }) => (
        <li key={coalition.id}>
          <Row coalition={coalition} />
          {below.length > 0 && <Tree branches={below} />}
        </li>
      ))}
    </ul>
  );
}

function Row({ coalition: { id, name, shortName, zone, colour } }: { coalition: Coalition }) {
  const { language } = useLanguage();
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start" py={8}>
      <Box w={16} h={16} mt={4} style={{ borderRadius: 4, background: colour, flex: 'none' }} aria-hidden />
      <Stack gap={0}>
        <Anchor component={Link} href={`/coalitions/${id}`} fw={600}>
          {name}
        </Anchor>
        <Text size="sm" c="dimmed">
          {shortName} · {sayZone(zone, language)}
        </Text>
      </Stack>
    </Group>
  );
}
