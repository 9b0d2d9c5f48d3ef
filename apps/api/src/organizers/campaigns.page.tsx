import type { CampaignKind } from '../layout/deadline.js';
import { Page, type Frame } from '../layout/page.js';

export type CampaignStatus = 'draft' | 'awaiting' | 'running' | 'paused' | 'ended' | 'closed';

export type CampaignsPageProps = {
  frame: Frame;
  signOutAction: string | null;
  campaigns: {
    href: string;
    title: string;
    kind: CampaignKind;
    status: CampaignStatus;
    /** As people say it, with its zone. */
    deadline: string | null;
    signups: number;
    confirmed: number;
    ratePercent: number;
  }[];
  /** Where the API is described, for the empty list. */
  apiHref: string;
};

export function CampaignsPage({ frame, signOutAction, campaigns, apiHref }: CampaignsPageProps) {
  const w = frame.words.organizers;
  return (
    <Page frame={frame} title={w.campaigns} staff signOutAction={signOutAction}>
      <h1>{w.campaigns}</h1>
      {campaigns.length === 0 && (
        <div className="card">
          <h2>{w.empty}</h2>
          <p>{w.emptyText}</p>
          <p>
            <a href={apiHref}>{w.emptyLink}</a>
          </p>
        </div>
      )}
      <ul className="list">
        {campaigns.map((campaign) => (
          <li key={campaign.href} className="card">
            <h2>
              <a href={campaign.href}>{campaign.title}</a>
            </h2>
            <p>
              <span className={`status ${campaign.status}`}>{w.status[campaign.status]}</span>{' '}
              {w.kind[campaign.kind]}
            </p>
            <p>{campaign.deadline ?? w.noDeadline}</p>
            <p>{w.figures(campaign.signups, campaign.confirmed, campaign.ratePercent)}</p>
          </li>
        ))}
      </ul>
    </Page>
  );
}
