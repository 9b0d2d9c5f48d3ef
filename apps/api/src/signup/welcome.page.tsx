import { type Entry, OccupationEntry } from '../confirm/entry.js';
import type { CampaignKind, Deadline } from '../layout/deadline.js';
import { Outcomes } from '../layout/outcomes.js';
import { Page, type Frame } from '../layout/page.js';
import { Planned, type PlannedMessage } from '../layout/planned.js';
import { Steps, type Guide } from '../layout/steps.js';

/** Says the same whether or not the contact was known before: it must depend on nothing but what was typed. */
export type WelcomePageProps = {
  frame: Frame;
  kind: CampaignKind;
  campaignTitle: string;
  coalitionName: string;
  deadline: Deadline | null;
  /** What was typed and ticked, not what is on record. */
  asked: { email: boolean; sms: boolean };
  planned: PlannedMessage[];
  /** Null while there is nothing to do yet (awaiting) or any more (ended). */
  guide: Guide | null;
  /** Of a census campaign, beside its guide. */
  entry: Entry | null;
  /** Where the outcome buttons POST; null without a guide. */
  doneAction: string | null;
  /** What was just pressed; the page then only says that it is noted. */
  noted?: boolean;
};

export function WelcomePage(props: WelcomePageProps) {
  const { frame, asked, planned, guide } = props;
  const { words } = frame;
  const w = words.welcome;
  return (
    <Page
      frame={frame}
      title={w.title}
      sender={props.coalitionName}
      deadline={props.deadline}
      scriptHref={guide && props.entry ? '/assets/entry.js' : undefined}
    >
      <h1>{w.title}</h1>
      <p className="lede">{w.lead}</p>
      {props.noted && (
        <p role="status" className="saved">
          {w.noted}
        </p>
      )}
      {asked.email && (
        <section className="notice">
          <h2>{w.checkEmail.title}</h2>
          <p>{w.checkEmail.text}</p>
        </section>
      )}
      {asked.sms && (
        <section className="notice">
          <h2>{w.checkPhone.title}</h2>
          <p>{w.checkPhone.text}</p>
        </section>
      )}
      {!props.noted && (
        <section>
          <h2>{w.planned}</h2>
          <p>{planned.length > 0 ? w.plannedText : w.plannedNone}</p>
          {planned.length > 0 && <Planned messages={planned} words={words} />}
        </section>
      )}
      {guide && (
        <section className="card" aria-labelledby="now-title">
          <h2 id="now-title">{w.nowTitle}</h2>
          <p>{w.nowText}</p>
          <Steps guide={guide} kind={props.kind} words={words} level={3} />
          {props.entry && <OccupationEntry entry={props.entry} words={words} level={3} />}
          {props.doneAction && (
            <section>
              <h3>{words.guide.finished}</h3>
              <p>{words.guide.finishedText}</p>
              <Outcomes words={words} kind={props.kind} action={props.doneAction} tone="plain" />
            </section>
          )}
        </section>
      )}
    </Page>
  );
}
