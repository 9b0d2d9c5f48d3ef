import { Alert, Anchor, Button, Card, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { useNow } from '../../api/clock.js';
import type { components } from '../../api/schema.js';
import { Failed } from '../../shell/failed.js';
import { useLanguage, useWords } from '../../words/language.js';
import { sayDistance, sayMoment } from '../../words/say.js';
import { useChange } from './change.js';
import type { StepProps } from './step.js';

type Found = components['schemas']['DocketDocuments']['documents'][number];

/** Where the act is done: a docket that is read once, or any form's address. */
export function DocumentStep({ campaign, next }: StepProps) {
  const { setup } = useWords();
  const [asked, setAsked] = useState(campaign.official.document ?? '');
  const [url, setUrl] = useState(campaign.official.url ?? '');
  const look = useMutation({
    mutationFn: async () =>
      (await api.POST('/api/v1/dockets/look-up', { body: { addressOrId: asked } })).data!,
  });
  const path = { id: campaign.id };
  const choose = useChange<Found>(
    campaign,
    async (found, version) => {
      const { data } = await api.PATCH('/api/v1/campaigns/{id}', {
        params: { path },
        body: {
          version,
          official: {
            url: found.url,
            document: found.documentId ?? undefined,
            docket: found.docketId ?? undefined,
          },
        },
      });
      if (!found.deadlineAt) return data!;
      const dated = await api.PUT('/api/v1/campaigns/{id}/deadline', {
        params: { path },
        body: { version: data!.version, deadlineAt: found.deadlineAt, deadlineZone: found.deadlineZone },
      });
      return dated.data!;
    },
    next,
  );
  const change = useChange<string>(
    campaign,
    async (address, version) =>
      (
        await api.PATCH('/api/v1/campaigns/{id}', {
          params: { path },
          body: { version, official: { ...campaign.official, url: address || undefined } },
        })
      ).data!,
    next,
  );
  return (
    <>
      {campaign.kind === 'regulatory_comment' && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            look.mutate();
          }}
        >
          <Group align="flex-end">
            <TextInput
              flex={1}
              miw={240}
              label={setup.docket}
              description={setup.docketHint}
              value={asked}
              onChange={({ currentTarget }) => setAsked(currentTarget.value)}
              required
            />
            <Button type="submit" variant="default" loading={look.isPending}>
              {setup.lookUp}
            </Button>
          </Group>
        </form>
      )}
      <div aria-live="polite">
        {look.error && <Failed error={look.error} />}
        {look.data && setup.recognised[look.data.recognised] && (
          <Alert mb="sm">{setup.recognised[look.data.recognised]}</Alert>
        )}
        <Stack>
          {look.data?.documents.map((found) => (
            <FoundDocument
              key={found.documentId ?? found.notice}
              found={found}
              choose={() => choose.save(found)}
              busy={choose.saving}
            />
          ))}
        </Stack>
      </div>
      {choose.notice}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change.save(url);
        }}
      >
        <Stack align="flex-start">
          <TextInput
            w="100%"
            type="url"
            label={setup.formAddress}
            description={
              campaign.kind === 'census_occupation' ? setup.formAddressCensus : setup.formAddressHint
            }
            placeholder="https://"
            value={url}
            onChange={({ currentTarget }) => setUrl(currentTarget.value)}
          />
          {change.notice}
          <Button type="submit" loading={change.saving}>
            {setup.saveAndGoOn}
          </Button>
        </Stack>
      </form>
    </>
  );
}

function FoundDocument({ found, choose, busy }: { found: Found; choose: () => void; busy: boolean }) {
  const { setup } = useWords();
  const { language } = useLanguage();
  const now = useNow();
  const deadline = found.deadlineAt && new Date(found.deadlineAt);
  return (
    <Card withBorder>
      <Stack gap="xs" align="flex-start">
        <Title order={2} size="h5">
          {found.title}
        </Title>
        <Text size="sm" c="dimmed">
          {[found.agency, found.documentType, found.documentId].filter(Boolean).join(' · ')}
        </Text>
        <Text>
          {deadline
            ? `${found.isOpen ? setup.opensUntil : setup.closedAt} ${sayMoment(deadline, found.deadlineZone, language)}${now ? ` (${sayDistance(deadline, now, language)})` : ''}`
            : setup.noEndDate}
        </Text>
        {found.withdrawn && <Text c="var(--mantine-color-error)">{setup.withdrawn}</Text>}
        {found.isOver && !found.withdrawn && <Text c="var(--mantine-color-error)">{setup.isOver}</Text>}
        <Group>
          <Button onClick={choose} loading={busy} disabled={found.withdrawn || found.isOver}>
            {setup.takeDocument}
          </Button>
          <Anchor href={found.url} target="_blank" rel="noreferrer">
            {setup.openForm}
          </Anchor>
        </Group>
      </Stack>
    </Card>
  );
}
