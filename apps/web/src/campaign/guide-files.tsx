import { Anchor, Button, FileButton, Group, List, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.js';
import { queries } from '../api/queries.js';
import { Failed, sayError } from '../shell/failed.js';
import { useTell } from '../shell/tell.js';
import { useLanguage, useWords } from '../words/language.js';
import { sayNumber } from '../words/say.js';
import { filesQuery, type GuideFile } from './queries.js';

const largest = 10_000_000;
const most = 3;

/** What people can file with their comment: sent up, and taken off with a way back. */
export function GuideFiles({ campaignId }: { campaignId: string }) {
  const all = useWords();
  const { files: words } = all.campaign;
  const { language } = useLanguage();
  const say = useTell();
  const files = useQuery(filesQuery(campaignId));
  const [isTooLarge, setTooLarge] = useState(false);
  const refresh = () => queries.invalidateQueries({ queryKey: ['campaign', campaignId] });
  const add = useMutation({
    mutationFn: (file: File) =>
      api.POST('/api/v1/campaigns/{id}/files', {
        params: { path: { id: campaignId }, query: { name: file.name } },
        body: file as never,
        bodySerializer: (body: unknown) => body as File,
        headers: { 'content-type': 'application/octet-stream' },
      }),
    onSuccess: refresh,
  });
  const takeOff = useMutation({
    mutationFn: ({ id: fileId }: GuideFile) =>
      api.DELETE('/api/v1/campaigns/{id}/files/{fileId}', { params: { path: { id: campaignId, fileId } } }),
    onSuccess(_, { id: fileId, name }) {
      void refresh();
      say(words.tookOff(name), () =>
        api
          .POST('/api/v1/campaigns/{id}/files/{fileId}/restore', {
            params: { path: { id: campaignId, fileId } },
          })
          .then(refresh),
      );
    },
  });
  function choose(file: File | null) {
    if (!file) return;
    setTooLarge(file.size > largest);
    if (file.size > largest) add.reset();
    else add.mutate(file);
  }
  if (files.error && !files.data) return <Failed error={files.error} retry={files.refetch} />;
  const there = files.data ?? [];
  const error = add.error ?? takeOff.error;
  return (
    <Stack gap="xs" align="flex-start">
      <Text c="dimmed">{words.hint}</Text>
      {there.length > 0 && (
        <List listStyleType="none">
          {there.map((file) => (
            <List.Item key={file.id}>
              <Group gap="xs">
                <Anchor href={file.url}>{file.name}</Anchor>
                <Text c="dimmed" size="sm">
                  {words.size(sayNumber(Math.ceil(file.bytes / 1000), language))}
                </Text>
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={words.takeOffOf(file.name)}
                  onClick={() => takeOff.mutate(file)}
                >
                  {words.takeOff}
                </Button>
              </Group>
            </List.Item>
          ))}
        </List>
      )}
      {there.length < most ? (
        <FileButton accept=".pdf,.docx,.txt,.jpg,.jpeg,.png" onChange={choose}>
          {(props) => (
            <Button {...props} variant="default" loading={add.isPending}>
              {words.add}
            </Button>
          )}
        </FileButton>
      ) : (
        <Text>{words.full}</Text>
      )}
      {(isTooLarge || error) && (
        <Text c="red" role="alert">
          {isTooLarge ? words.tooLarge : sayError(error, all)}
        </Text>
      )}
    </Stack>
  );
}
