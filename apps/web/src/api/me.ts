import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { api, forget } from './client.js';
import { queries } from './queries.js';

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

/** Ends this session, and leaves nothing of what it read. */
export function useSignOut() {
  const [, go] = useLocation();
  return useMutation({
    mutationFn: () => api.POST('/api/v1/me/sign-out'),
    onSuccess: () => {
      go('/sign-in');
      queries.clear();
      forget();
    },
  });
}
