import './message.css';
import { Alert, Card, List, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.js';
import type { components } from '../../api/schema.js';
import type { Channel, Rung } from '../../campaign/queries.js';
import { Failed, sayWrong } from '../../shell/failed.js';
import { type Language, useLanguage, useWords } from '../../words/language.js';
import { sayNumber } from '../../words/say.js';
import { Bubble } from './bubble.js';
import { Letter } from './letter.js';

export type Message = Rung['messages'][string];
type Words = components['schemas']['Words'];

/** Which message is meant. */
type About = {
  campaignId: string;
  kind: 'rung' | 'follow_up';
  channel: Channel;
  language: Language;
  /** Left out: those of the campaign. */
  avoidWords?: string[];
  message: Message;
};

/** What saving would say of a message as it is now, and what a person would get; nothing while it has no words. */
export function useLook({ campaignId, kind, channel, language, avoidWords, message }: About) {
  const [{ subject = '', body }] = useDebouncedValue(
    { subject: message.subject, body: message[channel] ?? '' },
    400,
  );
  return useQuery({
    queryKey: [
      'words',
      campaignId,
      kind,
      channel,
      language,
      body,
      channel === 'email' && subject,
      avoidWords,
    ],
    queryFn: async ({ signal }) =>
      (
        await api.POST('/api/v1/campaigns/{id}/words', {
          params: { path: { id: campaignId } },
          body: {
            ...{ channel, language, kind, body },
            ...(channel === 'email' && { subject }),
            ...(avoidWords && { avoidWords }),
          },
          signal,
        })
      ).data!,
    enabled: body !== '',
    placeholderData: keepPreviousData,
  });
}

/** One message being written, beside what a person would get. */
export function Writing({ edit, ...about }: About & { edit: (more: Message) => void }) {
  const { setup: words, campaign } = useWords();
  const { channel, message } = about;
  const look = useLook(about);
  const body = message[channel] ?? '';
  return (
    <div className="writing">
      <Stack gap="xs">
        <Text fw={650}>{campaign.channel[channel]}</Text>
        {channel === 'email' && (
          <TextInput
            label={words.subject}
            maxLength={150}
            value={message.subject ?? ''}
            onChange={({ currentTarget }) => edit({ subject: currentTarget.value })}
          />
        )}
        <Textarea
          label={channel === 'email' ? words.body : words.text}
          description={channel === 'email' ? words.bodyHint : words.textHint}
          autosize
          minRows={channel === 'email' ? 6 : 3}
          maxRows={20}
          value={body}
          onChange={({ currentTarget }) => edit({ [channel]: currentTarget.value })}
        />
        {look.error && <Failed error={look.error} />}
        {body !== '' && look.data && <Remarks words={look.data} />}
      </Stack>
      <div aria-live="off">
        {body === '' ? (
          <Text c="dimmed">{words.nothingWritten}</Text>
        ) : (
          look.data &&
          (channel === 'email' ? <Letter letter={look.data} /> : <TextPreview words={look.data} />)
        )}
      </div>
    </div>
  );
}

function Remarks({ words: { problems, warnings } }: { words: Words }) {
  const all = useWords();
  const { setup } = all;
  if (problems.length + warnings.length === 0) return null;
  return (
    <Alert
      color={problems.length > 0 ? 'red' : 'yellow'}
      p="xs"
      title={problems.length > 0 ? setup.cannotBeSent : setup.unwise}
    >
      <List size="sm">
        {[...problems, ...warnings].map(({ part, line, column, ...what }) => (
          <List.Item key={`${part} ${line} ${column} ${what.message}`}>
            {`${setup.part[part]} ${line}:${column}: ${sayWrong(what, all)}`}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

/** A text as the phone shows it, with what it costs. */
function TextPreview({ words: { text, segments, characters, encoding, costCents } }: { words: Words }) {
  const { setup } = useWords();
  const { language } = useLanguage();
  const about = [
    segments !== null && setup.segments(segments, characters ?? 0, encoding ?? ''),
    costCents !== null && setup.cents(sayNumber(costCents, language)),
  ];
  return (
    <Card withBorder>
      <Bubble text={text} about={about.filter(Boolean).join(' · ')} />
    </Card>
  );
}
