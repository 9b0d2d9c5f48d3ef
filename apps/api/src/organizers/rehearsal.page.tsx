import { states } from '#domain';
import { Choice, ErrorSummary, SelectField, TextField } from '../layout/field.js';
import { Page, type Frame } from '../layout/page.js';

/** When the sample person signed up: at the launch, today, or so many hours before the deadline. */
export const joinedChoices = ['launch', 'now', '72', '24', '5'] as const;
export type Joined = (typeof joinedChoices)[number];

export type RehearsalMessage = {
  key: string;
  name: string;
  channel: 'email' | 'sms';
  /** Null: it isn't sent, for `why`. */
  at: { iso: string; local: string; eastern: string } | null;
  why: string | null;
  subject: string | null;
  text: string;
  segments: number | null;
  costCents: number | null;
  /** How many it goes to and whether it ends in time, in words; null while it is for nobody. */
  fit: { fits: boolean; words: string } | null;
};

export type RehearsalPageProps = {
  frame: Frame;
  signOutAction: string | null;
  campaignHref: string;
  campaignTitle: string;
  action: string;
  /** Null: the campaign has no date yet, so there is nothing to plan. */
  messages: RehearsalMessage[] | null;
  person: {
    zip: string;
    state: string;
    zone: string;
    language: 'en' | 'es';
    channels: 'both' | 'email' | 'sms';
    joined: Joined;
  };
  zoneName: string;
  /** Where it is to be sent, as typed. */
  to: { email: string; phone: string };
  /** What was wrong, each with the name of its field. */
  problems: { name: string; text: string }[];
  /** How many are on their way to the organizer. */
  sent: number | null;
};

export function RehearsalPage(props: RehearsalPageProps) {
  const { frame, person, messages, problems } = props;
  const w = frame.words.rehearsal;
  const errorOf = (field: string) => problems.find(({ name }) => name === field)?.text ?? null;
  const coming = messages?.filter(({ at }) => at !== null).length ?? 0;
  return (
    <Page frame={frame} title={w.title} staff signOutAction={props.signOutAction}>
      <nav aria-label={frame.words.organizers.campaigns}>
        <a href={props.campaignHref}>{props.campaignTitle}</a>
      </nav>
      <h1>{w.title}</h1>
      {props.sent === null && <p className="lede">{w.lede}</p>}
      {props.sent !== null && (
        <p className="saved" role="status">
          {w.sent(props.sent)}
        </p>
      )}
      <ErrorSummary title={frame.words.frame.problems} errors={problems} />
      <form method="get" action={props.action} className="card" noValidate>
        <TextField
          name="zip"
          label={w.zip}
          hint={w.zipHint}
          error={errorOf('zip')}
          value={person.zip}
          short
          inputMode="numeric"
          maxLength={5}
        />
        <SelectField
          name="state"
          label={w.state}
          hint={w.stateHint}
          error={errorOf('state')}
          value={person.state}
          options={[{ value: '', label: w.stateOfZip }, ...states.map((value) => ({ value, label: value }))]}
        />
        <Choice
          name="language"
          label={w.language}
          value={person.language}
          options={(['en', 'es'] as const).map((value) => ({
            value,
            label: frame.words.language[value],
            lang: value,
          }))}
        />
        <SelectField
          name="channels"
          label={w.channels}
          value={person.channels}
          options={(['both', 'email', 'sms'] as const).map((value) => ({ value, label: w.channel[value] }))}
        />
        <SelectField
          name="joined"
          label={w.joined}
          error={errorOf('joined')}
          value={person.joined}
          options={joinedChoices.map((value) => ({ value, label: w.joinedAt[value] }))}
        />
        <button className="main">{w.show}</button>
      </form>
      {messages === null ? (
        <p className="notice">{w.noDate}</p>
      ) : (
        <section>
          <h2>{w.coming(coming, props.zoneName)}</h2>
          {messages.length === 0 && <p>{w.none}</p>}
          <ol className="rehearsal">
            {messages.map((message) => (
              <li key={message.key} className={message.at ? 'card' : 'card left-out'}>
                <Message frame={frame} message={message} language={person.language} />
              </li>
            ))}
          </ol>
        </section>
      )}
      {(coming > 0 || errorOf('email') || errorOf('phone')) && (
        <form method="post" action={props.action} className="card" noValidate>
          <h2>{w.send}</h2>
          <p>{w.sendHint}</p>
          {Object.entries(person).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <TextField
            name="email"
            type="email"
            label={w.email}
            error={errorOf('email')}
            value={props.to.email}
            autoComplete="email"
          />
          <TextField
            name="phone"
            type="tel"
            label={w.phone}
            error={errorOf('phone')}
            value={props.to.phone}
            autoComplete="tel"
          />
          <button className="main">{w.sendButton}</button>
        </form>
      )}
    </Page>
  );
}

function Message({
  frame,
  message,
  language,
}: {
  frame: Frame;
  message: RehearsalMessage;
  language: 'en' | 'es';
}) {
  const { words } = frame;
  const w = words.rehearsal;
  const title = (
    <h3>
      {message.name} <small>{words.channel[message.channel]}</small>
    </h3>
  );
  if (!message.at)
    return (
      <>
        {title}
        <p className="quiet-text">{message.why}</p>
      </>
    );
  return (
    <>
      {title}
      <p>
        <time dateTime={message.at.iso} lang={language}>
          {message.at.local}
        </time>
        {message.at.eastern !== message.at.local && (
          <span className="quiet-text" lang={language}>
            {' '}
            · {message.at.eastern}
          </span>
        )}
      </p>
      {message.subject === null ? (
        <pre className="words" lang={language}>
          {message.text}
        </pre>
      ) : (
        <details lang={language}>
          <summary>{message.subject}</summary>
          <pre className="words">{message.text}</pre>
        </details>
      )}
      {message.segments !== null && message.costCents !== null && (
        <p className="quiet-text">{w.segments(message.segments, message.costCents)}</p>
      )}
      {message.fit && <p className={message.fit.fits ? 'quiet-text' : 'notice'}>{message.fit.words}</p>}
    </>
  );
}
