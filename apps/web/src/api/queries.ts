import { QueryClient } from '@tanstack/react-query';
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

/** So that nobody sees figures older than five seconds; how old they are when the api says them, `Shared` decides there. */
export const live = { refetchInterval: 1_500, staleTime: 0 } as const;
