import { Select, Stack, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { stateRows, zoneChoices } from '#domain';
import type { Campaign } from '../../campaign/queries.js';
import { coalitionsQuery } from '../../coalitions/queries.js';
import { useLanguage, useWords } from '../../words/language.js';
import { joinedChoices, type Sample } from './sample.js';

const states = Object.keys(stateRows);

/** Whom the rehearsal is for. What is chosen goes into the page's address. */
export function Person({
  campaign,
  sample,
  filters,
  narrow,
  zipRefused,
}: {
  campaign: Campaign;
  sample: Sample;
  filters: URLSearchParams;
  narrow: (name: string, value: string | null) => void;
  zipRefused: boolean;
}) {
  const { rehearsal: words, shell } = useWords();
  const { language } = useLanguage();
  const coalitions = useQuery(coalitionsQuery);
  const recruiting = coalitions.data?.filter(({ id }) => campaign.coalitionIds.includes(id)) ?? [];
  const zip = filters.get('zip') ?? '';
  const [zone, state] = [filters.get('zone') ?? '', filters.get('state') ?? ''];
  const choose = (name: string, usual = '') => ({
    allowDeselect: false,
    onChange: (value: string | null) => narrow(name, value === usual ? null : value),
  });
  return (
    <Stack component="section" gap="sm" aria-labelledby="person">
      <Title order={2} size="h4" id="person">
        {words.person}
      </Title>
      <TextInput
        label={words.zip}
        description={words.zipHint}
        error={zipRefused || !/^\d{0,5}$/.test(zip) ? words.badZip : null}
        inputMode="numeric"
        autoComplete="off"
        maxLength={5}
        value={zip}
        onChange={({ currentTarget: { value } }) => narrow('zip', value)}
      />
      <Select
        label={words.zone}
        value={zone}
        data={[
          { value: '', label: words.zoneOfPlace },
          ...zoneChoices(language, zone || campaign.deadlineZone),
        ]}
        {...choose('zone')}
      />
      <Select
        label={words.state}
        description={words.stateHint}
        value={state}
        data={[{ value: '', label: words.stateOfZip }, ...states]}
        {...choose('state')}
      />
      {recruiting.length > 1 && (
        <Select
          label={words.coalition}
          value={sample.coalitionId ?? null}
          data={recruiting.map(({ id, name }) => ({ value: id, label: name }))}
          {...choose('coalition')}
        />
      )}
      <Select
        label={words.language}
        value={sample.language ?? language}
        data={Object.entries(shell.languages).map(([value, label]) => ({ value, label }))}
        {...choose('language')}
      />
      <Select
        label={words.channels}
        value={filters.get('channels') ?? 'both'}
        data={Object.entries(words.channel).map(([value, label]) => ({ value, label }))}
        {...choose('channels', 'both')}
      />
      <Select
        label={words.joined}
        value={filters.get('joined') ?? 'launch'}
        data={joinedChoices.map((value) => ({ value, label: words.joinedAt[value] }))}
        {...choose('joined', 'launch')}
      />
    </Stack>
  );
}
