import type { InputHTMLAttributes, ReactNode } from 'react';

type FieldProps = {
  /** The form's field name; also the id that the error summary links to. */
  name: string;
  label: string;
  hint?: string;
  error?: string | null;
  /** Said beside the label: "optional". */
  note?: string;
};

type TextFieldProps = FieldProps &
  Pick<
    InputHTMLAttributes<HTMLInputElement>,
    'type' | 'autoComplete' | 'inputMode' | 'maxLength' | 'autoCapitalize' | 'spellCheck'
  > & { value?: string; short?: boolean };

/** A labelled line of text; what was typed comes back in `value`. */
export function TextField({ name, label, hint, error, note, value, short, ...input }: TextFieldProps) {
  return (
    <div className={error ? 'field wrong' : 'field'}>
      <label htmlFor={name}>
        {label} {note && <span className="note">({note})</span>}
      </label>
      <Hint name={name} hint={hint} />
      <Mistake name={name} error={error} />
      <input
        id={name}
        name={name}
        type="text"
        className={short ? 'short' : undefined}
        defaultValue={value}
        {...input}
        {...described({ name, hint, error })}
      />
    </div>
  );
}

type SelectFieldProps = FieldProps & {
  value: string;
  options: { value: string; label: string }[];
  autoComplete?: string;
};

export function SelectField({ name, label, hint, error, note, value, options, ...select }: SelectFieldProps) {
  return (
    <div className={error ? 'field wrong' : 'field'}>
      <label htmlFor={name}>
        {label} {note && <span className="note">({note})</span>}
      </label>
      <Hint name={name} hint={hint} />
      <Mistake name={name} error={error} />
      <select id={name} name={name} defaultValue={value} {...select} {...described({ name, hint, error })}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

type ChoiceProps = Omit<FieldProps, 'hint' | 'note'> & {
  value: string;
  options: { value: string; label: string; lang?: string }[];
};

/** A few radio buttons; the first one has the field's id, so that the error summary can lead there. */
export function Choice({ name, label, error, value, options }: ChoiceProps) {
  return (
    <fieldset className={error ? 'field wrong' : 'field'}>
      <legend>{label}</legend>
      <Mistake name={name} error={error} />
      <div className="choices">
        {options.map((option, index) => {
          const id = index === 0 ? name : `${name}-${option.value}`;
          return (
            <div className="tick" key={option.value}>
              <input
                type="radio"
                id={id}
                name={name}
                value={option.value}
                defaultChecked={option.value === value}
                {...described({ name, error })}
              />
              <label htmlFor={id} lang={option.lang}>
                {option.label}
              </label>
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}

type TickProps = FieldProps & {
  checked: boolean;
  /** The exact wording that is agreed to, when it is more than the label. */
  children?: ReactNode;
};

/** A box of its own; posts "yes" when ticked and nothing when not. */
export function Tick({ name, label, hint, error, checked, children }: TickProps) {
  return (
    <div className={error ? 'field wrong' : 'field'}>
      <Mistake name={name} error={error} />
      <div className="tick">
        <input
          type="checkbox"
          id={name}
          name={name}
          value="yes"
          defaultChecked={checked}
          {...described({ name, hint: hint ?? children, error })}
        />
        <label htmlFor={name}>{label}</label>
      </div>
      {(hint ?? children) && (
        <div className="hint under-tick" id={`${name}-hint`}>
          {hint ?? children}
        </div>
      )}
    </div>
  );
}

/** All mistakes at the top, each a link to its field. Nothing when there are none. */
export function ErrorSummary({ title, errors }: { title: string; errors: { name: string; text: string }[] }) {
  if (errors.length === 0) return null;
  return (
    <div className="problems" role="alert" tabIndex={-1} id="problems" aria-labelledby="problems-title">
      <h2 id="problems-title">{title}</h2>
      <ul>
        {errors.map((error) => (
          <li key={error.text}>
            <a href={`#${error.name}`}>{error.text}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Hint({ name, hint }: { name: string; hint?: string }) {
  return hint ? (
    <p className="hint" id={`${name}-hint`}>
      {hint}
    </p>
  ) : null;
}

function Mistake({ name, error }: { name: string; error?: string | null }) {
  return error ? (
    <p className="mistake" id={`${name}-error`}>
      {error}
    </p>
  ) : null;
}

function described({ name, hint, error }: { name: string; hint?: ReactNode; error?: string | null }) {
  const ids = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  return { 'aria-describedby': ids || undefined, 'aria-invalid': error ? true : undefined };
}
