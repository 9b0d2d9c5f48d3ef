import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Refusal } from '../../api/client.js';
import { put, queries } from '../../api/queries.js';
import { Failed } from '../../shell/failed.js';
import { useLanguage, useWords } from '../../words/language.js';
import { myZone, sayMoment } from '../../words/say.js';
import { type Campaign, campaignQuery } from '../../campaign/queries.js';

type Meanwhile = { version: number; changes: { at: string; by: string; fields: string[] }[] };

/**
 * Saves a part of a campaign. Whoever was slower than another editor is told what changed, keeps what they typed, and
 * saves over it or lets it go.
 * @param send what saves it, on top of this version
 */
export function useChange<What>(
  campaign: Campaign,
  send: (what: What, version: number) => Promise<Campaign>,
  saved?: () => void,
) {
  const { queryKey } = campaignQuery(campaign.id);
  // As it was when the step was opened: the page goes on reading what others do.
  const [version] = useState(campaign.version);
  const change = useMutation({
    mutationFn: ({ what, version }: { what: What; version: number }) => send(what, version),
    onSuccess: async (after) => {
      await put(queryKey, after);
      void queries.invalidateQueries({ queryKey: ['campaigns'] });
      void queries.invalidateQueries({ queryKey: ['checklist', campaign.id] });
      saved?.();
    },
  });
  const conflict =
    change.error instanceof Refusal && change.error.code === 'changed_meanwhile'
      ? (change.error.more as Meanwhile)
      : null;
  return {
    save: (what: What) => change.mutate({ what, version }),
    saving: change.isPending,
    error: change.error,
    notice: conflict ? (
      <ChangedMeanwhile
        {...conflict}
        keep={() => change.mutate({ what: change.variables!.what, version: conflict.version })}
        drop={() => window.location.reload()}
      />
    ) : (
      change.error && <Failed error={change.error} />
    ),
  };
}

function ChangedMeanwhile({ changes, keep, drop }: Meanwhile & { keep: () => void; drop: () => void }) {
  const { setup } = useWords();
  const { language } = useLanguage();
  return (
    <Alert color="yellow" title={setup.meanwhileTitle} role="alert">
      <Stack gap="xs">
        <Text>{setup.meanwhile}</Text>
        <List>
          {changes.map(({ at, by, fields }) => (
            <List.Item key={at}>
              {by}, {sayMoment(new Date(at), myZone(), language)}
              {fields.length > 0 && `: ${fields.map((field) => setup.field[field] ?? field).join(', ')}`}
            </List.Item>
          ))}
        </List>
        <Group>
          <Button onClick={keep}>{setup.keepMine}</Button>
          <Button variant="default" onClick={drop}>
            {setup.takeTheirs}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
