import type { CampaignKind, Deadline } from '../layout/deadline.js';
import { Later, type LaterChoices, type LaterRefusal, LaterRefused } from '../layout/later.js';
import { Outcomes } from '../layout/outcomes.js';
import { Page, type Frame } from '../layout/page.js';
import { Recipient } from '../layout/recipient.js';
import { Steps, type Guide } from '../layout/steps.js';
import { type Entry, OccupationEntry } from './entry.js';

export type GuidePageProps = {
  frame: Frame;
  kind: CampaignKind;
  campaignTitle: string;
  coalitionName: string;
  deadline: Deadline | null;
  /** Masked; null when the guide is reached without a person's token. */
  maskedName: string | null;
  /** Where whoever else reads it signs up; null when nobody does any more. */
  signupHref: string | null;
  guide: Guide;
  /** Of a census campaign: what to write on the form. */
  entry: Entry | null;
  /** Where the outcome buttons POST; null leaves them out. */
  doneAction: string | null;
  later: LaterChoices | null;
  laterRefused: LaterRefusal | null;
};

/** How to do the deed, step by step, and the way to say that it is done. */
export function GuidePage(props: GuidePageProps) {
  const { frame, guide } = props;
  const w = frame.words.guide;
  return (
    <Page
      frame={frame}
      title={props.campaignTitle}
      sender={props.coalitionName}
      deadline={props.deadline}
      scriptHref={props.entry ? '/assets/entry.js' : undefined}
    >
      <h1>{props.campaignTitle}</h1>
      <LaterRefused refused={props.laterRefused} words={frame.words} />
      {props.maskedName && (
        <Recipient words={frame.words} maskedName={props.maskedName} signupHref={props.signupHref} />
      )}
      <Told title={w.what} html={guide.whatHtml} />
      <Told title={w.why} html={guide.whyHtml} />
      <Steps guide={guide} kind={props.kind} words={frame.words} level={2} />
      {props.entry && <OccupationEntry entry={props.entry} words={frame.words} level={2} />}
      <Later later={props.later} words={frame.words} />
      {props.doneAction && (
        <section className="card">
          <h2>{w.finished}</h2>
          <p>{w.finishedText}</p>
          <Outcomes words={frame.words} kind={props.kind} action={props.doneAction} tone="plain" />
        </section>
      )}
      {!props.maskedName && props.signupHref && (
        <section className="card">
          <h2>{w.signUp}</h2>
          <p>{frame.words.signup.intro}</p>
          <a className="button plain" href={props.signupHref}>
            {frame.words.signup.heading}
          </a>
        </section>
      )}
    </Page>
  );
}

function Told({ title, html }: { title: string; html: string | null }) {
  if (!html) return null;
  return (
    <section>
      <h2>{title}</h2>
      <div dangerouslySetInnerHTML={{ __html: html }} />
    </section>
  );
}
