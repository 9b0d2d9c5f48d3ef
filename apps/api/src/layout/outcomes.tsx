import type { PageWords } from '#messages';
import type { CampaignKind } from './deadline.js';

export type Outcome = 'filed' | 'answered' | 'pledged' | 'not_sampled';

/** The outcomes that a supporter may press, by campaign kind, the likeliest first. */
export const outcomesOf: Record<CampaignKind, Outcome[]> = {
  regulatory_comment: ['filed'],
  census_occupation: ['answered', 'not_sampled', 'pledged'],
  custom: ['filed'],
};

type OutcomesProps = {
  words: PageWords;
  kind: CampaignKind;
  /** Each button POSTs `outcome` here. */
  action: string;
  /** The guide's buttons are quieter: its main one opens the form. */
  tone?: 'main' | 'plain';
};

export function Outcomes({ words, kind, action, tone = 'main' }: OutcomesProps) {
  return (
    <form method="post" action={action} className="stack">
      {kind === 'census_occupation' && <p>{words.entry.answersText}</p>}
      {outcomesOf[kind].map((outcome) => (
        <button className={tone} name="outcome" value={outcome} key={outcome}>
          {words.outcome.ask[kind][outcome]}
        </button>
      ))}
    </form>
  );
}
