import { Anchor, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../../api/client.js';
import { Failed } from '../../shell/failed.js';
import { useWords } from '../../words/language.js';
import { useChange } from './change.js';
import type { StepProps } from './step.js';

/** Who recruits: each gets a signup page of its own. */
export function CoalitionsStep({ campaign, next }: StepProps) {
  const { setup } = useWords();
  const [chosen, setChosen] = useState(campaign.coalitionIds);
  const [sought, setSought] = useState('');
  const coalitions = useQuery({
    queryKey: ['coalitions'],
    queryFn: async () => (await api.GET('/api/v1/coalitions')).data!.items,
  });
  const there = coalitions.data?.filter(({ mergedInto }) => !mergedInto);
  const found = there?.filter(({ name }) => name.toLowerCase().includes(sought.toLowerCase()));
  const fixed = campaign.status === 'draft' ? [] : campaign.coalitionIds;
  const change = useChange<string[]>(
    campaign,
    async (coalitionIds, version) =>
      (
        await api.PATCH('/api/v1/campaigns/{id}', {
          params: { path: { id: campaign.id } },
          body: { version, coalitionIds },
        })
      ).data!,
    next,
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.save(chosen);
      }}
    >
      <Stack align="flex-start">
        {coalitions.error && <Failed error={coalitions.error} retry={coalitions.refetch} />}
        {there?.length === 0 && (
          <Text>
            {setup.noCoalitions}{' '}
            <Anchor component={Link} href="/coalitions/new">
              {setup.newCoalition}
            </Anchor>
          </Text>
        )}
        {there && there.length > 8 && (
          <TextInput
            type="search"
            label={setup.searchCoalitions}
            value={sought}
            onChange={({ currentTarget }) => setSought(currentTarget.value)}
          />
        )}
        {there && there.length > 0 && (
          <Checkbox.Group value={chosen} onChange={setChosen} label={setup.coalitionsField}>
            <Group gap="md" my="xs">
              <Button variant="default" size="xs" onClick={() => setChosen(there.map(({ id }) => id))}>
                {setup.all}
              </Button>
              <Button variant="default" size="xs" onClick={() => setChosen(fixed)}>
                {setup.none}
              </Button>
            </Group>
            <Stack gap="xs">
              {found!.map(({ id, name, slug }) => (
                <Checkbox
                  key={id}
                  value={id}
                  label={name}
                  description={`/c/${campaign.slug}/${slug}`}
                  disabled={fixed.includes(id)}
                />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
        {change.notice}
        <Button type="submit" loading={change.saving}>
          {setup.saveAndGoOn}
        </Button>
      </Stack>
    </form>
  );
}
