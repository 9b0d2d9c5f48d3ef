import type { Miss, MissReason } from '#domain';
import { ConsentBox, type Wording } from '../layout/consent-box.js';
import type { CampaignKind, Deadline } from '../layout/deadline.js';
import { ErrorSummary, TextField } from '../layout/field.js';
import { Later, type LaterChoices, type LaterRefusal, LaterRefused } from '../layout/later.js';
import { Outcomes, type Outcome } from '../layout/outcomes.js';
import { Page, type Frame } from '../layout/page.js';
import { Post } from '../layout/post.js';
import { Recipient } from '../layout/recipient.js';
import { DidNot, HowItTurnedOut, Missed, type Result } from './missed.js';
import { PassOn, type PassedOn } from '../share/pass-on.js';

export type DoneState =
  | { is: 'ask' }
  | { is: 'missed'; missed: Miss; because: MissReason | null }
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
      trackingError: 'malformed' | 'taken' | null;
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
  /** The deadline has passed: whoever did not do it can say so. */
  over: boolean;
  /** Null before the end. */
  result: Result | null;
  /** Null when nobody is told any more. */
  tellResultWording: Wording | null;
  /** For who did it, or will: how to bring colleagues. */
  passOn: PassedOn | null;
  later: LaterChoices | null;
  laterRefused: LaterRefusal | null;
  actions: {
    /** Takes `outcome`. */
    record: string;
    /** Takes `trackingNumber`, `tellResult` and `tellResultWording`. */
    details: string;
    undo: string;
    /** Takes `missed` and `because`. */
    missed: string;
  };
};

export function DonePage(props: DonePageProps) {
  const { frame, state } = props;
  const w = frame.words.done;
  const title = titleOf(props);
  return (
    <Page
      frame={frame}
      title={title}
      sender={props.coalitionName}
      deadline={props.deadline}
      scriptHref={props.passOn ? '/assets/copy.js' : undefined}
    >
      <h1>{title}</h1>
      <LaterRefused refused={props.laterRefused} words={frame.words} />
      {state.is === 'recorded' && state.trackingError && (
        <ErrorSummary
          title={frame.words.frame.problems}
          errors={[{ name: 'trackingNumber', text: trackingError(w, state)! }]}
        />
      )}
      {state.is === 'recorded' ? (
        <Recorded {...props} state={state} />
      ) : state.is === 'missed' ? (
        <SaidNo {...props} state={state} />
      ) : (
        <Ask {...props} />
      )}
      <HowItTurnedOut
        words={frame.words}
        kind={props.kind}
        coalitionName={props.coalitionName}
        result={props.result}
      />
    </Page>
  );
}

const trackingError = (
  w: DonePageProps['frame']['words']['done'],
  { trackingError: error }: Extract<DoneState, { is: 'recorded' }>,
) => error && { malformed: w.trackingError, taken: w.trackingTaken }[error];

function titleOf({ frame, state, over }: DonePageProps): string {
  const { done, missed } = frame.words;
  switch (state.is) {
    case 'ask':
      return over ? missed.title : done.title;
    case 'missed':
      return missed.thanks[state.missed];
    case 'taken_back':
      return done.takenBack;
    case 'recorded':
      return state.already ? done.already : done.recorded;
  }
}

function SaidNo({
  frame,
  kind,
  campaignTitle,
  maskedName,
  signupHref,
  state,
  actions,
}: DonePageProps & { state: Extract<DoneState, { is: 'missed' }> }) {
  return (
    <>
      <p className="lede">{campaignTitle}</p>
      <Recipient words={frame.words} maskedName={maskedName} signupHref={signupHref} />
      <Missed
        words={frame.words}
        kind={kind}
        action={actions.missed}
        doneAction={actions.record}
        missed={state.missed}
        because={state.because}
      />
    </>
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
  over,
  later,
  actions,
}: DonePageProps) {
  const w = frame.words.done;
  return (
    <>
      <p className="lede">{state.is === 'taken_back' ? w.takenBackText : campaignTitle}</p>
      <Recipient words={frame.words} maskedName={maskedName} signupHref={signupHref} />
      <p>{over ? frame.words.missed.text : w.text}</p>
      <Outcomes
        words={frame.words}
        kind={kind}
        action={actions.record}
        tone={state.is === 'ask' ? 'main' : 'plain'}
      />
      {over && <DidNot words={frame.words} action={actions.missed} />}
      {guideHref && !over && (
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
  const asksNumber = state.outcome === 'filed' && kind === 'regulatory_comment' && state.evidence === 'said';
  const asks = asksNumber || props.tellResultWording !== null;
  return (
    <>
      <p className="lede">{frame.words.outcome.recorded[kind][state.outcome]}</p>
      {state.already && <p>{state.when ? w.alreadyText(state.when) : w.alreadyPlain}</p>}
      {state.outcome === 'filed' && state.evidence && <p>{w.evidence[state.evidence]}</p>}
      <p>{w.after}</p>
      <Recipient words={frame.words} maskedName={props.maskedName} signupHref={props.signupHref} />
      {(asks || state.detailsSaved) && (
        <section className="card">
          <h2>{w.moreTitle}</h2>
          {state.detailsSaved && (
            <p role="status" className="saved">
              {w.saved}
            </p>
          )}
          {asks && (
            <form method="post" action={actions.details} noValidate>
              {asksNumber && (
                <TextField
                  name="trackingNumber"
                  label={w.tracking}
                  note={frame.words.frame.optional}
                  hint={w.trackingHint}
                  value={state.typedTrackingNumber}
                  error={trackingError(w, state)}
                  autoComplete="off"
                  autoCapitalize="none"
                  spellCheck={false}
                />
              )}
              {props.tellResultWording && (
                <ConsentBox
                  name="tellResult"
                  label={w.tell}
                  checked={state.tellResult}
                  wording={props.tellResultWording}
                />
              )}
              <button className="plain">{w.save}</button>
            </form>
          )}
        </section>
      )}
      {props.passOn && <PassOn passOn={props.passOn} words={frame.words} />}
      <section>
        <h2>{w.undoTitle}</h2>
        <p>{w.undoText}</p>
        <Post action={actions.undo} label={w.undo} tone="plain" />
      </section>
    </>
  );
}
