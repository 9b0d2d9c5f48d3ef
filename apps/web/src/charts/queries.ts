import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.js';
import { live } from '../api/queries.js';
import type { components } from '../api/schema.js';

export type Series = components['schemas']['Series'];
export type Deliverability = components['schemas']['Deliverability'];
export type SideBySide = components['schemas']['SideBySide'];

const byDay = { by: 'day' } as const;

/** How a campaign grew. The figures above its charts are read from the same answer, so that they agree. */
export const seriesQuery = (id: string) =>
  queryOptions({
    queryKey: ['figures', id],
    ...live,
    queryFn: async () =>
      (await api.GET('/api/v1/campaigns/{id}/series', { params: { path: { id }, query: byDay } })).data!,
  });

/** A coalition's figures and how they grew, asked for together. @param first how many coalitions at most; left out: all */
export const dashboardQuery = (id: string, coalitionId: string, first?: number) =>
  queryOptions({
    queryKey: ['figures', id, coalitionId, first ?? 'all'],
    placeholderData: keepPreviousData,
    ...live,
    queryFn: async () => {
      const path = { id, coalitionId };
      const [dashboard, series] = await Promise.all([
        api.GET('/api/v1/campaigns/{id}/coalitions/{coalitionId}/dashboard', {
          params: { path, ...(first !== undefined && { query: { first } }) },
        }),
        api.GET('/api/v1/campaigns/{id}/coalitions/{coalitionId}/series', {
          params: { path, query: byDay },
        }),
      ]);
      return { ...dashboard.data!, series: series.data! };
    },
  });

export type Order = 'rate' | 'confirmed';

/** One page of the coalitions. It is asked for anew whenever the figures above it come. */
export const sideBySideQuery = (id: string, by: Order, search: string, page: number) =>
  queryOptions({
    queryKey: ['figures', id, 'side-by-side', by, search, page],
    placeholderData: keepPreviousData,
    queryFn: async () =>
      (
        await api.GET('/api/v1/campaigns/{id}/side-by-side', {
          params: { path: { id }, query: { by, search, page } },
        })
      ).data!,
  });

export const deliverabilityQuery = (id: string) =>
  queryOptions({
    queryKey: ['figures', id, 'deliverability'],
    ...live,
    queryFn: async () =>
      (await api.GET('/api/v1/campaigns/{id}/deliverability', { params: { path: { id } } })).data!,
  });
