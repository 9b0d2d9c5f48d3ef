import './rehearsal.css';
import { Alert, Anchor, Skeleton, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'wouter';
import { api } from '../../api/client.js';
import { type Campaign, campaignQuery, rungsQuery } from '../../campaign/queries.js';
import { Failed, useWrong } from '../../shell/failed.js';
import { useFilters } from '../../shell/filters.js';
import { Page } from '../../shell/page.js';
import { useLanguage, useWords } from '../../words/language.js';
import { sayZone } from '../../words/say.js';
import { Person } from './person.js';
import { sampleOf } from './sample.js';
import { SendToMe } from './send-to-me.js';
import { Touch } from './touch.js';

/** What one person gets, when and in which words: the plan that real people's come from. */
export default function RehearsalPage() {
  const { id } = useParams<{ id: string }>();
  const { rehearsal: words } = useWords();
  const campaign = useQuery(campaignQuery(id));
  // Whoever signs up "now" does so when the page was opened: the plan stands still while one reads it.
  const clock = useQuery({ ...rungsQuery(id), refetchInterval: false, staleTime: Infinity });
  const error = campaign.error ?? clock.error;
  if (error && !campaign.data) return <Failed error={error} retry={campaign.refetch} />;
  if (!campaign.data || !clock.data) return <Skeleton h={320} radius="md" />;
  const { title, status } = campaign.data;
  return (
    <Page
      title={words.title}
      lede={words.lede}
      above={
        <Anchor
          component={Link}
          href={status === 'draft' ? `/campaigns/${id}/setup/check` : `/campaigns/${id}`}
          size="sm"
        >
          {title}
        </Anchor>
      }
    >
      <Rehearsal campaign={campaign.data} now={clock.data.now} />
    </Page>
  );
}

function Rehearsal({ campaign, now }: { campaign: Campaign; now: string }) {
  const { rehearsal: words } = useWords();
  const { language } = useLanguage();
  const [filters, narrow] = useFilters();
  const sample = sampleOf(filters, campaign, language, now);
  const plan = useQuery({
    queryKey: ['campaign', campaign.id, 'rehearsal', sample],
    queryFn: async () =>
      (
        await api.GET('/api/v1/campaigns/{id}/rehearsal', {
          params: { path: { id: campaign.id }, query: sample },
        })
      ).data!,
    placeholderData: keepPreviousData,
  });
  const zipRefused = useWrong(plan.error)('zip') !== null;
  if (!campaign.deadlineAt)
    return (
      <Alert>
        {words.noDate}{' '}
        <Anchor component={Link} href={`/campaigns/${campaign.id}/setup/deadline`}>
          {words.setDate}
        </Anchor>
      </Alert>
    );
  const coming = plan.data?.items.filter(({ at }) => at !== null).length ?? 0;
  return (
    <div className="rehearsal">
      <Person {...{ campaign, sample, filters, narrow, zipRefused }} />
      <Stack component="section" aria-busy={plan.isFetching} aria-labelledby="coming">
        {plan.error && !zipRefused && <Failed error={plan.error} retry={plan.refetch} />}
        {plan.isPending && <Skeleton h={320} radius="md" />}
        {plan.data && (
          <>
            <div aria-live="polite">
              <Title order={2} size="h4" id="coming">
                {words.coming(coming, sayZone(plan.data.zone, language))}
              </Title>
              <Text size="sm" c="dimmed">
                {words.hours(plan.data.smsWindow)}
              </Text>
            </div>
            {plan.data.items.length === 0 && <Text>{words.none}</Text>}
            <ol className="cards">
              {plan.data.items.map((item) => (
                <Touch
                  key={`${item.rungId} ${item.channel}`}
                  item={item}
                  name={campaign.ladder.find(({ id }) => id === item.rungId)?.name ?? words.lastCall}
                  zone={plan.data.zone}
                  fit={plan.data.fits.find(
                    ({ rungId, channel }) => rungId === item.rungId && channel === item.channel,
                  )}
                />
              ))}
            </ol>
            {coming > 0 && <SendToMe campaignId={campaign.id} person={sample} />}
          </>
        )}
      </Stack>
    </div>
  );
}
