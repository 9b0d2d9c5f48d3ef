import type { PageWords } from '#messages';
import type { CampaignKind } from './deadline.js';
import { Post } from './post.js';

/** How to do the deed; written by the organizers, in the page's language. */
export type Guide = {
  /** Safe HTML, rendered from Markdown. Null leaves the part out. */
  whatHtml: string | null;
  whyHtml: string | null;
  need: string[];
  minutes: number | null;
  /** Safe HTML, one a step. */
  steps: string[];
  /** Text to copy into the form: a required first line, an occupation, its duties. */
  phrases: { label: string; text: string }[];
  /** What is sent can be read by everybody: said before the button. */
  public: boolean;
  /** The button POSTs here and is sent on to the form; null when there is nothing to open (a census). */
  form: { action: string; host: string } | null;
};

type StepsProps = { guide: Guide; kind: CampaignKind; words: PageWords; level: 2 | 3 };

/** What is needed, the steps, what becomes public, and then the button to the official form. */
export function Steps({ guide, kind, words, level }: StepsProps) {
  const Heading = level === 2 ? 'h2' : 'h3';
  const w = words.guide;
  return (
    <>
      {guide.need.length > 0 && (
        <section>
          <Heading>{w.need}</Heading>
          <ul>
            {guide.need.map((thing) => (
              <li key={thing}>{thing}</li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <Heading>{w.steps}</Heading>
        {guide.minutes !== null && <p className="quiet-text">{w.minutes(guide.minutes)}</p>}
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
      {guide.form ? (
        <div className="before-button">
          {guide.public && <p className="heed">{w.public}</p>}
          <p>{w.leaving(guide.form.host)}</p>
          <Post action={guide.form.action} label={w.open} newTab />
        </div>
      ) : (
        kind === 'census_occupation' && <p className="heed">{w.noForm}</p>
      )}
    </>
  );
}
