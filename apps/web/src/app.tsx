import { Anchor, Loader, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Link, Route, Switch } from 'wouter';
import { InvitationPage } from './accounts/invitation.page.js';
import { CodePage, LinkPage, SignInPage } from './accounts/sign-in.page.js';
import { CampaignsPage } from './campaigns/campaigns.page.js';
import { Frame } from './shell/frame.js';
import { Page } from './shell/page.js';
import { SignedIn } from './shell/session.js';
import { useWords } from './words/language.js';

const PeoplePage = lazy(async () => ({ default: (await import('./accounts/people.page.js')).PeoplePage }));
const AccountPage = lazy(async () => ({ default: (await import('./accounts/account.page.js')).AccountPage }));
const CoalitionsPage = lazy(async () => ({
  default: (await import('./coalitions/coalitions.page.js')).CoalitionsPage,
}));
const NewCoalitionPage = lazy(async () => ({
  default: (await import('./coalitions/coalition.page.js')).NewCoalitionPage,
}));
const CoalitionPage = lazy(async () => ({
  default: (await import('./coalitions/coalition.page.js')).CoalitionPage,
}));
const MergePage = lazy(async () => ({ default: (await import('./coalitions/merge.page.js')).MergePage }));
const NewCampaignPage = lazy(async () => ({
  default: (await import('./campaigns/setup/new.page.js')).NewCampaignPage,
}));
const SetupPage = lazy(async () => ({
  default: (await import('./campaigns/setup/setup.page.js')).SetupPage,
}));
const RehearsalPage = lazy(() => import('./campaigns/rehearsal/rehearsal.page.js'));
const TextsPage = lazy(() => import('./inbox/texts.page.js'));
const CampaignPage = lazy(() => import('./campaign/campaign.page.js'));
const FiguresPage = lazy(() => import('./campaign/figures.page.js'));
const DashboardPage = lazy(() => import('./dashboard/dashboard.page.js'));

/** Where everything is. What few people open, or weighs much, comes when it is asked for. */
export function App() {
  const { shell } = useWords();
  return (
    <Suspense fallback={<Loader role="status" aria-label={shell.loading} m="xl" />}>
      <Switch>
        <Route path="/sign-in" component={SignInPage} />
        <Route path="/sign-in/code" component={CodePage} />
        <Route path="/sign-in/:token" component={LinkPage} />
        <Route path="/invitation/:token" component={InvitationPage} />
        <Route>
          <SignedIn>
            <Frame>
              <Suspense fallback={<Loader role="status" aria-label={shell.loading} m="xl" />}>
                <Switch>
                  <Route path="/" component={CampaignsPage} />
                  <Route path="/coalitions" component={CoalitionsPage} />
                  <Route path="/coalitions/new" component={NewCoalitionPage} />
                  <Route path="/coalitions/:id" component={CoalitionPage} />
                  <Route path="/coalitions/:id/merge" component={MergePage} />
                  <Route path="/campaigns/new" component={NewCampaignPage} />
                  <Route path="/campaigns/:id/setup/:step" component={SetupPage} />
                  <Route path="/campaigns/:id/rehearsal" component={RehearsalPage} />
                  <Route path="/campaigns/:id/texts" component={TextsPage} />
                  <Route path="/campaigns/:id" component={CampaignPage} />
                  <Route path="/campaigns/:id/figures/:tab?" component={FiguresPage} />
                  <Route path="/people" component={PeoplePage} />
                  <Route path="/account" component={AccountPage} />
                  <Route path="/campaigns/:id/coalitions/:coalitionId" component={DashboardPage} />
                  <Route component={Unknown} />
                </Switch>
              </Suspense>
            </Frame>
          </SignedIn>
        </Route>
      </Switch>
    </Suspense>
  );
}

function Unknown() {
  const { shell } = useWords();
  return (
    <Page title={shell.unknownTitle}>
      <Text>{shell.unknownText}</Text>
      <Anchor component={Link} href="/">
        {shell.toStart}
      </Anchor>
    </Page>
  );
}
