import type { PageWords } from '#messages';
import type { CampaignKind } from './deadline.js';
import { Post } from './post.js';

/** How to do the deed; written by the organizers, in the page's language. */
export type Guide = {
  /** Safe HTML, rendered from Markdown. Null leaves the part out. */
  whatHtml: string | null;
  whyHtml: string | null;
  need: string[];
  /** How long it takes; null when nobody says. */
  minutes: { from: number; to: number } | null;
  /** What organizers attached for people to file. */
  files: { name: string; href: string; bytes: number }[];
  /** Safe HTML, one a step. */
  steps: string[];
  /** Text to copy into the form: a required first line, an occupation, its duties. */
  phrases: { label: string; text: string }[];
  /** Where one is helped with the words; null when there is nothing to write. */
  workshopHref: string | null;
  /** Who can read what is sent: said before the button. */
  public: string | null;
  /** How the form opens: a button that POSTs and is sent on, or a link where nobody is counted. Null when there is nothing to open (a census). */
  form: (({ action: string } | { href: string }) & { host: string }) | null;
};

type StepsProps = { guide: Guide; kind: CampaignKind; words: PageWords; level: 2 | 3 };

/** What is needed, the steps, what becomes public, and then the way to the official form. */
export function Steps({ guide, kind, words, level }: StepsProps) {
  const Heading = level === 2 ? 'h2' : 'h3';
  const w = words.guide;
  const { minutes, form } = guide;
  const need = [...(minutes ? [w.minutes(minutes.from, minutes.to)] : []), ...guide.need];
  return (
    <>
      {need.length > 0 && (
        <section>
          <Heading>{w.need}</Heading>
          <ul>
            {need.map((thing) => (
              <li key={thing}>{thing}</li>
            ))}
          </ul>
        </section>
      )}
      {guide.files.length > 0 && (
        <section>
          <Heading>{w.files}</Heading>
          <p>{w.filesText}</p>
          <ul className="files">
            {guide.files.map(({ name, href, bytes }) => (
              <li key={href}>
                <a href={href} download={name}>
                  {w.file(name, bytes)}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <Heading>{w.steps}</Heading>
        <ol className="steps">
          {guide.steps.map((step) => (
            <li key={step} dangerouslySetInnerHTML={{ __html: step }} />
          ))}
        </ol>
      </section>
      {guide.phrases.length > 0 && (
        <section>
          <Heading>{w.phrases}</Heading>
          <dl className="phrases">
            {guide.phrases.map((phrase) => (
              <div key={phrase.label}>
                <dt>{phrase.label}</dt>
                <dd>{phrase.text}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {guide.workshopHref && (
        <section className="notice">
          <Heading>{w.workshop}</Heading>
          <p>{w.workshopText}</p>
          {/* So that the workshop knows the way back; nothing else is told. */}
          <a className="button plain" href={guide.workshopHref} referrerPolicy="same-origin">
            {w.workshopLink}
          </a>
        </section>
      )}
      {guide.public && <p className="heed">{guide.public}</p>}
      {form ? (
        <div className="before-button">
          <p>{w.leaving(form.host)}</p>
          <OpenForm form={form} label={w.open} />
        </div>
      ) : (
        kind === 'census_occupation' && <p className="heed">{w.noForm}</p>
      )}
    </>
  );
}

/** The way to the official form, in a tab of its own. */
export function OpenForm({ form, label }: { form: NonNullable<Guide['form']>; label: string }) {
  return 'action' in form ? (
    <Post action={form.action} label={label} newTab />
  ) : (
    <a className="button main" href={form.href} target="_blank" rel="noopener noreferrer">
      {label}
    </a>
  );
}
