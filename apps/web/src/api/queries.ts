import { type InferDataFromTag, QueryClient, type QueryKey } from '@tanstack/react-query';
import { Refusal } from './client.js';

/** A refusal is an answer and not asked for again; what cannot be reached is tried twice more. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 4_000,
      retry: (failures, error) => !(error instanceof Refusal) && failures < 2,
    },
  },
});

/** Keeps what was just saved. An answer that was asked for before is let go of: it would bring back what was. */
export async function put<Key extends QueryKey>(queryKey: Key, saved: InferDataFromTag<unknown, Key>) {
  await queries.cancelQueries({ queryKey, exact: true });
  queries.setQueryData<unknown>(queryKey, saved);
}

/** So that nobody sees figures older than five seconds; how old they are when the api says them, `Shared` decides there. */
export const live = { refetchInterval: 1_500, staleTime: 0 } as const;
