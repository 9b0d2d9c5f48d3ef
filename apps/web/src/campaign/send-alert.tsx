import { Button, Checkbox, Fieldset, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.js';
import type { components } from '../api/schema.js';
import { type Message, useLook, Writing } from '../campaigns/message/writing.js';
import { Failed } from '../shell/failed.js';
import { type Language, useLanguage, useWords } from '../words/language.js';
import { sayNumber } from '../words/say.js';

type Audience = components['schemas']['AlertReachForm']['audience'];
const languages: Language[] = ['en', 'es'];
const nothing: Record<Language, Message> = { en: {}, es: {} };

/** News to those not done, or to those who asked for updates; with whom it reaches before it goes. */
export function SendAlert({
  campaignId,
  sent,
}: {
  campaignId: string;
  sent: (rungId: string, soon: boolean) => void;
}) {
  const { campaign: words, shell } = useWords();
  const [open, { open: show, close }] = useDisclosure();
  const [name, setName] = useState('');
  const [audience, setAudience] = useState<Audience>('open');
  const [channels, setChannels] = useState<('email' | 'sms')[]>(['email']);
  const [later, setLater] = useState('');
  const [isLater, setIsLater] = useState(false);
  const [written, setWritten] = useState(nothing);
  const params = { path: { id: campaignId } };
  const sendAt = isLater && later ? new Date(later).toISOString() : null;
  const text = { campaignId, kind: 'rung', channel: 'sms' } as const;
  const looks = {
    en: useLook({ ...text, language: 'en', message: written.en }),
    es: useLook({ ...text, language: 'es', message: written.es }),
  };
  const segments = Math.max(
    ...languages.map((language) => (written[language].sms && looks[language].data?.segments) || 1),
  );
  const reach = useQuery({
    queryKey: ['campaign', campaignId, 'reach', audience, sendAt, segments],
    enabled: open,
    placeholderData: keepPreviousData,
    queryFn: async () =>
      (
        await api.POST('/api/v1/campaigns/{id}/alerts/reach', {
          params,
          body: { audience, sendAt, segments },
        })
      ).data!,
  });
  function begin() {
    setName('');
    setAudience('open');
    setChannels(['email']);
    setIsLater(false);
    setWritten(nothing);
  }
  const send = useMutation({
    mutationFn: async () => {
      const messages = Object.fromEntries(
        languages.flatMap((language) => {
          const { subject, email, sms } = written[language];
          const said = {
            ...(channels.includes('email') && email && { subject, email }),
            ...(channels.includes('sms') && sms && { sms }),
          };
          return Object.keys(said).length > 0 ? [[language, said] as const] : [];
        }),
      );
      const body = { ...(name && { name }), audience, channels, sendAt, messages };
      return (await api.POST('/api/v1/campaigns/{id}/alerts', { params, body })).data!;
    },
    onSuccess({ rungId }) {
      close();
      begin();
      sent(rungId, sendAt === null);
    },
  });
  const { en } = written;
  const complete =
    channels.length > 0 &&
    (!channels.includes('email') || (en.subject && en.email)) &&
    (!channels.includes('sms') || en.sms) &&
    (!isLater || later);
  return (
    <>
      <Button variant="default" onClick={show}>
        {words.alert.press}
      </Button>
      <Modal
        opened={open}
        onClose={close}
        size="xl"
        title={words.alert.title}
        closeButtonProps={{ 'aria-label': shell.close }}
      >
        <Stack>
          <TextInput
            label={words.alert.name}
            placeholder={words.alert.nameDefault}
            maxLength={80}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <Radio.Group label={words.alert.audience} value={audience} onChange={(value) => setAudience(value)}>
            <Stack gap="xs" mt={4}>
              {(['open', 'updates'] as const).map((value) => (
                <Radio key={value} value={value} label={words.alert.audiences[value]} />
              ))}
            </Stack>
          </Radio.Group>
          <Checkbox.Group
            label={words.alert.channels}
            value={channels}
            onChange={(value) => setChannels(value)}
          >
            <Group mt={4}>
              {(['email', 'sms'] as const).map((value) => (
                <Checkbox key={value} value={value} label={words.channel[value]} />
              ))}
            </Group>
          </Checkbox.Group>
          <Radio.Group
            label={words.alert.when}
            value={isLater ? 'later' : 'soon'}
            onChange={(value) => setIsLater(value === 'later')}
          >
            <Stack gap="xs" mt={4}>
              <Radio value="soon" label={words.alert.soon} />
              <Radio value="later" label={words.alert.later} />
            </Stack>
          </Radio.Group>
          {isLater && (
            <TextInput
              type="datetime-local"
              label={words.alert.later}
              value={later}
              onChange={({ currentTarget }) => setLater(currentTarget.value)}
            />
          )}
          {languages.map((language) => (
            <Fieldset key={language} legend={words.alert.languages[language]}>
              <Stack gap="xs">
                {language === 'es' && (
                  <Text size="sm" c="dimmed">
                    {words.alert.spanishHint}
                  </Text>
                )}
                {channels.map((channel) => (
                  <Writing
                    key={channel}
                    campaignId={campaignId}
                    kind="rung"
                    {...{ channel, language }}
                    message={written[language]}
                    edit={(more) =>
                      setWritten((before) => ({ ...before, [language]: { ...before[language], ...more } }))
                    }
                  />
                ))}
              </Stack>
            </Fieldset>
          ))}
          {reach.data && <Reach reach={reach.data} channels={channels} />}
          {send.error && <Failed error={send.error} />}
          {!complete && <Text size="sm">{words.alert.incomplete}</Text>}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {shell.cancel}
            </Button>
            <Button disabled={!complete} loading={send.isPending} onClick={() => send.mutate()}>
              {words.alert.press2}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

function Reach({
  reach: { people, tooNew, capped, near, cents },
  channels,
}: {
  reach: components['schemas']['AlertReach'];
  channels: ('email' | 'sms')[];
}) {
  const { campaign: words } = useWords();
  const { language } = useLanguage();
  const on = (counts: { email: number; sms: number }, channel: 'email' | 'sms') =>
    channels.includes(channel) ? counts[channel] : 0;
  const number = (n: number) => sayNumber(n, language);
  const late = Math.max(on(tooNew, 'email'), on(tooNew, 'sms'));
  const texts = channels.includes('sms');
  return (
    <Stack gap={4} aria-live="polite">
      <Text fw={600}>{words.alert.reach(number(on(people, 'email')), number(on(people, 'sms')))}</Text>
      {late > 0 && <Text size="sm">{words.alert.tooNew(number(late))}</Text>}
      {texts && capped > 0 && <Text size="sm">{words.alert.capped(number(capped))}</Text>}
      {texts && near.length > 0 && (
        <Text size="sm">{words.alert.near(near.map(({ name }) => name).join(', '))}</Text>
      )}
      {texts && (
        <Text size="sm">
          {words.alert.cost((cents / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD' }))}
        </Text>
      )}
    </Stack>
  );
}
