import './setup.css';
import { Anchor, Loader, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ComponentType, lazy } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { Failed } from '../../shell/failed.js';
import { Page } from '../../shell/page.js';
import { useWords } from '../../words/language.js';
import { campaignQuery } from '../../campaign/queries.js';
import { CoalitionsStep } from './coalitions.step.js';
import { DeadlineStep } from './deadline.step.js';
import { DocumentStep } from './document.step.js';
import { GoalStep } from './goal.step.js';
import { LadderStep } from './ladder.step.js';
import type { StepProps } from './step.js';

const steps = {
  document: DocumentStep,
  goal: GoalStep,
  guide: lazy(() => import('./guide.step.js')),
  deadline: DeadlineStep,
  coalitions: CoalitionsStep,
  ladder: LadderStep,
  messages: lazy(() => import('./messages.step.js')),
  workshop: lazy(() => import('./workshop.step.js')),
  check: lazy(() => import('./check.step.js')),
} satisfies Record<string, ComponentType<StepProps>>;
type Step = keyof typeof steps;

/** The wizard. Each step saves what it is about, so that one can leave at any time; the address says where one is. */
export function SetupPage() {
  const { setup, shell } = useWords();
  const { id, step } = useParams<{ id: string; step: Step }>();
  const [, go] = useLocation();
  const campaign = useQuery(campaignQuery(id));
  if (campaign.error && !campaign.data) return <Failed error={campaign.error} retry={campaign.refetch} />;
  if (!campaign.data) return <Loader role="status" aria-label={shell.loading} />;
  const isComment = campaign.data.kind === 'regulatory_comment';
  const order = (Object.keys(steps) as Step[]).filter((name) => isComment || name !== 'workshop');
  const here = order.includes(step) ? step : 'goal';
  const Current = steps[here];
  const next = order[order.indexOf(here) + 1];
  return (
    <Page
      key={here}
      title={setup.step[here].title}
      lede={setup.step[here].lede}
      above={
        <Anchor component={Link} href={campaign.data.status === 'draft' ? '/' : `/campaigns/${id}`} size="sm">
          {campaign.data.title}
        </Anchor>
      }
    >
      <nav aria-label={setup.steps}>
        <ol className="steps">
          {order.map((name) => (
            <li key={name}>
              <Link href={`/campaigns/${id}/setup/${name}`} aria-current={name === here ? 'step' : undefined}>
                {setup.step[name].short}
              </Link>
            </li>
          ))}
        </ol>
      </nav>
      <Stack maw={here === 'messages' || here === 'guide' ? undefined : 720}>
        <Current
          campaign={campaign.data}
          next={() => go(next ? `/campaigns/${id}/setup/${next}` : `/campaigns/${id}`)}
        />
      </Stack>
    </Page>
  );
}
