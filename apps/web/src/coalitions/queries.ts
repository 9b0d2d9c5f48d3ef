import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.js';
import type { components } from '../api/schema.js';

export type Coalition = components['schemas']['Coalition'];

/** All that one may see: for a leader their own and what is below it. */
export const coalitionsQuery = queryOptions({
  queryKey: ['coalitions'],
  queryFn: async () => (await api.GET('/api/v1/coalitions')).data!.items,
});

export const coalitionQuery = (coalitionId: string) =>
  queryOptions({
    queryKey: ['coalitions', coalitionId],
    queryFn: async () =>
      (await api.GET('/api/v1/coalitions/{coalitionId}', { params: { path: { coalitionId } } })).data!,
  });

export type Branch = { coalition: Coalition; below: Branch[] };

/** As a tree, by name; whose parent one may not see stands at the top. */
export function treeOf(coalitions: Coalition[]): Branch[] {
  const known = new Set(coalitions.map(({ id }) => id));
  const below = (parentId: string | null): Branch[] =>
    coalitions
      .filter((each) =>
        parentId === null ? !each.parentId || !known.has(each.parentId) : each.parentId === parentId,
      )
      .sort((a, b) => a.name.localeCompare(b.name))
      .map((coalition) => ({ coalition, below: below(coalition.id) }));
  return below(null);
}
