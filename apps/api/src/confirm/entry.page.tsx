import type { CampaignKind, Deadline } from '../layout/deadline.js';
import { Page, type Frame } from '../layout/page.js';
import { type Entry, OccupationEntry } from './entry.js';

export type EntryPageProps = {
  frame: Frame;
  kind: CampaignKind;
  campaignTitle: string;
  coalitionName: string;
  deadline: Deadline | null;
  entry: Entry;
  /** Null when nobody signs up any more. */
  signupHref: string | null;
};

/** The words for the form, for everybody: this page knows nobody. */
export function EntryPage({
  frame,
  campaignTitle,
  coalitionName,
  deadline,
  entry,
  signupHref,
}: EntryPageProps) {
  const w = frame.words.entry;
  return (
    <Page
      frame={frame}
      title={campaignTitle}
      sender={coalitionName}
      deadline={deadline}
      scriptHref="/assets/entry.js"
      findable
    >
      <h1>{campaignTitle}</h1>
      <OccupationEntry entry={entry} words={frame.words} level={2} />
      {signupHref && (
        <section className="card">
          <h2>{w.answers}</h2>
          <p>{w.answersText}</p>
          <a className="button plain" href={signupHref}>
            {w.signUp}
          </a>
        </section>
      )}
    </Page>
  );
}
