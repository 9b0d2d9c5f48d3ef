import type { PageWords } from '#messages';
import { ConsentBox, type Wording } from '../layout/consent-box.js';
import type { CampaignKind, Deadline } from '../layout/deadline.js';
import { Choice, ErrorSummary, SelectField, TextField } from '../layout/field.js';
import { Page, type Frame } from '../layout/page.js';

export type SignupError = keyof PageWords['signup']['errors'];

/** What was typed, kept when the form comes back; '' and false at first. */
export type SignupTyped = {
  email: string;
  phone: string;
  name: string;
  zip: string;
  zone: string;
  language: 'en' | 'es';
  smsConsent: boolean;
  nextStep: boolean;
  showName: boolean;
};

export type SignupPageProps = {
  frame: Frame;
  state: 'open' | 'awaiting' | 'paused' | 'ended' | 'closed';
  kind: CampaignKind;
  campaignTitle: string;
  coalitionName: string;
  /** The deed in a sentence: "File a comment on the federal docket …" */
  deed: string;
  /** Safe HTML, rendered from the organizers' Markdown. */
  whyHtml: string | null;
  deadline: Deadline | null;
  /** Rounded as public figures are; null when too few. */
  counted: { signups: number; confirmed: number; ratePercent: number } | null;
  action: string;
  /** How it is done, for whoever wants to know first; null while there is nothing to do. */
  guideHref: string | null;
  /** Where an address goes whose owner may want to hear of the next step; null until it is over. */
  nextStepAction: string | null;
  typed: SignupTyped;
  errors: SignupError[];
  zones: { value: string; label: string }[];
  wordings: { smsConsent: Wording; nextStep: Wording; showName: Wording };
};

const fieldOf: Record<SignupError, keyof SignupTyped | 'main'> = {
  contact_missing: 'email',
  email_missing: 'email',
  email_invalid: 'email',
  phone_invalid: 'phone',
  phone_no_texts: 'phone',
  phone_country: 'phone',
  texts_unticked: 'smsConsent',
  sms_needs_phone: 'phone',
  name_too_long: 'name',
  name_invalid: 'name',
  zip_unknown: 'zip',
  zone_unknown: 'zone',
  language_unknown: 'language',
  too_many: 'main',
};

export function SignupPage(props: SignupPageProps) {
  const { frame, state } = props;
  const w = frame.words.signup;
  const notice = state === 'open' ? null : w.state[state];
  return (
    <Page
      frame={frame}
      title={w.title(props.campaignTitle, props.coalitionName)}
      sender={props.coalitionName}
      deadline={props.deadline}
      findable
    >
      <h1>{props.campaignTitle}</h1>
      <ErrorSummary
        title={frame.words.frame.problems}
        errors={props.errors.map((error) => ({ name: fieldOf[error], text: w.errors[error] }))}
      />
      <p className="lede">{props.deed}</p>
      {props.guideHref && (
        <p>
          <a href={props.guideHref}>{w.guide}</a>
        </p>
      )}
      {notice && (
        <div className="notice">
          <h2>{notice.title}</h2>
          <p>{notice.text}</p>
        </div>
      )}
      <Counted {...props} />
      {state !== 'ended' && state !== 'closed' && <SignupForm {...props} />}
      {props.nextStepAction && <NextStepForm {...props} action={props.nextStepAction} />}
      {props.whyHtml && (
        <section>
          <h2>{w.why}</h2>
          <div dangerouslySetInnerHTML={{ __html: props.whyHtml }} />
        </section>
      )}
    </Page>
  );
}

function Counted({ frame, counted, coalitionName, kind }: SignupPageProps) {
  if (!counted) return null;
  const w = frame.words.signup;
  return (
    <p className="counted">
      {w.counted(counted.signups, coalitionName)}{' '}
      {w.countedDone[kind](counted.confirmed, counted.ratePercent)}
    </p>
  );
}

function NextStepForm({ frame, action, typed, errors, wordings }: SignupPageProps) {
  const w = frame.words.ended;
  const error = errors.find((one) => fieldOf[one] === 'email');
  return (
    <section aria-labelledby="next-title" className="card">
      <h2 id="next-title">{w.heading}</h2>
      <p>{w.intro}</p>
      <form method="post" action={action} noValidate>
        <TextField
          name="email"
          label={frame.words.signup.email}
          value={typed.email}
          error={error ? frame.words.signup.errors[error] : null}
          type="email"
          autoComplete="email"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
        />
        <div className="before-button">
          <p>{wordings.nextStep.text}</p>
          <button className="main">{w.button}</button>
        </div>
      </form>
    </section>
  );
}

function SignupForm({ frame, action, typed, errors, zones, wordings }: SignupPageProps) {
  const w = frame.words.signup;
  const errorOf = (field: keyof SignupTyped): string | null => {
    const error = errors.find((one) => fieldOf[one] === field);
    return error ? w.errors[error] : null;
  };
  const optional = frame.words.frame.optional;
  return (
    <section aria-labelledby="signup-title" className="card">
      <h2 id="signup-title">{w.heading}</h2>
      <p>{w.intro}</p>
      <form method="post" action={action} noValidate>
        <fieldset>
          <legend>{w.contact}</legend>
          <p className="hint">{w.contactHint}</p>
          <TextField
            name="email"
            label={w.email}
            value={typed.email}
            error={errorOf('email')}
            type="email"
            autoComplete="email"
            inputMode="email"
            autoCapitalize="none"
            spellCheck={false}
          />
          <TextField
            name="phone"
            label={w.phone}
            hint={w.phoneHint}
            value={typed.phone}
            error={errorOf('phone')}
            type="tel"
            autoComplete="tel"
            inputMode="tel"
          />
        </fieldset>
        <TextField
          name="name"
          label={w.name}
          note={optional}
          hint={w.nameHint}
          value={typed.name}
          error={errorOf('name')}
          autoComplete="name"
          maxLength={200}
        />
        <TextField
          name="zip"
          label={w.zip}
          note={optional}
          hint={w.zipHint}
          value={typed.zip}
          error={errorOf('zip')}
          autoComplete="postal-code"
          inputMode="numeric"
          maxLength={10}
          short
        />
        <details open={typed.zone !== '' || errorOf('zone') !== null}>
          <summary>{w.zoneSummary}</summary>
          <SelectField
            name="zone"
            label={w.zone}
            value={typed.zone}
            error={errorOf('zone')}
            options={[{ value: '', label: w.zoneUnset }, ...zones]}
          />
        </details>
        <Choice
          name="language"
          label={w.language}
          value={typed.language}
          error={errorOf('language')}
          options={[
            { value: 'en', label: frame.words.language.en, lang: 'en' },
            { value: 'es', label: frame.words.language.es, lang: 'es' },
          ]}
        />
        <fieldset>
          <legend>{w.choices}</legend>
          <p className="hint">{w.choicesHint}</p>
          <ConsentBox
            name="smsConsent"
            label={w.sms}
            checked={typed.smsConsent}
            wording={wordings.smsConsent}
          />
          <ConsentBox
            name="nextStep"
            label={w.nextStep}
            checked={typed.nextStep}
            wording={wordings.nextStep}
          />
          <ConsentBox
            name="showName"
            label={w.showName}
            checked={typed.showName}
            wording={wordings.showName}
          />
        </fieldset>
        <div className="before-button">
          <h3>{w.nextTitle}</h3>
          <ul>
            {w.next.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <button className="main">{w.button}</button>
        </div>
      </form>
    </section>
  );
}
