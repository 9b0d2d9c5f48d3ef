import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.js';
import type { components } from '../api/schema.js';

export type Campaign = components['schemas']['Campaign'];
export type CampaignPatch = components['schemas']['CampaignPatch'];
export type Rung = components['schemas']['Rung'];
export type Channel = Rung['channels'][number];

export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaign', id],
    queryFn: async () => (await api.GET('/api/v1/campaigns/{id}', { params: { path: { id } } })).data!,
  });
