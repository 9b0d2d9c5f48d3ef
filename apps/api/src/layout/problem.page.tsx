import { Page, type Frame } from './page.js';

/** A status, or what deserves words of its own. */
export type ProblemKind = 400 | 401 | 403 | 'second_factor' | 404 | 409 | 410 | 413 | 429 | 500;

export type ProblemPageProps = {
  frame: Frame;
  kind: ProblemKind;
  /** Where one can go on: the signup page, the sign-in page. */
  nextHref: string | null;
  /** The request's id, for whoever asks for help. */
  reference: string | null;
};

/** What happened, what was not lost, what to do next. */
export function ProblemPage({ frame, kind, nextHref, reference }: ProblemPageProps) {
  const w = frame.words.problem;
  const problem = w[kind];
  return (
    <Page frame={frame} title={problem.title}>
      <h1>{problem.title}</h1>
      <p className="lede">{problem.what}</p>
      <p>{problem.kept}</p>
      <p>{problem.next}</p>
      {nextHref && (
        <p>
          <a className="button main" href={nextHref}>
            {kind === 401 ? w.signIn : w.onward}
          </a>
        </p>
      )}
      {reference && <p className="quiet-text">{w.reference(reference)}</p>}
    </Page>
  );
}
