import { Button, Stack, Text, Timeline } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { docketZone } from '#domain';
import { api } from '../api/client.js';
import { Failed } from '../shell/failed.js';
import { useLanguage, useWords } from '../words/language.js';
import { sayMoment } from '../words/say.js';

/** Who did what, newest first. */
export function Activity({ campaignId: id, zone }: { campaignId: string; zone: string | null }) {
  const { campaign: words } = useWords();
  const { language } = useLanguage();
  const log = useInfiniteQuery({
    queryKey: ['campaign', id, 'activity'],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor }) =>
      (
        await api.GET('/api/v1/campaigns/{id}/activity', {
          params: { path: { id }, query: cursor ? { cursor } : {} },
        })
      ).data!,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  return (
    <Stack align="flex-start">
      {log.error && <Failed error={log.error} retry={log.refetch} />}
      <Timeline bulletSize={12} lineWidth={2}>
        {log.data?.pages
          .flatMap(({ items }) => items)
          .map(({ id, at, by, role, action }) => (
            <Timeline.Item key={id}>
              <Text size="sm">
                <Text span fw={600}>
                  {role === 'system' ? words.system : by}
                </Text>
                {` ${words.action[action] ?? action}`}
              </Text>
              <Text size="sm" c="dimmed">
                {sayMoment(new Date(at), zone ?? docketZone, language)}
              </Text>
            </Timeline.Item>
          ))}
      </Timeline>
      {log.hasNextPage && (
        <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          {words.activityMore}
        </Button>
      )}
    </Stack>
  );
}
