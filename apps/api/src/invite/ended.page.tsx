import type { Deadline } from '../layout/deadline.js';
import { Page, type Frame } from '../layout/page.js';
import { Post } from '../layout/post.js';
import { Recipient } from '../layout/recipient.js';

export type EndedPageProps = {
  frame: Frame;
  campaign: 'ended' | 'closed';
  campaignTitle: string;
  coalitionName: string;
  deadline: Deadline | null;
  /** `sent`: an address was typed, and its owner is asked by mail. The rest is for the owner. */
  state:
    | { is: 'sent' }
    | {
        is: 'ask' | 'noted' | 'already';
        maskedName: string;
        /** The exact wording that is agreed to. */
        agreement: string;
        action: string;
        stopHref: string;
      };
};

/** It is over, said kindly; and one thing that can still be asked for. */
export function EndedPage({ frame, campaign, state, ...props }: EndedPageProps) {
  const { words } = frame;
  const w = words.ended;
  const over = words.signup.state[campaign];
  const title = state.is === 'ask' ? over.title : w[state.is];
  return (
    <Page frame={frame} title={title} sender={props.coalitionName} deadline={props.deadline}>
      <h1>{title}</h1>
      <p className="lede">{props.campaignTitle}</p>
      {state.is === 'sent' && <p>{w.sentText}</p>}
      {state.is === 'ask' && (
        <>
          <Recipient
            words={words}
            maskedName={state.maskedName}
            says={words.frame.recipient}
            signupHref={null}
          />
          <p>{over.text}</p>
          <section className="card">
            <h2>{w.heading}</h2>
            <h3>{w.agree}</h3>
            <p>{state.agreement}</p>
            <div className="before-button">
              <p>{w.next}</p>
              <Post action={state.action} name="nextStep" value="yes" label={w.button} />
            </div>
          </section>
          <p className="quiet-text">{w.no}</p>
        </>
      )}
      {(state.is === 'noted' || state.is === 'already') && (
        <>
          <p>{w.notedText}</p>
          <p>
            <a href={state.stopHref}>{w.stop}</a>
          </p>
        </>
      )}
    </Page>
  );
}
