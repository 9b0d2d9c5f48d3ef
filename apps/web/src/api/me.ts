import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from './client.js';

/** Who is signed in. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async () => (await api.GET('/api/v1/me')).data!,
  staleTime: 60_000,
});

/** The member of staff who is signed in; only below {@link SignedIn}. */
export function useMe() {
  return useQuery(meQuery).data!;
}
