import type { ReactNode } from 'react';
import type { CampaignKind, Deadline } from '../layout/deadline.js';
import { Page, type Frame } from '../layout/page.js';
import { Post } from '../layout/post.js';
import type { CampaignStatus } from './campaigns.page.js';

/** One rung on one channel; `skipped` by reason; `unknown` is shown only where there is any. */
export type ProgressRow = {
  key: string;
  rung: string;
  when: string;
  channel: 'email' | 'sms';
  planned: number;
  sent: number;
  skipped: Record<string, number>;
  failed: number;
  unknown: number;
  ratePerMinute: number;
  /** Until all that is due has gone, while it goes. */
  secondsLeft: number | null;
};

export type CampaignPageProps = {
  frame: Frame;
  signOutAction: string | null;
  listHref: string;
  title: string;
  kind: CampaignKind;
  status: CampaignStatus;
  /** Why it paused by itself; null when a person did it, or nothing did. */
  pausedBecause: string | null;
  deadline: Deadline | null;
  total: { signups: number; confirmed: number; ratePercent: number };
  /** Where each button POSTs; null hides what the status does not allow. */
  actions: { launch: string | null; pause: string | null; resume: string | null; close: string | null };
  /** Why the last press was refused, in the page's language. */
  problems: string[];
  progress: ProgressRow[];
  coalitions: {
    id: string;
    name: string;
    signupUrl: string;
    leaderUrl: string | null;
    signups: number;
    confirmed: number;
    ratePercent: number;
  }[];
  rehearsalHref: string;
  /** What people wrote, and how much of it nobody has read. */
  texts: { href: string; unread: number };
  /** The newest first. */
  audit: { id: string; at: string; moment: string; who: string; what: string }[];
};

export function CampaignPage(props: CampaignPageProps) {
  const { frame, status, problems } = props;
  const w = frame.words.organizers;
  const pausedBecause = status === 'paused' && w.pausedBecause[props.pausedBecause ?? ''];
  return (
    <Page
      frame={frame}
      title={props.title}
      deadline={props.deadline}
      staff
      signOutAction={props.signOutAction}
    >
      <nav aria-label={w.campaigns}>
        <a href={props.listHref}>{w.allCampaigns}</a>
      </nav>
      <h1>{props.title}</h1>
      {problems.length > 0 && (
        <div className="problems" role="alert" tabIndex={-1}>
          <h2>{w.problems}</h2>
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </div>
      )}
      {pausedBecause && (
        <div className="problems" role="status">
          <h2>{pausedBecause.title}</h2>
          <p>{pausedBecause.text}</p>
        </div>
      )}
      <p className="lede">{w.figures(props.total.signups, props.total.confirmed, props.total.ratePercent)}</p>
      <p>
        <span className={`status ${status}`}>{w.status[status]}</span> {w.kind[props.kind]}.{' '}
        {w.statusHint[status]}
      </p>
      <Actions {...props} />
      <p>
        <a href={props.rehearsalHref}>{frame.words.rehearsal.link}</a>
      </p>
      <p>
        <a href={props.texts.href}>{frame.words.texts.link(props.texts.unread)}</a>
      </p>
      <section>
        <h2>{w.progress}</h2>
        {props.progress.length > 0 ? <Progress {...props} /> : <p>{w.progressNone}</p>}
      </section>
      <section>
        <h2>{w.coalitions}</h2>
        {props.coalitions.length > 0 ? <Coalitions {...props} /> : <p>{w.coalitionsNone}</p>}
      </section>
      <section>
        <h2>{w.audit}</h2>
        {props.audit.length > 0 ? <Audit {...props} /> : <p>{w.auditNone}</p>}
      </section>
    </Page>
  );
}

