import type { Deadline } from '../layout/deadline.js';
import { Page, type Frame } from '../layout/page.js';
import { Planned, type PlannedMessage } from '../layout/planned.js';
import { Post } from '../layout/post.js';
import { Recipient } from '../layout/recipient.js';
import type { TypedField } from './typed.js';

export type OptInPageProps = {
  frame: Frame;
  campaignTitle: string;
  coalitionName: string;
  deadline: Deadline | null;
  /** Masked: "m••••@e••••.org". */
  maskedContact: string;
  signupHref: string | null;
  /** The exact wording that is agreed to. */
  agreement: string;
  /** What a later signup typed that the button would save. */
  pending: TypedField[];
  state: 'ask' | 'agreed' | 'already';
  planned: PlannedMessage[];
  action: string;
  guideHref: string | null;
  stopHref: string;
};

export function OptInPage(props: OptInPageProps) {
  const { frame, state } = props;
  const w = frame.words.optIn;
  const title = state === 'ask' ? w.title : state === 'agreed' ? w.agreed : w.already;
  return (
    <Page frame={frame} title={title} sender={props.coalitionName} deadline={props.deadline}>
      <h1>{title}</h1>
      <p className="lede">{props.campaignTitle}</p>
      <Recipient
        words={frame.words}
        maskedName={props.maskedContact}
        says={w.forContact}
        signupHref={props.signupHref}
      />
      {state === 'ask' ? <Ask {...props} /> : <Agreed {...props} />}
    </Page>
  );
}

function Ask({ frame, agreement, pending, planned, action }: OptInPageProps) {
  const w = frame.words.optIn;
  return (
    <>
      <section className="card">
        <h2>{w.agree}</h2>
        <p>{agreement}</p>
        {pending.length > 0 && (
          <p className="heed">{w.pending(pending.map((field) => w.pendingField[field]).join(w.and))}</p>
        )}
        {planned.length > 0 && <Planned messages={planned} words={frame.words} />}
        <div className="before-button">
          <p>{w.next}</p>
          <Post action={action} label={w.button} />
        </div>
      </section>
      <p className="quiet-text">{w.no}</p>
    </>
  );
}

/** What comes after a yes, and the way out. */
export function Agreed({
  frame,
  planned,
  guideHref,
  stopHref,
}: Pick<OptInPageProps, 'frame' | 'planned' | 'guideHref' | 'stopHref'>) {
  const w = frame.words.optIn;
  return (
    <>
      <p>{w.agreedText}</p>
      <section>
        <h2>{w.coming}</h2>
        {planned.length > 0 ? <Planned messages={planned} words={frame.words} /> : <p>{w.comingNone}</p>}
      </section>
      {guideHref && (
        <p>
          <a className="button main" href={guideHref}>
            {w.guide}
          </a>
        </p>
      )}
      <p>
        <a href={stopHref}>{w.stop}</a>
      </p>
    </>
  );
}
