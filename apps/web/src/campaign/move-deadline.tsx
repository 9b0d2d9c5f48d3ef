import { Button, Group, List, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { docketZone, instantAt, wallTimeAt } from '#domain';
import { api } from '../api/client.js';
import type { components } from '../api/schema.js';
import { Failed } from '../shell/failed.js';
import { useLanguage, useWords } from '../words/language.js';
import { myZone, sayMoment } from '../words/say.js';
import type { Campaign } from './queries.js';

type Preview = components['schemas']['DeadlinePreview'];

/** Another date, with what follows from it before it is so. */
export function MoveDeadline({ campaign, moved }: { campaign: Campaign; moved: () => void }) {
  const { campaign: words, shell } = useWords();
  const [open, { open: show, close }] = useDisclosure();
  const first = campaign.deadlineAt
    ? wallTimeAt(new Date(campaign.deadlineAt), campaign.deadlineZone!)
    : { date: '', time: '23:59' };
  const [date, setDate] = useState(first.date);
  const [time, setTime] = useState(first.time);
  const [zone, setZone] = useState(campaign.deadlineZone ?? docketZone);
  const params = { path: { id: campaign.id } };
  // The last minute is meant whole: a docket's day ends at 23:59:59.
  const form = () => ({
    deadlineAt: instantAt(date, time === '23:59' ? '23:59:59' : time, zone).toISOString(),
    deadlineZone: zone,
  });
  const preview = useMutation({
    mutationFn: async () =>
      (await api.POST('/api/v1/campaigns/{id}/deadline/preview', { params, body: form() })).data!,
  });
  const move = useMutation({
    mutationFn: async () =>
      api.PUT('/api/v1/campaigns/{id}/deadline', { params, body: { ...form(), version: campaign.version } }),
    onSuccess() {
      close();
      moved();
    },
  });
  const changed = <Value,>(set: (value: Value) => void) => {
    return (value: Value) => {
      set(value);
      preview.reset();
      move.reset();
    };
  };
  const zones = [...new Set([docketZone, campaign.deadlineZone ?? docketZone, myZone()])];
  return (
    <>
      <Button variant="default" onClick={show}>
        {words.move.press}
      </Button>
      <Modal
        opened={open}
        onClose={close}
        size="lg"
        title={words.move.title}
        closeButtonProps={{ 'aria-label': shell.close }}
      >
        <Stack>
          <Group align="flex-end">
            <TextInput
              type="date"
              label={words.move.date}
              value={date}
              onChange={({ currentTarget }) => changed(setDate)(currentTarget.value)}
            />
            <TextInput
              type="time"
              label={words.move.time}
              value={time}
              onChange={({ currentTarget }) => changed(setTime)(currentTarget.value)}
            />
            <Select
              label={words.move.zone}
              allowDeselect={false}
              value={zone}
              onChange={(value) => changed(setZone)(value ?? docketZone)}
              data={zones.map((value) => ({
                value,
                label: value === docketZone ? words.move.zones.eastern : words.move.zones.mine(value),
              }))}
            />
          </Group>
          {preview.error && <Failed error={preview.error} />}
          {move.error && <Failed error={move.error} />}
          {preview.data && <Changes preview={preview.data} zone={zone} />}
          <Group justify="flex-end">
            <Button
              variant={preview.data ? 'default' : 'filled'}
              disabled={!date || !time}
              loading={preview.isPending}
              onClick={() => preview.mutate()}
            >
              {words.move.look}
            </Button>
            {preview.data && (
              <Button loading={move.isPending} onClick={() => move.mutate()}>
                {words.move.press2}
              </Button>
            )}
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

/** What follows from another date, rung by rung. */
export function Changes({ preview, zone }: { preview: Preview; zone: string }) {
  const { campaign: words } = useWords();
  const { language } = useLanguage();
  const { moved, dropped, kept, added } = preview.waves;
  const say = (at: string | null) => (at ? sayMoment(new Date(at), zone, language) : words.move.never);
  return (
    <Stack gap="xs" aria-live="polite">
      {preview.to && <Text fw={600}>{say(preview.to)}</Text>}
      <Text>
        {moved + dropped + kept + added === 0
          ? words.move.none
          : words.move.summary(
              words.move.waves(moved),
              words.move.dropped(dropped),
              words.move.again(preview.again),
            )}
      </Text>
      {preview.newRound && <Text>{words.move.newRound}</Text>}
      <List listStyleType="none" spacing="xs">
        {preview.rungs
          .filter(({ from, to }) => from ?? to)
          .map(({ rungId, name, channel, from, to, skipped, fits }) => (
            <List.Item key={`${rungId} ${channel}`}>
              <Text fw={600}>{words.bar(name, words.channel[channel])}</Text>
              <Text size="sm">
                {from === to ? words.move.stays(say(to)) : words.move.goes(say(from), say(to))}
                {skipped && ` ${words.leftOut[skipped] ?? skipped}`}
              </Text>
              {!fits && (
                <Text size="sm" c="var(--mantine-color-error)">
                  {words.move.tooSlow}
                </Text>
              )}
            </List.Item>
          ))}
      </List>
    </Stack>
  );
}
