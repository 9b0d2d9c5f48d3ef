import { Anchor, Button, Skeleton, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { docketZone } from '#domain';
import { Link, useLocation, useParams } from 'wouter';
import { seriesQuery } from '../charts/queries.js';
import { Tiles } from '../charts/tiles.js';
import { Failed } from '../shell/failed.js';
import { Page } from '../shell/page.js';
import { useLanguage, useWords } from '../words/language.js';
import { campaignQuery } from './queries.js';

const Growth = lazy(async () => ({ default: (await import('../charts/growth.js')).Growth }));
const Funnel = lazy(async () => ({ default: (await import('../charts/funnel.js')).Funnel }));
const SideBySide = lazy(async () => ({ default: (await import('../charts/side-by-side.js')).SideBySide }));
const Road = lazy(async () => ({ default: (await import('../charts/road.js')).Road }));
const Deliverability = lazy(async () => ({
  default: (await import('../charts/deliverability.js')).Deliverability,
}));

const tabs = ['growth', 'funnel', 'coalitions', 'road', 'deliverability'] as const;
type Tab = (typeof tabs)[number];

/** A campaign in figures: the ones that matter on top, and one chart at a time, each at an address of its own. */
export default function FiguresPage() {
  const { id, tab = 'growth' } = useParams<{ id: string; tab?: Tab }>();
  const { charts: words } = useWords();
  const { language } = useLanguage();
  const [, go] = useLocation();
  const campaign = useQuery(campaignQuery(id));
  const series = useQuery(seriesQuery(id));
  const error = campaign.error ?? series.error;
  if (!campaign.data || !series.data) {
    if (error) return <Failed error={error} retry={() => [campaign.refetch(), series.refetch()]} />;
    return <Skeleton h={320} radius="md" />;
  }
  const { title, kind, deadlineZone } = campaign.data;
  const of = { of: title, base: `/api/v1/campaigns/${id}` };
  return (
    <Page
      title={words.title}
      above={
        <Anchor component={Link} href={`/campaigns/${id}`} size="sm">
          {title}
        </Anchor>
      }
      actions={(['pdf', 'csv'] as const).map((file) => (
        <Button
          key={file}
          variant="default"
          size="compact-sm"
          component="a"
          href={`${of.base}/report.${file}?language=${language}`}
          download
        >
          {file === 'pdf' ? words.reportPdf : words.reportCsv}
        </Button>
      ))}
    >
      <Tiles kind={kind} series={series.data} />
      <Tabs value={tab} onChange={(next) => go(`/campaigns/${id}/figures/${next}`, { replace: true })}>
        <Tabs.List aria-label={words.tabList} mb="lg">
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {words.tabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <Suspense fallback={<Skeleton h={360} radius="md" />}>
            {tab === 'growth' && <Growth series={series.data} {...of} />}
            {tab === 'funnel' && <Funnel series={series.data} {...of} />}
            {tab === 'coalitions' && (
              <SideBySide
                campaignId={id}
                kind={kind}
                zone={deadlineZone ?? docketZone}
                at={series.dataUpdatedAt}
                {...of}
              />
            )}
            {tab === 'road' && <Road series={series.data} campaignId={id} {...of} />}
            {tab === 'deliverability' && (
              <Deliverability campaignId={id} zone={deadlineZone ?? docketZone} {...of} />
            )}
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
