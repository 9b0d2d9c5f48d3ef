import type { PageWords } from '#messages';
import { Choice, ErrorSummary, SelectField } from '../layout/field.js';
import { Page, type Frame } from '../layout/page.js';
import { Post } from '../layout/post.js';

export type ContactSetting = {
  channel: 'email' | 'sms';
  masked: string;
  /** `start`: stopped by text, so only START lifts it. `blocked`: a complaint or a dead address. */
  state: keyof PageWords['preferences']['state'];
  /** Takes `channel` = on or off. */
  action: string;
};

export type PreferencesPageProps = {
  frame: Frame;
  coalitionName: string;
  contacts: ContactSetting[];
  language: 'en' | 'es';
  zone: string;
  zones: { value: string; label: string }[];
  zoneError: boolean;
  /** Takes `language` and `zone`. */
  saveAction: string;
  saved: boolean;
  stopHref: string;
  /** Where a fresh link for export and deletion is asked for. */
  dataHref: string | null;
};

export function PreferencesPage(props: PreferencesPageProps) {
  const { frame } = props;
  const w = frame.words.preferences;
  return (
    <Page frame={frame} title={w.title} sender={props.coalitionName}>
      <h1>{w.title}</h1>
      <ErrorSummary
        title={frame.words.frame.problems}
        errors={props.zoneError ? [{ name: 'zone', text: w.notFound }] : []}
      />
      {props.saved && (
        <p role="status" className="saved">
          {w.saved}
        </p>
      )}
      <section>
        <h2>{w.channels}</h2>
        {props.contacts.map((contact) => (
          <Contact contact={contact} words={frame.words} key={contact.channel} />
        ))}
      </section>
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
          <a className="button plain" href={props.stopHref}>
            {w.stop}
          </a>
        </p>
      </section>
      {props.dataHref && (
        <section>
          <h2>{w.dataTitle}</h2>
          <p>{w.dataText}</p>
          <p>
            <a className="button plain" href={props.dataHref}>
              {w.data}
            </a>
          </p>
        </section>
      )}
    </Page>
  );
}

function Contact({ contact, words }: { contact: ContactSetting; words: PageWords }) {
  const w = words.preferences;
  const { channel, state } = contact;
  return (
    <div className="card">
      <h3>{words.channel[channel]}</h3>
      <p>
        {contact.masked}
        <br />
        <strong>{w.state[state]}</strong>
      </p>
      {(state === 'on' || state === 'asked') && (
        <Post action={contact.action} label={w.turnOff[channel]} name="channel" value="off" tone="plain" />
      )}
      {state === 'off' && (
        <>
          <p>{w.turnOnText[channel]}</p>
          <Post action={contact.action} label={w.turnOn[channel]} name="channel" value="on" tone="plain" />
        </>
      )}
    </div>
  );
}
