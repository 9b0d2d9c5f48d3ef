/** The list of campaigns. */
export const campaigns = {
  title: 'Campaigns',
  new: 'New campaign',
  none: 'No campaign yet. A campaign is one ask with one date: a comment to file, an occupation to write.',
  noneForLeader:
    'Your coalition takes part in no campaign yet. You will see it here when an organizer adds you.',
  noMatch: 'No campaign fits this search.',
  search: 'Search campaigns',
  show: 'Show',
  all: 'All',
  status: {
    draft: 'Draft',
    awaiting: 'Waits for its date',
    running: 'Running',
    paused: 'Paused',
    ended: 'Ended',
    closed: 'Closed',
  },
  kind: {
    regulatory_comment: 'Docket comment',
    census_occupation: 'Occupation entry',
    custom: 'Something else',
  },
  noDate: 'no date yet',
};
