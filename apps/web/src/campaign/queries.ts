import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.js';
import { live } from '../api/queries.js';
import type { components } from '../api/schema.js';

export type Campaign = components['schemas']['Campaign'];
export type Rung = components['schemas']['Rung'];
export type Channel = Rung['channels'][number];
export type GuideFile = components['schemas']['GuideFile'];
export type RungRow = components['schemas']['RungRows']['items'][number];

export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaign', id],
    ...live,
    queryFn: async () => (await api.GET('/api/v1/campaigns/{id}', { params: { path: { id } } })).data!,
  });

export const rungsQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaign', id, 'rungs'],
    ...live,
    queryFn: async () => (await api.GET('/api/v1/campaigns/{id}/rungs', { params: { path: { id } } })).data!,
  });

export const filesQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaign', id, 'files'],
    queryFn: async () =>
      (await api.GET('/api/v1/campaigns/{id}/files', { params: { path: { id } } })).data!.items,
  });
