import { Alert, Anchor, Badge, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Link, useParams } from 'wouter';
import { docketZone } from '#domain';
import { api } from '../api/client.js';
import { queries } from '../api/queries.js';
import { seriesQuery } from '../charts/queries.js';
import { Tiles } from '../charts/tiles.js';
import { unreadQuery } from '../inbox/queries.js';
import { Confirmed } from '../shell/confirmed.js';
import { Failed } from '../shell/failed.js';
import { Page } from '../shell/page.js';
import { useTell } from '../shell/tell.js';
import { useLanguage, useWords } from '../words/language.js';
import { myZone, sayDistance, sayMoment, sayNumber } from '../words/say.js';
import { Activity } from './activity.js';
import { Coalitions } from './coalitions.js';
import { DocketCard } from './docket.js';
import { GuideFiles } from './guide-files.js';
import { MoveDeadline } from './move-deadline.js';
import { type Campaign, campaignQuery, type RungRow, rungsQuery } from './queries.js';
import { Rungs } from './rungs.js';
import { SendAlert } from './send-alert.js';
import { SweepCard } from './sweep.js';

const Growth = lazy(async () => ({ default: (await import('../charts/growth.js')).Growth }));

type Turn = 'pause' | 'resume' | 'close';
const turns: Record<Campaign['status'], Turn[]> = {
  draft: [],
  awaiting: ['close'],
  running: ['pause', 'close'],
  paused: ['resume', 'close'],
  ended: ['close'],
  closed: [],
};

/** One campaign: when it ends, what goes out and how far it is, and what can be done about it. */
export default function CampaignPage() {
  const { id } = useParams<{ id: string }>();
  const { campaign: words, campaigns, charts, rehearsal } = useWords();
  const campaign = useQuery(campaignQuery(id));
  const rungs = useQuery(rungsQuery(id));
  const series = useQuery(seriesQuery(id));
  const say = useTell();
  const refresh = () => queries.invalidateQueries({ queryKey: ['campaign', id] });

  function tell(message: string, undo?: () => Promise<unknown>) {
    say(message, undo && (() => undo().then(refresh)));
    void refresh();
  }
  async function turn(verb: Turn) {
    await api.POST('/api/v1/campaigns/{id}/{turn}', { params: { path: { id, turn: verb } } });
    tell(words.turn[verb].done);
  }
  async function takeOut(rungId: string) {
    return api.DELETE('/api/v1/campaigns/{id}/rungs/{rungId}', { params: { path: { id, rungId } } });
  }
  async function withdraw({ rungId, name }: RungRow) {
    const before = campaign.data!.ladder;
    await takeOut(rungId);
    tell(words.withdraw.done(name), () =>
      api.PUT('/api/v1/campaigns/{id}/ladder', { params: { path: { id } }, body: { rungs: before } }),
    );
  }

  if (campaign.error && !campaign.data) return <Failed error={campaign.error} retry={campaign.refetch} />;
  if (!campaign.data) return <Skeleton h={320} radius="md" />;
  const { title, status, kind, pausedBecause, deadlineZone, official } = campaign.data;
  const takesAlerts = status === 'running' || status === 'paused' || status === 'ended';
  return (
    <Page
      title={title}
      above={
        <Anchor component={Link} href="/" size="sm">
          {campaigns.title}
        </Anchor>
      }
      lede={
        <Group gap="xs">
          <Badge variant="light">{campaigns.status[status]}</Badge>
          {campaigns.kind[kind]}
        </Group>
      }
      actions={
        <>
          {turns[status].map((verb) => (
            <Confirmed
              key={verb}
              {...words.turn[verb]}
              {...(verb === 'close' && status === 'ended' && { text: words.closeUntold })}
              danger={verb === 'close'}
              act={() => turn(verb)}
            />
          ))}
          {status !== 'draft' && <TextsLink campaignId={id} />}
          <Button component={Link} href={`/campaigns/${id}/rehearsal`} variant="default">
            {rehearsal.press}
          </Button>
          <Button component="a" href={`/api/v1/campaigns/${id}/kit.yaml`} download variant="default">
            {words.saveKit}
          </Button>
          {status !== 'closed' && (
            <Button
              component={Link}
              href={`/campaigns/${id}/setup/goal`}
              variant={status === 'draft' ? 'filled' : 'default'}
            >
              {status === 'draft' ? words.continueDraft : words.edit}
            </Button>
          )}
        </>
      }
    >
      {status === 'draft' && <Alert variant="light">{words.draftText}</Alert>}
      {status === 'paused' && pausedBecause && (
        <Alert variant="light" color="red">
          {words.pausedBecause[pausedBecause] ?? pausedBecause}
        </Alert>
      )}
      <Deadline campaign={campaign.data}>
        {status !== 'draft' && status !== 'closed' && (
          <MoveDeadline campaign={campaign.data} moved={() => tell(words.move.done)} />
        )}
        {takesAlerts && (
          <SendAlert
            campaignId={id}
            sent={(rungId, soon) =>
              tell(soon ? words.alert.done : words.alert.planned, () => takeOut(rungId))
            }
          />
        )}
      </Deadline>
      {hasDocket(campaign.data) && <DocketCard campaign={campaign.data} />}
      {kind === 'regulatory_comment' && status !== 'draft' && official.document && (
        <SweepCard campaignId={id} />
      )}
      {status !== 'draft' && series.data && (
        <Tiles kind={kind} series={series.data}>
          <Anchor component={Link} href={`/campaigns/${id}/figures/growth`} size="sm">
            {charts.all}
          </Anchor>
        </Tiles>
      )}
      <section>
        <Title order={2} size="h3" mb="sm">
          {words.rungs}
        </Title>
        {rungs.error && !rungs.data && <Failed error={rungs.error} retry={rungs.refetch} />}
        {rungs.isPending && <Skeleton h={240} radius="md" />}
        {rungs.data?.items.length === 0 && <Text>{words.rungsNone}</Text>}
        {rungs.data && rungs.data.items.length > 0 && (
          <Rungs
            campaignId={id}
            rows={rungs.data.items}
            now={new Date(rungs.data.now)}
            zone={deadlineZone}
            withdraw={takesAlerts && campaign.data.ladder.length > 1 ? withdraw : null}
          />
        )}
      </section>
      {status !== 'draft' && series.data && (
        <Suspense fallback={<Skeleton h={360} radius="md" />}>
          <Growth series={series.data} of={title} base={`/api/v1/campaigns/${id}`} />
        </Suspense>
      )}
      <section>
        <Title order={2} size="h3" mb="sm">
          {words.coalitions}
        </Title>
        <Coalitions campaignId={id} />
      </section>
      {kind === 'regulatory_comment' && (
        <section>
          <Title order={2} size="h3" mb="sm">
            {words.files.title}
          </Title>
          <GuideFiles campaignId={id} />
        </section>
      )}
      <section>
        <Title order={2} size="h3" mb="sm">
          {words.activity}
        </Title>
        <Activity campaignId={id} zone={deadlineZone} />
      </section>
    </Page>
  );
}

