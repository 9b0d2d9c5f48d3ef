import { Choice, ErrorSummary, SelectField } from '../layout/field.js';
import { Later, type LaterChoices, type LaterRefusal, LaterRefused } from '../layout/later.js';
import { Page, type Frame } from '../layout/page.js';
import { Post } from '../layout/post.js';
import { Recipient } from '../layout/recipient.js';
import type { ChannelState } from './consent.service.js';

export type ContactSetting = {
  channel: 'email' | 'sms';
  masked: string;
  state: ChannelState;
  /** Takes `channel` = on, off (this campaign) or never (every campaign). */
  action: string;
};

export type PreferencesPageProps = {
  frame: Frame;
  campaignTitle: string;
  coalitionName: string;
  maskedName: string;
  signupHref: string | null;
  contacts: ContactSetting[];
  /** What somebody typed for this person, in words; empty when nothing waits. */
  typed: string[];
  /** Takes `typed` = use or drop. */
  typedAction: string;
  later: LaterChoices | null;
  laterRefused: LaterRefusal | null;
  language: 'en' | 'es';
  zone: string;
  zones: { value: string; label: string }[];
  zoneError: boolean;
  /** Takes `language` and `zone`. */
  saveAction: string;
  /** What was just done. */
  said: 'saved' | 'typedUsed' | 'typedDropped' | null;
  stopHref: string;
  /** The number that START goes to; null when it is not known here. */
  smsNumber: string | null;
  /** Where a fresh link or code is asked for, and by which way it comes. */
  data: { action: string; channel: 'email' | 'sms' };
};

export function PreferencesPage(props: PreferencesPageProps) {
  const { frame } = props;
  const w = frame.words.preferences;
  return (
    <Page frame={frame} title={w.title} sender={props.coalitionName}>
      <h1>{w.title}</h1>
      <p className="lede">{props.campaignTitle}</p>
      <Recipient words={frame.words} maskedName={props.maskedName} signupHref={props.signupHref} />
      <ErrorSummary
        title={frame.words.frame.problems}
        errors={props.zoneError ? [{ name: 'zone', text: w.notFound }] : []}
      />
      <LaterRefused refused={props.laterRefused} words={frame.words} />
      {props.said && (
        <p role="status" className="saved">
          {w[props.said]}
        </p>
      )}
      {props.typed.length > 0 && <TypedForThem {...props} />}
      <section>
        <h2>{w.channels}</h2>
        {props.contacts.map((contact) => (
          <Contact {...props} contact={contact} key={contact.channel} />
        ))}
      </section>
      <Later later={props.later} words={frame.words} />
      <section>
        <h2>{w.how}</h2>
        <form method="post" action={props.saveAction} noValidate>
          <Choice
            name="language"
            label={w.language}
            value={props.language}
            options={[
              { value: 'en', label: frame.words.language.en, lang: 'en' },
              { value: 'es', label: frame.words.language.es, lang: 'es' },
            ]}
          />
          <SelectField
            name="zone"
            label={w.zone}
            hint={w.zoneHint}
            value={props.zone}
            options={props.zones}
            error={props.zoneError ? w.notFound : null}
          />
          <button className="main">{w.save}</button>
        </form>
      </section>
      <section>
        <h2>{w.stopTitle}</h2>
        <p>
          <a className="button leave" href={props.stopHref}>
            {w.stop}
          </a>
        </p>
      </section>
      <section>
        <h2>{w.dataTitle}</h2>
        <p>{w.dataText}</p>
        <Post action={props.data.action} label={w.data[props.data.channel]} tone="quiet" />
      </section>
    </Page>
  );
}

function TypedForThem({ frame, typed, typedAction }: PreferencesPageProps) {
  const w = frame.words.preferences;
  return (
    <section className="card">
      <h2>{w.typedTitle}</h2>
      <p>{w.typedText}</p>
      <ul>
        {typed.map((what) => (
          <li key={what}>{what}</li>
        ))}
      </ul>
      <p>{w.typedThen}</p>
      <form method="post" action={typedAction} className="stack">
        <button className="plain" name="typed" value="use">
          {w.useTyped}
        </button>
        <button className="quiet" name="typed" value="drop">
          {w.dropTyped}
        </button>
      </form>
    </section>
  );
}

function Contact({ contact, frame, smsNumber }: PreferencesPageProps & { contact: ContactSetting }) {
  const { words } = frame;
  const w = words.preferences;
  const { channel, state, action } = contact;
  return (
    <div className="card">
      <h3>{words.channel[channel]}</h3>
      <p>
        {contact.masked}
        <br />
        <strong>{w.state[state]}</strong>
      </p>
      {state === 'on' && (
        <>
          <form method="post" action={action} className="stack">
            <button className="quiet" name="channel" value="off">
              {w.turnOff[channel]}
            </button>
            <button className="quiet leave" name="channel" value="never">
              {w.stopAll[channel]}
            </button>
          </form>
          <p className="quiet-text">{w.stopAllText[channel]}</p>
        </>
      )}
      {state === 'off' && (
        <>
          <p>{w.turnOnText[channel]}</p>
          <Post action={action} label={w.turnOn[channel]} name="channel" value="on" tone="plain" />
        </>
      )}
      {state === 'start' && <p>{smsNumber ? words.stop.backSms(smsNumber) : words.stop.backSmsPlain}</p>}
    </div>
  );
}
