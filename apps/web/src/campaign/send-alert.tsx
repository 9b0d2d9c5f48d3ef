import {
  Button,
  Checkbox,
  Fieldset,
  Group,
  Modal,
  Radio,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.js';
import type { components } from '../api/schema.js';
import { Failed } from '../shell/failed.js';
import { useLanguage, useWords } from '../words/language.js';
import { sayNumber } from '../words/say.js';

type Audience = components['schemas']['AlertReachForm']['audience'];
type Words = { subject: string; email: string; sms: string };
const languages = ['en', 'es'] as const;
const nothing: Words = { subject: '', email: '', sms: '' };

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
  const [written, setWritten] = useState({ en: nothing, es: nothing });
  const params = { path: { id: campaignId } };
  const sendAt = isLater && later ? new Date(later).toISOString() : null;
  const reach = useQuery({
    queryKey: ['campaign', campaignId, 'reach', audience, sendAt],
    enabled: open,
    queryFn: async () =>
      (await api.POST('/api/v1/campaigns/{id}/alerts/reach', { params, body: { audience, sendAt } })).data!,
  });
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
      setWritten({ en: nothing, es: nothing });
      sent(rungId, sendAt === null);
    },
  });
  const write =
    (language: 'en' | 'es', part: keyof Words) => (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setWritten((before) => ({ ...before, [language]: { ...before[language], [part]: value } }));
    };
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
        size="lg"
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
                {channels.includes('email') && (
                  <>
                    <TextInput
                      label={words.alert.subject}
                      maxLength={120}
                      value={written[language].subject}
                      onChange={write(language, 'subject')}
                    />
                    <Textarea
                      label={words.alert.email}
                      autosize
                      minRows={3}
                      value={written[language].email}
                      onChange={write(language, 'email')}
                    />
                  </>
                )}
                {channels.includes('sms') && (
                  <Textarea
                    label={words.alert.sms}
                    autosize
                    minRows={2}
                    maxLength={1_600}
                    value={written[language].sms}
                    onChange={write(language, 'sms')}
                  />
                )}
              </Stack>
            </Fieldset>
          ))}
          {reach.data && <Reach reach={reach.data} channels={channels} />}
          {send.error && <Failed error={send.error} />}
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
