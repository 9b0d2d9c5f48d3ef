import { Button, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { docketZone } from '#domain';
import { api } from '../api/client.js';
import { Failed } from '../shell/failed.js';
import { useLanguage, useWords } from '../words/language.js';
import { sayMoment, sayNumber } from '../words/say.js';
import type { RungRow } from './queries.js';

/** Who was left out of a rung, and why; by reason and one by one. */
export function Ended({
  campaignId: id,
  row: { rungId, channel, name, ...row },
  state,
  close,
}: {
  campaignId: string;
  row: RungRow;
  state: 'skipped' | 'failed';
  close: () => void;
}) {
  const { campaign: words, shell } = useWords();
  const { language } = useLanguage();
  const [reason, setReason] = useState<string | null>(null);
  const list = useInfiniteQuery({
    queryKey: ['campaign', id, 'ended', rungId, channel, state, reason],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor }) => {
      const query = { state, rungId, channel, ...(reason && { reason }), ...(cursor && { cursor }) };
      return (await api.GET('/api/v1/campaigns/{id}/reminders', { params: { path: { id }, query } })).data!;
    },
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const say = (why: string) => words.reason[why] ?? why;
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={`${name}: ${words.ended[state]}`}
      closeButtonProps={{ 'aria-label': shell.close }}
    >
      <Stack>
        <Group gap="xs">
          <Button size="compact-sm" variant={reason ? 'default' : 'filled'} onClick={() => setReason(null)}>
            {words.ended.all}
          </Button>
          {Object.entries(row[state]).map(([why, n]) => (
            <Button
              key={why}
              size="compact-sm"
              variant={reason === why ? 'filled' : 'default'}
              aria-pressed={reason === why}
              onClick={() => setReason(why)}
            >
              {`${say(why)}: ${sayNumber(n, language)}`}
            </Button>
          ))}
        </Group>
        {list.error && <Failed error={list.error} retry={list.refetch} />}
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.ended.person}</Table.Th>
              <Table.Th>{words.ended.reason}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {list.data?.pages
              .flatMap(({ items }) => items)
              .map(({ id, contact, reason, at }) => (
                <Table.Tr key={id}>
                  <Table.Td>{contact ?? words.ended.gone}</Table.Td>
                  <Table.Td>
                    {say(reason)}
                    <Text size="sm" c="dimmed">
                      {sayMoment(new Date(at), docketZone, language)}
                    </Text>
                  </Table.Td>
                </Table.Tr>
              ))}
          </Table.Tbody>
        </Table>
        {list.hasNextPage && (
          <Button
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {words.ended.more}
          </Button>
        )}
      </Stack>
    </Modal>
  );
}
