import {
  Alert,
  Anchor,
  Badge,
  Button,
  Card,
  Group,
  List,
  Modal,
  SimpleGrid,
  Skeleton,
  Stack,
  Switch,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { deadlineOf, docketZone, sayDay } from '#domain';
import { api } from '../api/client.js';
import { live, queries } from '../api/queries.js';
import type { components } from '../api/schema.js';
import { Failed } from '../shell/failed.js';
import { useTell } from '../shell/tell.js';
import { useLanguage, useWords } from '../words/language.js';
import { sayDistance, sayMoment } from '../words/say.js';
import { Confirmed } from '../shell/confirmed.js';
import { Changes } from './move-deadline.js';
import type { Campaign } from './queries.js';

type Docket = components['schemas']['Docket'];
type Proposal = Docket['proposals'][number];

/** A date of a docket as people say it: "Monday, March 15". */
function useSayDate() {
  const { language } = useLanguage();
  return (date: string) => sayDay(deadlineOf(date), docketZone, language);
}

/** What the official sources say of a campaign's document, and what is to be decided about it. */
export function DocketCard({ campaign }: { campaign: Campaign }) {
  const { docket: words } = useWords();
  const { language } = useLanguage();
  const tell = useTell();
  const params = { path: { id: campaign.id } };
  const queryKey = ['campaign', campaign.id, 'docket'];
  const docket = useQuery({
    queryKey,
    ...live,
    queryFn: async () => (await api.GET('/api/v1/campaigns/{id}/docket', { params })).data!,
  });
  const refresh = () => queries.invalidateQueries({ queryKey: ['campaign', campaign.id] });
  const ask = useMutation({
    mutationFn: () => api.POST('/api/v1/campaigns/{id}/docket/ask', { params }),
    onSuccess: () => {
      tell(words.asking);
      return refresh();
    },
  });
  const byItself = useMutation({
    mutationFn: (byItself: boolean) =>
      api.PUT('/api/v1/campaigns/{id}/docket', { params, body: { byItself } }),
    onSuccess: refresh,
  });
  if (docket.error && !docket.data) return <Failed error={docket.error} retry={docket.refetch} />;
  if (!docket.data) return <Skeleton h={200} radius="md" />;
  const { proposals, candidates, documentId, finding, nextAt, now, sharedKey } = docket.data;
  const open = proposals.filter(({ state }) => state === 'open');
  const looked = docket.data.sources.some(({ source, askedAt }) => source === 'federal_register' && askedAt);
  const decided = proposals.filter(({ state }) => state !== 'open');
  return (
    <Card withBorder component="section" aria-labelledby="docket">
      <Stack>
        <Group justify="space-between">
          <Title order={2} size="h3" id="docket">
            {words.title}
          </Title>
          <Group gap="xs">
            <Text size="sm" c="dimmed">
              {nextAt
                ? words.nextAt(sayDistance(new Date(nextAt), new Date(now), language))
                : docket.data.watched && words.askedNoMore}
            </Text>
            <Button variant="default" loading={ask.isPending} onClick={() => ask.mutate()}>
              {words.askNow}
            </Button>
          </Group>
        </Group>
        {ask.error && <Failed error={ask.error} />}
        {documentId && (
          <Stack aria-live="polite">
            {open.length === 0 && <Text>{finding ? words.finding[finding] : words.notHeard}</Text>}
            {open.map((proposal) => (
              <OpenProposal key={proposal.id} campaign={campaign} proposal={proposal} decided={refresh} />
            ))}
          </Stack>
        )}
        {documentId ? (
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {docket.data.sources.map((source) => (
              <SourceCard key={source.source} source={source} now={new Date(now)} />
            ))}
          </SimpleGrid>
        ) : (
          <>
            <Search campaignId={campaign.id} search={docket.data.search} saved={refresh} />
            {docket.data.search && candidates.length === 0 && (
              <Text>{looked ? words.noCandidates : words.searching}</Text>
            )}
            {candidates.map((candidate) => (
              <Candidate
                key={candidate.number}
                campaignId={campaign.id}
                candidate={candidate}
                decided={refresh}
              />
            ))}
          </>
        )}
        {documentId && (
          <Switch
            label={words.byItself}
            description={words.byItselfHint}
            checked={docket.data.byItself}
            disabled={byItself.isPending}
            onChange={({ currentTarget }) => byItself.mutate(currentTarget.checked)}
          />
        )}
        {byItself.error && <Failed error={byItself.error} />}
        {sharedKey && (
          <Text size="sm" c="dimmed">
            {words.sharedKey}
          </Text>
        )}
        {decided.length > 0 && <Decided proposals={decided} />}
      </Stack>
    </Card>
  );
}

function SourceCard({ source, now }: { source: Docket['sources'][number]; now: Date }) {
  const { docket: words } = useWords();
  const { language } = useLanguage();
  const sayDate = useSayDate();
  const { askedAt, closesOn, withdrawn, notice, health } = source;
  return (
    <Card withBorder padding="sm">
      <Stack gap={4}>
        <Group justify="space-between" gap="xs">
          <Text fw={650}>{words.source[source.source]}</Text>
          {health !== 'fine' && (
            <Badge variant="light" color="red">
              {words.health[health]}
            </Badge>
          )}
        </Group>
        <Text>
          {withdrawn
            ? words.withdrawn
            : closesOn.length > 0
              ? words.closes(closesOn.map(sayDate).join(words.or))
              : askedAt
                ? words.noDate
                : words.notHeard}
        </Text>
        {notice && (
          <Text size="sm">
            {notice.url ? (
              <Anchor href={notice.url} target="_blank" rel="noreferrer">
                {words.notice(notice.number)}
              </Anchor>
            ) : (
              words.notice(notice.number)
            )}
          </Text>
        )}
        {askedAt && (
          <Text size="sm" c="dimmed">
            {words.askedAt(sayDistance(new Date(askedAt), now, language))}
          </Text>
        )}
      </Stack>
    </Card>
  );
}

function OpenProposal({
  campaign,
  proposal,
  decided,
}: {
  campaign: Campaign;
  proposal: Proposal;
  decided: () => Promise<unknown>;
}) {
  const { docket: words } = useWords();
  const sayDate = useSayDate();
  const path = { id: campaign.id, proposalId: proposal.id };
  const dismiss = useMutation({
    mutationFn: () =>
      api.POST('/api/v1/campaigns/{id}/docket/proposals/{proposalId}/dismiss', { params: { path } }),
    onSuccess: decided,
  });
  const { kind, closesOn, kept, regulationsOn, registerOn } = proposal;
  return (
    <Alert
      variant="light"
      color={kind === 'conflict' || kind === 'correction' ? 'yellow' : undefined}
      title={words.proposal[kind].title}
    >
      <Stack gap="xs" align="flex-start">
        <Text>
          {words.proposal[kind].text(closesOn.map(sayDate).join(words.or), kept ? sayDate(kept) : '–')}
        </Text>
        {kind === 'conflict' && (
          <List>
            {regulationsOn && (
              <List.Item>{words.says(words.source.regulations_gov, sayDate(regulationsOn))}</List.Item>
            )}
            {registerOn.length > 0 && (
              <List.Item>
                {words.says(words.source.federal_register, registerOn.map(sayDate).join(words.or))}
              </List.Item>
            )}
          </List>
        )}
        {!proposal.agreed && kind !== 'conflict' && <Text size="sm">{words.oneSource}</Text>}
        {dismiss.error && <Failed error={dismiss.error} />}
        <Group>
          {closesOn.map((date) => (
            <Apply key={date} campaign={campaign} proposal={proposal} date={date} applied={decided} />
          ))}
          <Button variant="default" loading={dismiss.isPending} onClick={() => dismiss.mutate()}>
            {words.dismiss}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

/** What the date would do to the ladder, and the button that takes it. */
function Apply({
  campaign,
  proposal,
  date,
  applied,
}: {
  campaign: Campaign;
  proposal: Proposal;
  date: string;
  applied: () => Promise<unknown>;
}) {
  const { docket: words, campaign: moveWords, shell } = useWords();
  const sayDate = useSayDate();
  const tell = useTell();
  const [open, setOpen] = useState(false);
  const path = { id: campaign.id };
  const deadline = { deadlineAt: deadlineOf(date).toISOString(), deadlineZone: docketZone };
  const preview = useMutation({
    mutationFn: async () =>
      (await api.POST('/api/v1/campaigns/{id}/deadline/preview', { params: { path }, body: deadline })).data!,
  });
  const apply = useMutation({
    mutationFn: () =>
      api.POST('/api/v1/campaigns/{id}/docket/proposals/{proposalId}/apply', {
        params: { path: { ...path, proposalId: proposal.id } },
        body: { closesOn: date, version: campaign.version },
      }),
    onSuccess: () => {
      setOpen(false);
      tell(moveWords.move.done);
      return applied();
    },
  });
  return (
    <>
      <Button
        onClick={() => {
          apply.reset();
          setOpen(true);
          preview.mutate();
        }}
      >
        {proposal.closesOn.length > 1 ? words.lookAt(sayDate(date)) : words.look}
      </Button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        size="lg"
        title={words.applyTitle(sayDate(date))}
        closeButtonProps={{ 'aria-label': shell.close }}
      >
        <Stack>
          {preview.isPending && <Skeleton h={120} radius="md" />}
          {preview.error && <Failed error={preview.error} />}
          {preview.data && <Changes preview={preview.data} zone={docketZone} />}
          {apply.error && <Failed error={apply.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setOpen(false)}>
              {shell.cancel}
            </Button>
            <Button disabled={!preview.data} loading={apply.isPending} onClick={() => apply.mutate()}>
              {words.apply}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

/** What a campaign that waits for its document looks for. */
function Search({
  campaignId,
  search,
  saved,
}: {
  campaignId: string;
  search: Docket['search'];
  saved: () => Promise<unknown>;
}) {
  const { docket: words } = useWords();
  const tell = useTell();
  const [agency, setAgency] = useState(search?.agency ?? '');
  const [terms, setTerms] = useState(search?.words ?? '');
  const save = useMutation({
    mutationFn: () =>
      api.PUT('/api/v1/campaigns/{id}/docket', {
        params: { path: { id: campaignId } },
        body: { search: { agency, words: terms } },
      }),
    onSuccess: () => {
      tell(words.searching);
      return saved();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack align="flex-start">
        <Text>{words.searchLede}</Text>
        <Group align="flex-end" w="100%">
          <TextInput
            flex={1}
            miw={220}
            label={words.agency}
            required
            value={agency}
            onChange={({ currentTarget }) => setAgency(currentTarget.value)}
          />
          <TextInput
            flex={1}
            miw={220}
            label={words.terms}
            required
            value={terms}
            onChange={({ currentTarget }) => setTerms(currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={save.isPending}>
            {words.search}
          </Button>
        </Group>
        {save.error && <Failed error={save.error} />}
      </Stack>
    </form>
  );
}

function Candidate({
  campaignId,
  candidate: { number, title, agency, publishedOn, closesOn, url },
  decided,
}: {
  campaignId: string;
  candidate: Docket['candidates'][number];
  decided: () => Promise<unknown>;
}) {
  const { docket: words } = useWords();
  const sayDate = useSayDate();
  const tell = useTell();
  const params = { path: { id: campaignId, number } };
  const dismiss = useMutation({
    mutationFn: () => api.POST('/api/v1/campaigns/{id}/docket/candidates/{number}/dismiss', { params }),
    onSuccess: decided,
  });
  async function accept() {
    await api.POST('/api/v1/campaigns/{id}/docket/candidates/{number}/accept', { params });
    tell(words.opened);
    await decided();
  }
  return (
    <Card withBorder padding="sm">
      <Stack gap="xs" align="flex-start">
        <Title order={3} size="h5">
          {title}
        </Title>
        <Text size="sm" c="dimmed">
          {[agency, number, publishedOn && words.published(sayDate(publishedOn))].filter(Boolean).join(' · ')}
        </Text>
        <Text>{words.closes(closesOn.map(sayDate).join(words.or))}</Text>
        {dismiss.error && <Failed error={dismiss.error} />}
        <Group>
          <Confirmed
            variant="filled"
            press={words.accept}
            title={words.acceptTitle}
            text={closesOn.length > 1 ? words.acceptUndated : words.acceptText}
            act={accept}
          />
          <Button variant="default" loading={dismiss.isPending} onClick={() => dismiss.mutate()}>
            {words.notThis}
          </Button>
          {url && (
            <Anchor href={url} target="_blank" rel="noreferrer">
              {words.read}
            </Anchor>
          )}
        </Group>
      </Stack>
    </Card>
  );
}

function Decided({ proposals }: { proposals: Proposal[] }) {
  const { docket: words, campaign: campaignWords } = useWords();
  const { language } = useLanguage();
  const sayDate = useSayDate();
  return (
    <Stack gap={4}>
      <Title order={3} size="h5">
        {words.decided}
      </Title>
      <List size="sm" spacing={4}>
        {proposals.map(({ id, kind, closesOn, state, decidedBy, decidedAt }) => (
          <List.Item key={id}>
            {[
              words.proposal[kind].title,
              ...(closesOn.length > 0 ? [closesOn.map(sayDate).join(words.or)] : []),
            ].join(': ')}
            <Text span size="sm" c="dimmed">
              {` ${words.state[state](decidedBy === 'system' ? campaignWords.system : (decidedBy ?? ''))}`}
              {decidedAt && `, ${sayMoment(new Date(decidedAt), docketZone, language)}`}
            </Text>
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
