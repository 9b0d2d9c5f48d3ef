import { Anchor, Button, Group, Select, Skeleton, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { Link, useParams } from 'wouter';
import { docketZone } from '#domain';
import { api } from '../api/client.js';
import { queries } from '../api/queries.js';
import { type Campaign, campaignQuery } from '../campaign/queries.js';
import { coalitionsQuery } from '../coalitions/queries.js';
import { Failed } from '../shell/failed.js';
import { useFilters } from '../shell/filters.js';
import { Page } from '../shell/page.js';
import { useTell, useTellFailed } from '../shell/tell.js';
import { useWords } from '../words/language.js';
import { type ReceivedText, textsKey, textsQuery } from './queries.js';
import { TextCard } from './text-card.js';

/** A row of filters; on a phone a column. */
const wide = { flex: '1 1 12rem', maw: 360 };
const shows = ['unread', 'urgent', 'all'] as const;

/** What people of all coalitions texted in a campaign, and no machine could answer. */
export default function TextsPage() {
  const { id } = useParams<{ id: string }>();
  const { texts: words } = useWords();
  const campaign = useQuery(campaignQuery(id));
  if (campaign.error && !campaign.data) return <Failed error={campaign.error} retry={campaign.refetch} />;
  if (!campaign.data) return <Skeleton h={320} radius="md" />;
  return (
    <Page
      title={words.title}
      lede={words.lede}
      above={
        <Anchor component={Link} href={`/campaigns/${id}`} size="sm">
          {campaign.data.title}
        </Anchor>
      }
    >
      <Texts campaign={campaign.data} />
    </Page>
  );
}

function Texts({ campaign: { id, coalitionIds, deadlineZone } }: { campaign: Campaign }) {
  const { texts: words } = useWords();
  const tell = useTell();
  const failed = useTellFailed();
  const list = useRef<HTMLOListElement>(null);
  const [filters, narrow] = useFilters();
  const sought = filters.get('q') ?? '';
  const [q] = useDebouncedValue(sought.trim(), 300);
  const show = shows.find((each) => each === filters.get('show')) ?? 'unread';
  const coalitionId = filters.get('coalition');
  const coalitions = useQuery(coalitionsQuery);
  const recruiting = coalitions.data?.filter((coalition) => coalitionIds.includes(coalition.id)) ?? [];
  const texts = useInfiniteQuery({
    ...textsQuery(id, { show, ...(coalitionId && { coalitionId }), ...(q && { q }) }),
    placeholderData: keepPreviousData,
  });
  const mark = useMutation({
    mutationFn: ({ id: textId, readAt }: ReceivedText) => {
      const params = { path: { id, textId } };
      return readAt
        ? api.DELETE('/api/v1/campaigns/{id}/texts/{textId}/read', { params })
        : api.PUT('/api/v1/campaigns/{id}/texts/{textId}/read', { params });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: textsKey(id) }),
  });
  async function toggle(text: ReceivedText) {
    await mark.mutateAsync(text);
    // The text may be gone from what is shown, and its button with it.
    list.current?.focus();
    const marked = { ...text, readAt: text.readAt ? null : new Date().toISOString() };
    tell(text.readAt ? words.markedUnread : words.markedRead, () => mark.mutateAsync(marked));
  }
  const items = texts.data?.pages.flatMap((page) => page.items) ?? [];
  const nothing =
    q || coalitionId || show === 'urgent' ? words.noMatch : show === 'all' ? words.none : words.noneUnread;
  return (
    <>
      <Group align="flex-end" gap="sm">
        <TextInput
          type="search"
          label={words.search}
          {...wide}
          maxLength={100}
          value={sought}
          onChange={({ currentTarget: { value } }) => narrow('q', value)}
        />
        <Select
          label={words.show}
          {...wide}
          allowDeselect={false}
          value={show}
          onChange={(value) => narrow('show', value === 'unread' ? null : value)}
          data={shows.map((value) => ({ value, label: words.shown[value] }))}
        />
        {recruiting.length > 1 && (
          <Select
            label={words.coalition}
            {...wide}
            searchable
            allowDeselect={false}
            value={coalitionId ?? ''}
            onChange={(value) => narrow('coalition', value)}
            data={[
              { value: '', label: words.anyCoalition },
              ...recruiting.map(({ id: value, name: label }) => ({ value, label })),
            ]}
          />
        )}
      </Group>
      {texts.error && !texts.data && <Failed error={texts.error} retry={texts.refetch} />}
      {texts.isPending && <Skeleton h={160} radius="md" />}
      {texts.data && items.length === 0 && !texts.hasNextPage && <Text>{nothing}</Text>}
      <ol className="cards" ref={list} tabIndex={-1} aria-label={words.title}>
        {items.map((text) => {
          const who = text.name ?? text.phone;
          const [press, label] = text.readAt
            ? [words.markUnread, words.markUnreadOf(who)]
            : [words.markRead, words.markReadOf(who)];
          return (
            <TextCard
              key={text.id}
              name={text.name}
              phone={text.phone}
              text={text}
              zone={deadlineZone ?? docketZone}
              more={[
                text.coalitionId
                  ? recruiting.find(({ id }) => id === text.coalitionId)?.name
                  : words.stranger,
                text.readAt && words.read,
              ]}
            >
              <Button
                variant="default"
                size="xs"
                aria-label={label}
                loading={mark.isPending && mark.variables.id === text.id}
                onClick={() => void toggle(text).catch(failed)}
              >
                {press}
              </Button>
            </TextCard>
          );
        })}
      </ol>
      {texts.hasNextPage && (
        <Group>
          <Button
            variant="default"
            loading={texts.isFetchingNextPage}
            onClick={() => void texts.fetchNextPage()}
          >
            {words.older}
          </Button>
        </Group>
      )}
    </>
  );
}
