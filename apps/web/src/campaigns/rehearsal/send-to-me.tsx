import { Button, Group, Text, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { Failed, useWrong } from '../../shell/failed.js';
import { useWords } from '../../words/language.js';
import type { Sample } from './sample.js';

/** Every message as this person gets it, to the organizer alone. */
export function SendToMe({ campaignId, person }: { campaignId: string; person?: Sample }) {
  const { rehearsal: words } = useWords();
  const [email, setEmail] = useState('');
  const [phone, setPhone] = useState('');
  const send = useMutation({
    mutationFn: async () =>
      (
        await api.POST('/api/v1/campaigns/{id}/rehearsal', {
          params: { path: { id: campaignId } },
          body: { to: { ...(email && { email }), ...(phone && { phone }) }, ...(person && { person }) },
        })
      ).data!,
  });
  const wrong = useWrong(send.error);
  const [badEmail, badPhone] = [wrong('to.email') !== null, wrong('to.phone') !== null];
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {words.send}
      </Title>
      <Text mb="xs">{words.sendHint}</Text>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate();
        }}
      >
        <Group align="flex-start">
          <TextInput
            type="email"
            label={words.email}
            autoComplete="email"
            value={email}
            error={badEmail && words.badEmail}
            onChange={({ currentTarget }) => setEmail(currentTarget.value)}
          />
          <TextInput
            type="tel"
            label={words.phone}
            autoComplete="tel"
            value={phone}
            error={badPhone && words.badPhone}
            onChange={({ currentTarget }) => setPhone(currentTarget.value)}
          />
          <Button
            type="submit"
            mt={25}
            variant="default"
            loading={send.isPending}
            disabled={!email && !phone}
          >
            {words.sendToMe}
          </Button>
        </Group>
      </form>
      <div aria-live="polite">
        {send.isSuccess && <Text mt="xs">{words.sent(send.data.messages)}</Text>}
        {send.error && !badEmail && !badPhone && <Failed error={send.error} />}
      </div>
    </section>
  );
}
