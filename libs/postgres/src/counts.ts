/** How many rows of a campaign ($1) have a label: what is added up and what is not yet, together. */
export const countsOf = (about: 'ended' | 'people') => `(
  select label, sum(n)::int as n from (
    select label, n from counts where campaign_id = $1 and about = '${about}'
    union all
    select label, n from count_changes where campaign_id = $1 and about = '${about}') as kept
  group by 1 having sum(n) <> 0)`;
