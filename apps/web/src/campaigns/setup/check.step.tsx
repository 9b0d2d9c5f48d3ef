import { Alert, Anchor, Button, Card, List, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import { api } from '../../api/client.js';
import { put, queries } from '../../api/queries.js';
import type { components } from '../../api/schema.js';
import { Failed, sayWrong } from '../../shell/failed.js';
import { useLanguage, useWords } from '../../words/language.js';
import { sayMoment, sayNumber } from '../../words/say.js';
import { type Campaign, campaignQuery } from '../../campaign/queries.js';
import { SendToMe } from '../rehearsal/send-to-me.js';
import type { StepProps } from './step.js';

type Checklist = components['schemas']['Checklist'];

/** What is missing, whom it reaches, a try-out in one's own mailbox; then the launch. */
export default function CheckStep({ campaign }: StepProps) {
  const { setup, rehearsal } = useWords();
  const checklist = useQuery({
    queryKey: ['checklist', campaign.id],
    queryFn: async () =>
      (await api.GET('/api/v1/campaigns/{id}/checklist', { params: { path: { id: campaign.id } } })).data!,
    staleTime: 0,
  });
  if (checklist.error) return <Failed error={checklist.error} retry={checklist.refetch} />;
  return (
    <>
      <section aria-busy={checklist.isPending}>
        <Title order={2} size="h4" mb="xs">
          {setup.missing}
        </Title>
        {checklist.data && <Missing campaign={campaign} items={checklist.data.items} />}
      </section>
      {checklist.data && <Reach checklist={checklist.data} campaign={campaign} />}
      <Anchor component={Link} href={`/campaigns/${campaign.id}/rehearsal`}>
        {rehearsal.see}
      </Anchor>
      <SendToMe campaignId={campaign.id} />
      <Launch campaign={campaign} ready={checklist.data?.ready ?? false} />
    </>
  );
}

function Missing({ campaign, items }: { campaign: Campaign; items: Checklist['items'] }) {
  const words = useWords();
  const { setup } = words;
  if (items.length === 0) return <Alert color="green">{setup.nothingMissing}</Alert>;
  return (
    <List spacing="xs">
      {[...items]
        .sort((one, other) => Number(other.blocks) - Number(one.blocks))
        .map((item) => (
          <List.Item key={`${item.code} ${item.path} ${item.message}`}>
            <Text span fw={600} c={item.blocks ? 'red' : undefined}>
              {item.blocks ? setup.mustBeDone : setup.couldBeBetter}
            </Text>{' '}
            {item.about && `${item.about}: `}
            {setup.item[item.code] ?? sayWrong(item.fault ?? item, words)}{' '}
            <Anchor component={Link} href={`/campaigns/${campaign.id}/setup/${item.step}`}>
              {setup.mend}
            </Anchor>
          </List.Item>
        ))}
    </List>
  );
}

function Reach({
  campaign,
  checklist: { audience, texts, fits },
}: {
  campaign: Campaign;
  checklist: Checklist;
}) {
  const { setup } = useWords();
  const { language } = useLanguage();
  const figures = [
    { label: setup.signups, n: audience.signups },
    { label: setup.byEmail, n: audience.email },
    { label: setup.bySms, n: audience.sms },
    { label: setup.welcomeOnly, n: audience.welcomeOnly },
  ];
  const late = fits.filter((fit) => !fit.fits);
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {setup.reach}
      </Title>
      <SimpleGrid cols={{ base: 2, sm: 4 }}>
        {figures.map(({ label, n }) => (
          <Card key={label} withBorder p="sm">
            <Text className="figure" size="xl" fw={700}>
              {sayNumber(n, language)}
            </Text>
            <Text size="sm">{label}</Text>
          </Card>
        ))}
      </SimpleGrid>
      <Text mt="xs">
        {audience.sms > 0 &&
          texts.segmentsEach > 0 &&
          setup.textsCost(texts.segmentsEach, (texts.cents / 100).toFixed(2))}
      </Text>
      <Text>{late.length === 0 ? setup.allFit : setup.someLate}</Text>
      {late.map((fit) => (
        <Text key={`${fit.rungId} ${fit.channel}`} c="red">
          {`${campaign.ladder.find(({ id }) => id === fit.rungId)?.name ?? fit.rungId}, ${setup.channel[fit.channel]}: ${sayMoment(new Date(fit.at), campaign.deadlineZone!, language)}`}
        </Text>
      ))}
    </section>
  );
}

function Launch({ campaign, ready }: { campaign: Campaign; ready: boolean }) {
  const { setup } = useWords();
  const [, go] = useLocation();
  const launch = useMutation({
    mutationFn: async () =>
      (
        await api.POST('/api/v1/campaigns/{id}/{turn}', {
          params: { path: { id: campaign.id, turn: 'launch' } },
        })
      ).data!,
    onSuccess: async (after) => {
      await put(campaignQuery(campaign.id).queryKey, after);
      void queries.invalidateQueries({ queryKey: ['campaigns'] });
      go(`/campaigns/${campaign.id}`, { replace: true });
    },
  });
  if (campaign.status !== 'draft')
    return (
      <Alert>
        {setup.launchedAlready}{' '}
        <Anchor component={Link} href={`/campaigns/${campaign.id}`}>
          {setup.toCampaign}
        </Anchor>
      </Alert>
    );
  return (
    <Stack align="flex-start" gap="xs">
      {launch.error && <Failed error={launch.error} />}
      <Text>{campaign.deadlineAt ? setup.launchText : setup.launchAwaiting}</Text>
      <Button
        size="md"
        disabled={!ready || launch.isSuccess}
        loading={launch.isPending}
        onClick={() => launch.mutate()}
      >
        {setup.launch}
      </Button>
    </Stack>
  );
}
