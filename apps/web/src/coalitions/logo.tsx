import { Button, FileButton, Group, Input, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.js';
import { sayError } from '../shell/failed.js';
import { useWords } from '../words/language.js';
import type { Coalition } from './queries.js';

const most = 2 * 1024 * 1024;

/** Shown as it will be on pages. Taking it off can be taken back. */
export function Logo({ coalition, kept }: { coalition: Coalition; kept: (saved: Coalition) => void }) {
  const all = useWords();
  const { coalitions: words } = all;
  const [former, setFormer] = useState<string | null>(null);
  const [isTooLarge, setTooLarge] = useState(false);
  const { id, version, logo, name } = coalition;
  const change = useMutation({
    mutationFn: async (next: File | string | null) => {
      const path = { coalitionId: id };
      if (!(next instanceof File))
        return (
          await api.PATCH('/api/v1/coalitions/{coalitionId}', {
            params: { path },
            body: { version, logo: next },
          })
        ).data!;
      const sent = await api.PUT('/api/v1/coalitions/{coalitionId}/logo', {
        params: { path, query: { version } },
        body: next as never,
        bodySerializer: (body: unknown) => body as File,
        headers: { 'content-type': next.type || 'application/octet-stream' },
      });
      return sent.data!;
    },
    onSuccess(saved) {
      setFormer(saved.logo ? null : logo);
      kept(saved);
    },
  });
  function choose(file: File | null) {
    if (!file) return;
    setTooLarge(file.size > most);
    if (file.size > most) change.reset();
    else change.mutate(file);
  }
  const [, width, height] = /-(\d+)x(\d+)\.png$/.exec(logo ?? '') ?? [];
  return (
    <Input.Wrapper
      label={words.logo}
      labelElement="div"
      description={words.logoHint}
      error={isTooLarge ? words.tooLarge : change.error && sayError(change.error, all)}
    >
      <Stack gap="xs" mt="xs" align="flex-start">
        {logo ? (
          <img className="logo" src={logo} alt={name} width={width} height={height} />
        ) : (
          <Text c="dimmed" role="status">
            {former ? words.tookOff : words.noLogo}
          </Text>
        )}
        <Group gap="xs">
          <FileButton accept="image/png,image/jpeg,image/webp" onChange={choose}>
            {(props) => (
              <Button {...props} variant="default" loading={change.isPending}>
                {logo ? words.replace : words.choose}
              </Button>
            )}
          </FileButton>
          {logo && (
            <Button variant="default" onClick={() => change.mutate(null)}>
              {words.takeOff}
            </Button>
          )}
          {!logo && former && (
            <Button variant="default" onClick={() => change.mutate(former)}>
              {words.putBack}
            </Button>
          )}
        </Group>
      </Stack>
    </Input.Wrapper>
  );
}
