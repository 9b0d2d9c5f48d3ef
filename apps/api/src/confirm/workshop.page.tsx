import { commentLimit } from '#domain';
import type { Deadline } from '../layout/deadline.js';
import { Page, type Frame } from '../layout/page.js';

export type WorkshopPageProps = {
  frame: Frame;
  campaignTitle: string;
  coalitionName: string;
  deadline: Deadline | null;
  /** Under what a browser keeps the draft: the campaign's slug, whichever coalition and language it is read in. */
  slug: string;
  /** The first line that the agency asks for. */
  opening: string | null;
  prompts: { title: string; help: string }[];
  facts: { words: string; source: string; url?: string | undefined }[];
  sample: string | null;
  /** Who can read what is sent. */
  public: string | null;
  form: { href: string; host: string } | null;
  guideHref: string;
};

/**
 * Where somebody writes a comment, question by question. The page is whole without its script: a worksheet. What the script wakes is
 * `hidden` until then, and what it needs of the campaign it reads from here. Nothing that is typed has a name or a form, so that no
 * button could send it.
 */
export function WorkshopPage(props: WorkshopPageProps) {
  const { frame, prompts, opening } = props;
  const { workshop: w, guide } = frame.words;
  return (
    <Page
      frame={frame}
      title={w.title}
      sender={props.coalitionName}
      deadline={props.deadline}
      scriptHref="/assets/workshop.js"
    >
      <div id="workshop" data-draft={props.slug}>
        <h1>{w.title}</h1>
        <p className="lede">{props.campaignTitle}</p>
        <noscript>
          <p className="heed">{w.worksheet}</p>
        </noscript>

        <section id="before" data-part>
          <h2 tabIndex={-1}>{w.before}</h2>
          <ul className="rules">
            {w.rules.map(({ title, text }) => (
              <li key={title}>
                <strong>{title}</strong> {text}
              </li>
            ))}
          </ul>
          <p className="heed" data-live hidden>
            {w.stays}
          </p>
          {opening && (
            <>
              <p>{w.opening}</p>
              <p className="copy" id="opening">
                {opening}
              </p>
            </>
          )}
          <p data-live hidden>
            <a className="button main" href="#question-1" id="start">
              {w.start}
            </a>
          </p>
        </section>

        {prompts.map(({ title, help }, index) => (
          <section id={`question-${index + 1}`} data-part key={title}>
            <p className="quiet-text">{w.position(index + 1, prompts.length)}</p>
            <h2 tabIndex={-1}>{title}</h2>
            <p id={`help-${index + 1}`}>{help}</p>
            <div className="blank" aria-hidden="true" />
            <div data-live hidden>
              <div className="field">
                <label htmlFor={`answer-${index + 1}`}>{w.answer}</label>
                <p className="hint" id={`hint-${index + 1}`}>
                  {w.answerHint}
                </p>
                <textarea
                  id={`answer-${index + 1}`}
                  rows={8}
                  aria-describedby={`help-${index + 1} hint-${index + 1}`}
                  autoComplete="off"
                />
              </div>
              <p className="quiet-text" data-size />
              <div className="remarks" data-remarks />
              <nav className="side-by-side" aria-label={w.position(index + 1, prompts.length)}>
                <a className="button plain" href={index === 0 ? '#before' : `#question-${index}`}>
                  {w.back}
                </a>
                <a
                  className="button main"
                  href={index + 1 === prompts.length ? '#whole' : `#question-${index + 2}`}
                >
                  {index + 1 === prompts.length ? w.seeWhole : w.next}
                </a>
              </nav>
            </div>
          </section>
        ))}

        <div id="writing">
          <Facts facts={props.facts} frame={frame} />
          {props.sample && (
            <details>
              <summary>{w.sample}</summary>
              <p className="heed">{w.sampleText}</p>
              <div className="said" id="sample">
                {props.sample.trim()}
              </div>
            </details>
          )}
          <p data-live hidden>
            <a href="#whole">{w.seeWhole}</a>
          </p>
        </div>

        <section id="whole" data-part>
          <h2 tabIndex={-1}>{w.whole}</h2>
          <p>{w.limits(commentLimit)}</p>
          <div data-live hidden>
            <div className="card said" id="comment" />
            <p className="quiet-text" data-size />
            <div className="remarks">
              <div id="alike" />
              <div className="remarks" id="whole-remarks" />
            </div>
            <h3>{w.parts}</h3>
            <ol className="parts">
              {prompts.map(({ title }, index) => (
                <li key={title}>
                  <a href={`#question-${index + 1}`}>{title}</a> <small data-words />
                </li>
              ))}
            </ol>
            <div className="stack">
              <button type="button" className="main" id="copy">
                {w.copy}
              </button>
              <div className="side-by-side">
                <button type="button" className="plain" id="as-text">
                  {w.asText}
                </button>
                <button type="button" className="plain" id="as-word">
                  {w.asWord}
                </button>
              </div>
            </div>
          </div>
          {props.form && (
            <section className="card">
              <h3>{w.file}</h3>
              {props.public && <p className="heed">{props.public}</p>}
              <p>{guide.leaving(props.form.host)}</p>
              <a
                className="button main"
                id="form-link"
                href={props.form.href}
                target="_blank"
                rel="noopener noreferrer"
              >
                {guide.open}
              </a>
              <form method="post" id="form-button" target="_blank" rel="noopener" hidden>
                <button className="main">{guide.open}</button>
              </form>
              <p>{w.after}</p>
            </section>
          )}
          <p>
            <a href={props.guideHref} id="guide">
              {w.guide}
            </a>
          </p>
        </section>

        <div className="again" data-live hidden>
          <p className="quiet-text" id="kept" />
          <button type="button" className="quiet leave" id="erase">
            {w.erase}
          </button>
          <button type="button" className="quiet" id="undo" hidden>
            {w.undo}
          </button>
        </div>
        <p role="status" className="passing" id="said" />
        <p role="status" className="unseen" id="heard" />
      </div>
    </Page>
  );
}

function Facts({ facts, frame }: { facts: WorkshopPageProps['facts']; frame: Frame }) {
  const { workshop: w } = frame.words;
  if (facts.length === 0) return null;
  return (
    <details open>
      <summary>{w.facts(facts.length)}</summary>
      <p>{w.factsText}</p>
      <ul className="list">
        {facts.map(({ words, source, url }) => (
          <li key={words} className="fact">
            <p data-fact={`${words} (${source})`}>{words}</p>
            <p className="quiet-text">
              {url ? (
                <a href={url} target="_blank" rel="noopener noreferrer">
                  {source}
                </a>
              ) : (
                source
              )}
            </p>
            <button type="button" className="plain" data-insert data-live hidden>
              {w.insert}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
