import { Agreed } from '../consent/opt-in.page.js';
import type { Deadline } from '../layout/deadline.js';
import { Page, type Frame } from '../layout/page.js';
import { Planned, type PlannedMessage } from '../layout/planned.js';
import { Post } from '../layout/post.js';
import { Recipient } from '../layout/recipient.js';

export type JoinPageProps = {
  frame: Frame;
  campaignTitle: string;
  coalitionName: string;
  /** Safe HTML, rendered from the organizers' Markdown. */
  whatHtml: string;
  deadline: Deadline | null;
  maskedName: string;
  signupHref: string;
  /** The exact wording that is agreed to. */
  agreement: string;
  state: 'ask' | 'joined' | 'already';
  planned: PlannedMessage[];
  action: string;
  guideHref: string | null;
  stopHref: string;
};

/** What an invitation leads to: what it is, by when, what would come; and nothing happens but by the button. */
export function JoinPage(props: JoinPageProps) {
  const { frame, state } = props;
  const { words } = frame;
  const w = words.join;
  const title = state === 'ask' ? w.title : w[state];
  return (
    <Page frame={frame} title={title} sender={props.coalitionName} deadline={props.deadline}>
      <h1>{title}</h1>
      <p className="lede">{props.campaignTitle}</p>
      {state === 'ask' ? <Ask {...props} /> : <Agreed {...props} />}
    </Page>
  );
}

function Ask({ frame, planned, ...props }: JoinPageProps) {
  const { words } = frame;
  const w = words.join;
  return (
    <>
      <Recipient
        words={words}
        maskedName={props.maskedName}
        says={words.frame.recipient}
        signupHref={props.signupHref}
      />
      <p>{w.why}</p>
      <section>
        <h2>{w.what}</h2>
        <div dangerouslySetInnerHTML={{ __html: props.whatHtml }} />
      </section>
      <section>
        <h2>{w.planned}</h2>
        {planned.length > 0 ? <Planned messages={planned} words={words} /> : <p>{w.plannedNone}</p>}
      </section>
      <section className="card">
        <h2>{w.agree}</h2>
        <p>{props.agreement}</p>
        <div className="before-button">
          <p>{w.next}</p>
          <Post action={props.action} label={w.button} />
        </div>
      </section>
      <p className="quiet-text">{w.no}</p>
    </>
  );
}
