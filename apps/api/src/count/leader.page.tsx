import type { PageWords } from '#messages';
import type { CampaignKind, Deadline } from '../layout/deadline.js';
import { Page, type Frame } from '../layout/page.js';
import { Text, type TextView } from './text.js';

/** Exact figures; `ratePercent` is confirmed of signups, null without signups. */
export type LeaderFigures = {
  signups: number;
  optedIn: number;
  confirmed: number;
  verified: number;
  pledged: number;
  ratePercent: number | null;
};

export type LeaderPageProps = {
  frame: Frame;
  kind: CampaignKind;
  campaignTitle: string;
  coalitionName: string;
  deadline: Deadline | null;
  total: LeaderFigures;
  /** How many people joined through more than one of these coalitions. */
  overlap: number;
  /** The leader's own coalition and those below, in the tree's order; depth 0 is their own. */
  coalitions: { id: string; name: string; depth: number; figures: LeaderFigures }[];
  /** From people who agreed to be seen in this coalition. */
  texts: TextView[];
  signupUrl: string;
  /** Answers `{ asOf, figures: { "total.signups": "1,204", "{coalitionId}.rate": "45%", … }, say }` as strings. */
  liveUrl: string;
  asOf: string;
};

export function LeaderPage(props: LeaderPageProps) {
  const { frame, total, kind } = props;
  const { words } = frame;
  const w = words.leader;
  return (
    <Page
      frame={frame}
      title={w.title(props.coalitionName)}
      sender={props.coalitionName}
      deadline={props.deadline}
      wide
      reloadSeconds={30}
      scriptHref="/assets/live.js"
    >
      <h1>{props.campaignTitle}</h1>
      <div data-live-url={props.liveUrl}>
        <dl className="figures">
          {figureNames(kind).map((name) => (
            <div key={name} className={name === 'confirmed' ? 'figure first' : 'figure'}>
              <dt>
                {label(name, kind, words)}
                {name === 'rate' && <small>{w.rateHint}</small>}
                {name === 'verified' && <small>{w.verifiedHint}</small>}
              </dt>
              <dd data-figure={`total.${name}`}>{shown(name, total, words)}</dd>
            </div>
          ))}
        </dl>
        <p className="quiet-text">
          <span data-figure="asOf">{w.asOf(props.asOf)}</span>
          <br />
          {w.live}
        </p>
        <p className="unseen" role="status" aria-live="polite" data-live-say="" />
        <section>
          <h2>{w.table}</h2>
          <div className="scroll" tabIndex={0} role="region" aria-label={w.table}>
            <Coalitions {...props} />
          </div>
          {props.overlap > 0 && <p>{w.overlap(props.overlap)}</p>}
        </section>
      </div>
      {props.texts.length > 0 && (
        <section>
          <h2>{words.texts.title}</h2>
          <p>{words.texts.leaderHint}</p>
          <ul className="list">
            {props.texts.map((text) => (
              <li key={text.id} className="card">
                <Text text={text} words={words} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>{w.share}</h2>
        <p>{w.shareHint}</p>
        <p className="copy">{props.signupUrl}</p>
      </section>
      <p className="quiet-text">{w.private}</p>
    </Page>
  );
}

function Coalitions({ frame, kind, coalitions }: LeaderPageProps) {
  const { words } = frame;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.leader.coalition}</th>
          {figureNames(kind).map((name) => (
            <th scope="col" key={name}>
              {label(name, kind, words)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {coalitions.map((coalition) => (
          <tr key={coalition.id}>
            <th scope="row" className={`depth-${Math.min(coalition.depth, 4)}`}>
              {coalition.name}
            </th>
            {figureNames(kind).map((name) => (
              <td key={name} data-figure={`${coalition.id}.${name}`}>
                {shown(name, coalition.figures, words)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type FigureName = 'confirmed' | 'signups' | 'rate' | 'optedIn' | 'verified' | 'pledged';

/** The number that matters first. Only a docket verifies; only a census pledges. */
function figureNames(kind: CampaignKind): FigureName[] {
  const names: FigureName[] = ['confirmed', 'signups', 'rate', 'optedIn'];
  if (kind === 'regulatory_comment') names.push('verified');
  if (kind === 'census_occupation') names.push('pledged');
  return names;
}

function label(name: FigureName, kind: CampaignKind, words: PageWords): string {
  return name === 'confirmed' ? words.leader.confirmed[kind] : words.leader[name];
}

function shown(name: FigureName, figures: LeaderFigures, words: PageWords): string {
  if (name !== 'rate') return words.number(figures[name]);
  return figures.ratePercent === null ? '–' : words.percent(figures.ratePercent);
}
