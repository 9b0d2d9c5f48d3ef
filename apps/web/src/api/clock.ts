import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from './client.js';

const clockQuery = queryOptions({
  queryKey: ['clock'],
  queryFn: async () => Date.parse((await api.GET('/api/v1/clock')).data!.now) - Date.now(),
  refetchInterval: 30_000,
});

/** The time that campaigns go by, which the sandbox moves and this device may not know; null until it is known. */
export function useNow(): Date | null {
  const ahead = useQuery(clockQuery).data;
  return ahead === undefined ? null : new Date(Date.now() + ahead);
}