/** A comment campaign that is watched, or waits for a document to watch. */
const hasDocket = ({ kind, status, official }: Campaign) =>
  kind === 'regulatory_comment' &&
  status !== 'draft' &&
  status !== 'closed' &&
  (official.document !== undefined || status === 'awaiting');

function TextsLink({ campaignId }: { campaignId: string }) {
  const { texts: words } = useWords();
  const { language } = useLanguage();
  const unread = useQuery(unreadQuery(campaignId)).data ?? 0;
  return (
    <Button
      component={Link}
      href={`/campaigns/${campaignId}/texts`}
      variant={unread > 0 ? 'light' : 'default'}
    >
      {words.link(unread > 0 ? sayNumber(unread, language) : null)}
    </Button>
  );
}

function Deadline({
  campaign: { id, deadlineAt, deadlineZone },
  children,
}: {
  campaign: Campaign;
  children: React.ReactNode;
}) {
  const { campaigns } = useWords();
  const { campaign: words } = useWords();
  const { language } = useLanguage();
  const now = useQuery(rungsQuery(id)).data?.now;
  const at = deadlineAt && new Date(deadlineAt);
  const zone = deadlineZone ?? docketZone;
  return (
    <Group justify="space-between" align="flex-end" gap="sm">
      {at ? (
        <Stack gap={0}>
          <Text size="sm" c="dimmed">
            {words.deadline}
          </Text>
          <Text fw={650} size="xl">
            {now ? sayDistance(at, new Date(now), language) : '\u00a0'}
          </Text>
          <Text>{sayMoment(at, zone, language)}</Text>
          {myZone() !== zone && (
            <Text size="sm" c="dimmed">
              {words.here(sayMoment(at, myZone(), language))}
            </Text>
          )}
        </Stack>
      ) : (
        <Text c="dimmed">{campaigns.noDate}</Text>
      )}
      <Group gap="xs">{children}</Group>
    </Group>
  );
}
