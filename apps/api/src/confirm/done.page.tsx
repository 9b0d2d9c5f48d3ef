import { ConsentBox, type Wording } from '../layout/consent-box.js';
import type { CampaignKind, Deadline } from '../layout/deadline.js';
import { ErrorSummary, TextField } from '../layout/field.js';
import { Later, type LaterChoices, type LaterRefusal, LaterRefused } from '../layout/later.js';
import { Outcomes, type Outcome } from '../layout/outcomes.js';
import { Page, type Frame } from '../layout/page.js';
import { Post } from '../layout/post.js';
import { Recipient } from '../layout/recipient.js';

export type DoneState =
  | { is: 'ask' }
  | {
      is: 'recorded';
      outcome: Outcome;
      /** True when it was on record before this visit. */
      already: boolean;
      /** "March 3, 4:05 pm", in the person's zone. */
      when: string | null;
      evidence: 'said' | 'tracking_number' | 'seen_on_docket' | null;
      tellResult: boolean;
      /** What was typed, only to give it back after a mistake; a number on record is never shown. */
      typedTrackingNumber: string;
      trackingError: boolean;
      detailsSaved: boolean;
    }
  | { is: 'taken_back' };

export type DonePageProps = {
  frame: Frame;
  kind: CampaignKind;
  campaignTitle: string;
  coalitionName: string;
  deadline: Deadline | null;
  maskedName: string;
  signupHref: string | null;
  guideHref: string | null;
  state: DoneState;
  tellResultWording: Wording;
  later: LaterChoices | null;
  laterRefused: LaterRefusal | null;
  actions: {
    /** Takes `outcome`. */
    record: string;
    /** Takes `trackingNumber`, `tellResult` and `tellResultWording`. */
    details: string;
    undo: string;
  };
};

export function DonePage(props: DonePageProps) {
  const { frame, state } = props;
  const w = frame.words.done;
  const title =
    state.is === 'ask'
      ? w.title
      : state.is === 'taken_back'
        ? w.takenBack
        : state.already
          ? w.already
          : w.recorded;
  return (
    <Page frame={frame} title={title} sender={props.coalitionName} deadline={props.deadline}>
      <h1>{title}</h1>
      <LaterRefused refused={props.laterRefused} words={frame.words} />
      {state.is === 'recorded' && state.trackingError && (
        <ErrorSummary
          title={frame.words.frame.problems}
          errors={[{ name: 'trackingNumber', text: w.trackingError }]}
        />
      )}
      {state.is === 'recorded' ? <Recorded {...props} state={state} /> : <Ask {...props} />}
    </Page>
  );
}

function Ask({
  frame,
  kind,
  campaignTitle,
  maskedName,
  signupHref,
  guideHref,
  state,
  later,
  actions,
}: DonePageProps) {
  const w = frame.words.done;
  return (
    <>
      <p className="lede">{state.is === 'taken_back' ? w.takenBackText : campaignTitle}</p>
      <Recipient words={frame.words} maskedName={maskedName} signupHref={signupHref} />
      <p>{w.text}</p>
      <Outcomes
        words={frame.words}
        kind={kind}
        action={actions.record}
        tone={state.is === 'ask' ? 'main' : 'plain'}
      />
      {guideHref && (
        <p>
          <a href={guideHref}>{w.guide}</a>
        </p>
      )}
      <Later later={later} words={frame.words} />
    </>
  );
}

function Recorded(props: DonePageProps & { state: Extract<DoneState, { is: 'recorded' }> }) {
  const { frame, kind, state, actions } = props;
  const w = frame.words.done;
  return (
    <>
      <p className="lede">{frame.words.outcome.recorded[kind][state.outcome]}</p>
      {state.already && <p>{state.when ? w.alreadyText(state.when) : w.alreadyPlain}</p>}
      {state.outcome === 'filed' && state.evidence && <p>{w.evidence[state.evidence]}</p>}
      <p>{w.after}</p>
      <Recipient words={frame.words} maskedName={props.maskedName} signupHref={props.signupHref} />
      <section className="card">
        <h2>{w.moreTitle}</h2>
        {state.detailsSaved && (
          <p role="status" className="saved">
            {w.saved}
          </p>
        )}
        <form method="post" action={actions.details} noValidate>
          {state.outcome === 'filed' && kind === 'regulatory_comment' && state.evidence === 'said' && (
            <TextField
              name="trackingNumber"
              label={w.tracking}
              note={frame.words.frame.optional}
              hint={w.trackingHint}
              value={state.typedTrackingNumber}
              error={state.trackingError ? w.trackingError : null}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
          <ConsentBox
            name="tellResult"
            label={w.tell}
            checked={state.tellResult}
            wording={props.tellResultWording}
          />
          <button className="plain">{w.save}</button>
        </form>
      </section>
      <section>
        <h2>{w.undoTitle}</h2>
        <p>{w.undoText}</p>
        <Post action={actions.undo} label={w.undo} tone="plain" />
      </section>
    </>
  );
}
