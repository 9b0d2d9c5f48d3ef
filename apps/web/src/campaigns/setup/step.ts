import type { Campaign } from '../../campaign/queries.js';

/** What a step of the wizard gets: the campaign as it was saved last, and what follows. */
export type StepProps = { campaign: Campaign; next: () => void };