function Actions({ frame, actions }: CampaignPageProps) {
  const w = frame.words.organizers;
  if (Object.values(actions).every((action) => action === null)) return null;
  return (
    <section className="card actions">
      <h2>{w.actions}</h2>
      {actions.launch && (
        <Action text={w.launchText}>
          <Post action={actions.launch} label={w.launch} />
        </Action>
      )}
      {actions.resume && (
        <Action text={w.resumeText}>
          <Post action={actions.resume} label={w.resume} />
        </Action>
      )}
      {actions.pause && (
        <Action text={w.pauseText}>
          <Post action={actions.pause} label={w.pause} tone="plain" />
        </Action>
      )}
      {actions.close && (
        <details>
          <summary>{w.close}</summary>
          <Action text={`${w.closeAsk} ${w.closeText}`}>
            <Post action={actions.close} label={w.closeConfirm} tone="danger" />
          </Action>
        </details>
      )}
    </section>
  );
}

function Action({ text, children }: { text: string; children: ReactNode }) {
  return (
    <div className="action">
      <p>{text}</p>
      {children}
    </div>
  );
}

function Progress({ frame, progress }: CampaignPageProps) {
  const w = frame.words.organizers;
  const { number } = frame.words;
  const unknown = progress.some((row) => row.unknown > 0);
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={w.progress}>
      <table className="cards">
        <thead>
          <tr>
            <th scope="col">{w.rung}</th>
            <th scope="col" className="word">
              {w.channel}
            </th>
            <th scope="col">{w.planned}</th>
            <th scope="col">{w.sent}</th>
            <th scope="col">{w.skipped}</th>
            <th scope="col">{w.failed}</th>
            {unknown && <th scope="col">{w.unknown}</th>}
          </tr>
        </thead>
        <tbody>
          {progress.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                {row.rung} <small>{row.when}</small>
              </th>
              <td className="word">{frame.words.channel[row.channel]}</td>
              <td data-label={w.planned}>{number(row.planned)}</td>
              <td data-label={w.sent}>
                {number(row.sent)}
                {row.ratePerMinute > 0 && <small>{pace(row, w)}</small>}
              </td>
              <td data-label={w.skipped}>
                {number(sum(row.skipped))}
                {Object.entries(row.skipped).map(([reason, n]) => (
                  <small key={reason}>
                    {w.skippedBecause[reason] ?? reason}: {number(n)}
                  </small>
                ))}
              </td>
              <td data-label={w.failed} className={row.failed > 0 ? 'bad' : undefined}>
                {number(row.failed)}
              </td>
              {unknown && <td data-label={w.unknown}>{number(row.unknown)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, n) => total + n, 0);

function pace({ ratePerMinute, secondsLeft }: ProgressRow, w: Frame['words']['organizers']): string {
  const rate = w.rate(ratePerMinute < 10 ? ratePerMinute : Math.round(ratePerMinute));
  return secondsLeft === null ? rate : `${rate}, ${w.timeLeft(secondsLeft)}`;
}

function Coalitions({ frame, coalitions }: CampaignPageProps) {
  const w = frame.words.organizers;
  return (
    <ul className="list">
      {coalitions.map((coalition) => (
        <li key={coalition.id} className="card">
          <h3>{coalition.name}</h3>
          <p>{w.figures(coalition.signups, coalition.confirmed, coalition.ratePercent)}</p>
          <dl className="phrases">
            <div>
              <dt>{w.signupLink}</dt>
              <dd>{coalition.signupUrl}</dd>
            </div>
            {coalition.leaderUrl && (
              <div>
                <dt>{w.leaderLink}</dt>
                <dd>{coalition.leaderUrl}</dd>
              </div>
            )}
          </dl>
        </li>
      ))}
    </ul>
  );
}

function Audit({ audit }: CampaignPageProps) {
  return (
    <ol className="timeline">
      {audit.map((entry) => (
        <li key={entry.id}>
          <time dateTime={entry.at}>{entry.moment}</time>
          <span>
            {entry.who}: {entry.what}
          </span>
        </li>
      ))}
    </ol>
  );
}
