import { ErrorSummary, TextField, Tick } from '../layout/field.js';
import { Page, type Frame } from '../layout/page.js';
import { Post } from '../layout/post.js';
import { Recipient } from '../layout/recipient.js';

export type DataAskedPageProps = {
  frame: Frame;
  coalitionName: string;
  channel: 'email' | 'sms';
  /** The contact that proves it, masked. */
  maskedContact: string;
  signupHref: string | null;
  /** `unreachable`: a dead address or a phone that said STOP. `wrong`, `over`: the code that was entered. */
  state: 'sent' | 'unreachable' | 'wrong' | 'over';
  /** Takes `code`. */
  codeAction: string;
  /** Asks for another one. */
  againAction: string;
  settingsHref: string;
};

/** A link or a code is on its way to the owner: whoever else holds this page gets no further. */
export function DataAskedPage(props: DataAskedPageProps) {
  const { frame, channel, state, maskedContact } = props;
  const w = frame.words.data;
  const title = state === 'unreachable' ? w.cannot : channel === 'email' ? w.mailed : w.texted;
  const error = state === 'wrong' || state === 'over' ? w[state] : null;
  return (
    <Page frame={frame} title={title} sender={props.coalitionName}>
      <h1>{title}</h1>
      <ErrorSummary
        title={frame.words.frame.problems}
        errors={error ? [{ name: state === 'over' ? 'again' : 'code', text: error }] : []}
      />
      <Says {...props} />
      {channel === 'sms' && (state === 'sent' || state === 'wrong') && (
        <form method="post" action={props.codeAction} noValidate>
          <TextField
            name="code"
            label={w.code}
            hint={w.codeHint}
            value=""
            error={state === 'wrong' ? w.wrong : null}
            autoComplete="one-time-code"
            inputMode="numeric"
            spellCheck={false}
          />
          <button className="main">{w.enter}</button>
        </form>
      )}
      {channel === 'sms' && state !== 'unreachable' && (
        <div id="again" className="again">
          <Post action={props.againAction} label={w.again} tone={state === 'over' ? 'main' : 'plain'} />
        </div>
      )}
      {state !== 'unreachable' && <p className="quiet-text">{w.limit}</p>}
      <Recipient words={frame.words} maskedName={maskedContact} signupHref={props.signupHref} />
      <p>
        <a href={props.settingsHref}>{w.back}</a>
      </p>
    </Page>
  );
}

function Says({ frame, channel, state, maskedContact }: DataAskedPageProps) {
  const w = frame.words.data;
  if (state === 'unreachable') return <p className="lede">{w.cannotText[channel](maskedContact)}</p>;
  if (state === 'over') return null;
  return <p className="lede">{(channel === 'email' ? w.mailedText : w.textedText)(maskedContact)}</p>;
}

/** What is kept, by name; contacts masked, counts in words. */
export type Fact = { name: keyof Frame['words']['data']['facts']; value: string };

export type DataPageProps = {
  frame: Frame;
  coalitionName: string;
  maskedName: string;
  signupHref: string | null;
  facts: Fact[];
  /** The box beside "delete" was not ticked. */
  unsure: boolean;
  actions: { download: string; delete: string };
};

/** What is kept of a person, masked; the copy and the end of it. */
export function DataPage(props: DataPageProps) {
  const { frame, actions } = props;
  const w = frame.words.data;
  return (
    <Page frame={frame} title={w.title} sender={props.coalitionName}>
      <h1>{w.title}</h1>
      <ErrorSummary
        title={frame.words.frame.problems}
        errors={props.unsure ? [{ name: 'sure', text: w.unsure }] : []}
      />
      <p className="lede">{w.lead}</p>
      <Recipient words={frame.words} maskedName={props.maskedName} signupHref={props.signupHref} />
      <dl className="facts">
        {props.facts.map(({ name, value }) => (
          <div key={name}>
            <dt>{w.facts[name]}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <section>
        <h2>{w.copyTitle}</h2>
        <p>{w.copyText}</p>
        <Post action={actions.download} label={w.copy} />
      </section>
      <section className="card">
        <h2>{w.deleteTitle}</h2>
        <p>{w.deleteText}</p>
        <p>{w.deleteKept}</p>
        <form method="post" action={actions.delete} noValidate>
          <Tick name="sure" label={w.sure} checked={false} error={props.unsure ? w.unsure : null} />
          <button className="danger">{w.delete}</button>
        </form>
      </section>
    </Page>
  );
}

export type DataDeletedPageProps = {
  frame: Frame;
  coalitionName: string;
  hadPhone: boolean;
  signupHref: string;
};

export function DataDeletedPage({ frame, coalitionName, hadPhone, signupHref }: DataDeletedPageProps) {
  const w = frame.words.data;
  return (
    <Page frame={frame} title={w.deleted} sender={coalitionName}>
      <h1>{w.deleted}</h1>
      <p className="lede">{w.deletedText}</p>
      <p>{w.deleteKept}</p>
      {hadPhone && <p>{w.deletedShared}</p>}
      <p>
        <a href={signupHref}>{w.deletedAgain}</a>
      </p>
    </Page>
  );
}
