import type { PageWords } from '#messages';

export type CampaignKind = 'regulatory_comment' | 'census_occupation' | 'custom';

/** A deadline as people say it; the strings arrive ready in the page's language. */
export type Deadline = {
  kind: CampaignKind;
  /** ISO 8601, for machines. */
  at: string;
  /** "Monday, March 15, 11:59 pm Eastern" */
  moment: string;
  /** The same in another zone: "8:59 pm" for the reader's own, "8:59 pm Pacific" for a coalition's; null when it is the same. */
  local: string | null;
  /** True when `local` is where this reader is. */
  yours: boolean;
  past: boolean;
};

/** Stays in sight at the top of the page. */
export function DeadlineBar({ deadline, words }: { deadline: Deadline | null; words: PageWords }) {
  return (
    <aside className="deadline" aria-label={words.deadline.name}>
      <p className="column">
        {deadline ? <DeadlineText deadline={deadline} words={words} /> : words.deadline.none}
      </p>
    </aside>
  );
}

function DeadlineText({ deadline, words }: { deadline: Deadline; words: PageWords }) {
  const label = (deadline.past ? words.deadline.past : words.deadline.label)[deadline.kind];
  const local =
    deadline.local && (deadline.yours ? words.deadline.yours : words.deadline.elsewhere)(deadline.local);
  return (
    <>
      <span className="deadline-label">{label}</span> <time dateTime={deadline.at}>{deadline.moment}</time>
      {local && <span className="deadline-local">, {local}</span>}
    </>
  );
}
