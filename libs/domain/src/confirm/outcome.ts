/** A campaign's kind: what its one ask is. */
export type CampaignKind = 'regulatory_comment' | 'census_occupation' | 'custom';

/** How it went, in the supporter's words. `filed` is called "done" where nothing is filed (custom campaigns). */
export type Outcome = 'filed' | 'answered' | 'pledged' | 'not_sampled';

const byKind: Readonly<Record<CampaignKind, readonly Outcome[]>> = {
  regulatory_comment: ['filed'],
  census_occupation: ['answered', 'pledged', 'not_sampled'],
  custom: ['filed'],
};

/** The outcomes that a campaign of this kind takes, the plainest first. */
export function outcomesOf(kind: CampaignKind): readonly Outcome[] {
  return byKind[kind];
}

/** The outcome that a bare DONE by text stands for. */
export function outcomeOfDone(kind: CampaignKind): Outcome {
  return kind === 'census_occupation' ? 'answered' : 'filed';
}

/** Counted as confirmed? Pledges are told apart; who was not sampled is in neither (RULES §6). Every outcome ends reminders. */
export function isConfirmed(outcome: Outcome): boolean {
  return outcome === 'filed' || outcome === 'answered';
}
