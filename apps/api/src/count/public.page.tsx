import type { PageWords } from '#messages';
import type { CampaignKind, Deadline } from '../layout/deadline.js';
import { Page, type Frame } from '../layout/page.js';

/** A coalition as the public may see it: rounded down to 5, null when a number is under 10. */
export type PublicRow = {
  name: string;
  signupHref: string | null;
  signups: number | null;
  confirmed: number | null;
  ratePercent: number | null;
};

export type PublicCountPageProps = {
  frame: Frame;
  kind: CampaignKind;
  campaignTitle: string;
  deadline: Deadline | null;
  /** Rounded like the rows; null when too few. */
  total: { signups: number | null; confirmed: number | null; pledged: number | null };
  /** How many confirmed the organizers hope for. */
  goal: number | null;
  coalitions: PublicRow[];
  /** "March 3, 4:05 pm Eastern" */
  asOf: string;
};

export function PublicCountPage(props: PublicCountPageProps) {
  const { frame, kind, total, goal } = props;
  const w = frame.words.count;
  return (
    <Page
      frame={frame}
      title={w.title(props.campaignTitle)}
      sender={props.campaignTitle}
      deadline={props.deadline}
      findable
    >
      <h1>{w.heading}</h1>
      <p className="figure-main">
        {total.confirmed === null ? (
          <strong>{w.few}</strong>
        ) : (
          <>
            <span>{w.atLeast}</span> <strong>{frame.words.number(total.confirmed)}</strong>
          </>
        )}{' '}
        <span>{w.doneLong[kind]}</span>
      </p>
      {goal !== null && <Road words={frame.words} kind={kind} total={total} goal={goal} />}
      {goal === null && kind === 'census_occupation' && (
        <p>
          {w.pledged}: {atLeast(frame.words, total.pledged)}. {w.pledgedHint}
        </p>
      )}
      <section>
        <h2>{w.table}</h2>
        {props.coalitions.length > 0 ? <Coalitions {...props} /> : <p>{w.nobody}</p>}
      </section>
      <p className="quiet-text">{w.honest}</p>
      <p className="quiet-text">{w.asOf(props.asOf)}</p>
    </Page>
  );
}

type RoadProps = Pick<PublicCountPageProps, 'kind' | 'total'> & { words: PageWords; goal: number };

/** What was done counts towards the goal; what was pledged stands beside it, in the same measure. */
function Road({ words, kind, total, goal }: RoadProps) {
  const w = words.count;
  const reached = total.confirmed ?? 0;
  const said = w.goal(total.confirmed === null ? w.few : words.number(reached), goal);
  return (
    <section className="road" aria-labelledby="road">
      <h2 id="road">{w.goalLabel}</h2>
      <h3 id="road-done">{w.done[kind]}</h3>
      <progress aria-labelledby="road-done" max={goal} value={Math.min(reached, goal)}>
        {said}
      </progress>
      <p>
        <span>{said}</span> <span>{reached >= goal ? w.goalMet : w.toGo(goal - reached)}</span>
      </p>
      {kind === 'census_occupation' && (
        <>
          <h3 id="road-pledged">{w.pledged}</h3>
          <progress
            className="pledged"
            aria-labelledby="road-pledged"
            max={goal}
            value={Math.min(total.pledged ?? 0, goal)}
          >
            {atLeast(words, total.pledged)}
          </progress>
          <p>
            <span>{atLeast(words, total.pledged)}</span> <span>{w.pledgedHint}</span>
          </p>
        </>
      )}
    </section>
  );
}

const atLeast = ({ count, number }: PageWords, n: number | null) =>
  n === null ? count.few : `${count.atLeast} ${number(n)}`;

function Coalitions({ frame, kind, coalitions }: PublicCountPageProps) {
  const { words } = frame;
  const w = words.count;
  return (
    <>
      <p className="quiet-text" id="table-hint">
        {w.tableHint}
      </p>
      <div className="scroll" tabIndex={0} role="region" aria-label={w.table}>
        <table aria-describedby="table-hint">
          <thead>
            <tr>
              <th scope="col">{w.coalition}</th>
              <th scope="col">{w.signups}</th>
              <th scope="col">{w.done[kind]}</th>
              <th scope="col">{w.rate}</th>
            </tr>
          </thead>
          <tbody>
            {coalitions.map((row) => (
              <tr key={row.name}>
                <th scope="row">{row.signupHref ? <a href={row.signupHref}>{row.name}</a> : row.name}</th>
                {row.signups === null && row.confirmed === null ? (
                  <td colSpan={3} className="few">
                    {w.tooFew}
                  </td>
                ) : (
                  <>
                    <td>{row.signups === null ? w.few : words.number(row.signups)}</td>
                    <td>{row.confirmed === null ? w.few : words.number(row.confirmed)}</td>
                    <td>{row.ratePercent === null ? '–' : words.percent(row.ratePercent)}</td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
