import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.js';
import type { components, paths } from '../api/schema.js';

export type ReceivedText = components['schemas']['Texts']['items'][number];
type Filter = NonNullable<paths['/api/v1/campaigns/{id}/texts']['get']['parameters']['query']>;

/** Somebody may need help: new texts show up by themselves. */
const often = 30_000;

export const textsKey = (id: string) => ['campaign', id, 'texts'];

export const textsQuery = (id: string, filter: Filter) =>
  infiniteQueryOptions({
    queryKey: [...textsKey(id), filter],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor }) =>
      (
        await api.GET('/api/v1/campaigns/{id}/texts', {
          params: { path: { id }, query: { ...filter, ...(cursor && { cursor }) } },
        })
      ).data!,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    refetchInterval: often,
  });

export const unreadQuery = (id: string) =>
  queryOptions({
    queryKey: [...textsKey(id), 'unread'],
    queryFn: async () =>
      (await api.GET('/api/v1/campaigns/{id}/texts/unread', { params: { path: { id } } })).data!.unread,
    refetchInterval: often,
  });
