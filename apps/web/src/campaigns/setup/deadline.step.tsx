import { Button, Card, Group, Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { deadlineOf, docketZone, wallClockOf, zoneChoices } from '#domain';
import { api } from '../../api/client.js';
import { useNow } from '../../api/clock.js';
import { useLanguage, useWords } from '../../words/language.js';
import { myZone, sayDistance, sayMoment } from '../../words/say.js';
import { useChange } from './change.js';
import type { StepProps } from './step.js';

/** When it must be done by, as a date and a time on the wall of a zone; or that nobody knows yet. */
export function DeadlineStep({ campaign, next }: StepProps) {
  const { setup } = useWords();
  const { language } = useLanguage();
  const [known, setKnown] = useState(campaign.deadlineAt !== null || campaign.kind !== 'regulatory_comment');
  const [zone, setZone] = useState(campaign.deadlineZone ?? docketZone);
  const [{ date, time }, setWall] = useState(() => wallOf(campaign.deadlineAt, zone));
  const instant = instantOf(date, time, zone);
  const change = useChange<{ deadlineAt: string | null; deadlineZone: string | null }>(
    campaign,
    async (deadline, version) =>
      (
        await api.PUT('/api/v1/campaigns/{id}/deadline', {
          params: { path: { id: campaign.id } },
          body: { version, ...deadline },
        })
      ).data!,
    next,
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.save(
          known && instant
            ? { deadlineAt: instant.toISOString(), deadlineZone: zone }
            : { deadlineAt: null, deadlineZone: null },
        );
      }}
    >
      <Stack align="flex-start">
        <Radio.Group
          label={setup.dateKnown}
          value={known ? 'yes' : 'no'}
          onChange={(value) => setKnown(value === 'yes')}
        >
          <Stack mt="xs" gap="xs">
            <Radio value="yes" label={setup.dateIs} />
            <Radio value="no" label={setup.dateAwaited} description={setup.dateAwaitedHint} />
          </Stack>
        </Radio.Group>
        {known && (
          <>
            <Group align="flex-end">
              <TextInput
                type="date"
                label={setup.date}
                required
                value={date}
                onChange={({ currentTarget: { value } }) => setWall({ date: value, time })}
              />
              <TextInput
                type="time"
                label={setup.time}
                required
                value={time}
                onChange={({ currentTarget: { value } }) => setWall({ date, time: value })}
              />
              <Select
                label={setup.zone}
                allowDeselect={false}
                value={zone}
                onChange={(value) => value && setZone(value)}
                data={zoneChoices(language, zone, myZone())}
              />
            </Group>
            <Card withBorder w="100%" mih={104} aria-live="polite">
              {instant ? <Said instant={instant} zone={zone} /> : <Text c="dimmed">{setup.dateMissing}</Text>}
            </Card>
            {campaign.kind === 'census_occupation' && <Text size="sm">{setup.dateCensus}</Text>}
          </>
        )}
        {change.notice}
        <Button type="submit" loading={change.saving} disabled={known && !instant}>
          {setup.saveAndGoOn}
        </Button>
      </Stack>
    </form>
  );
}

/** The same moment in Eastern time, where I am, and how far it is. */
function Said({ instant, zone }: { instant: Date; zone: string }) {
  const { language } = useLanguage();
  const now = useNow();
  const places = [...new Set([docketZone, zone, myZone()])];
  return (
    <>
      <Text fw={650} size="lg">
        {now ? sayDistance(instant, now, language) : '\u00a0'}
      </Text>
      {places.map((place) => (
        <Text key={place}>{sayMoment(instant, place, language)}</Text>
      ))}
    </>
  );
}

function wallOf(at: string | null, zone: string): { date: string; time: string } {
  if (!at) return { date: '', time: '23:59' };
  const wall = new Date(wallClockOf(zone).wallAt(Date.parse(at))).toISOString();
  return { date: wall.slice(0, 10), time: wall.slice(11, 16) };
}

/** 23:59 is the end of the day, to its last second, as a docket's date is. */
function instantOf(date: string, time: string, zone: string): Date | null {
  if (!date || !time) return null;
  if (time === '23:59') return deadlineOf(date, zone);
  return new Date(wallClockOf(zone).instantOf(Date.parse(`${date}T${time}:00Z`)));
}
