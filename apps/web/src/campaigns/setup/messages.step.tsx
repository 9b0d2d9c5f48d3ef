import {
  Alert,
  Button,
  Card,
  List,
  NavLink,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import type { components } from '../../api/schema.js';
import { Failed } from '../../shell/failed.js';
import { type Language, useLanguage, useWords } from '../../words/language.js';
import { sayNumber } from '../../words/say.js';
import type { Campaign, Channel, Rung } from '../../campaign/queries.js';
import { Bubble } from '../message/bubble.js';
import { Letter } from '../message/letter.js';
import { useChange } from './change.js';
import type { StepProps } from './setup.page.js';

type Message = Rung['messages'][string];
const languages: Language[] = ['en', 'es'];

/** What each rung says, in both languages, beside what a person would get. */
export default function MessagesStep({ campaign, next }: StepProps) {
  const { setup, shell } = useWords();
  const chosen = useLanguage();
  const [rungs, setRungs] = useState(campaign.ladder);
  const [rungId, setRungId] = useState(rungs[0]?.id);
  const [language, setLanguage] = useState<Language>(chosen.language);
  const rung = rungs.find(({ id }) => id === rungId);
  const change = useChange<Rung[]>(
    campaign,
    async (ladder, version) =>
      (
        await api.PUT('/api/v1/campaigns/{id}/ladder', {
          params: { path: { id: campaign.id } },
          body: { version, rungs: ladder },
        })
      ).data!,
    next,
  );
  if (!rung) return <Text>{setup.noRungs}</Text>;
  const message = rung.messages[language] ?? {};
  const edit = (more: Message) =>
    setRungs((before) =>
      before.map((each) =>
        each.id === rung.id
          ? { ...each, messages: { ...each.messages, [language]: { ...message, ...more } } }
          : each,
      ),
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.save(rungs);
      }}
    >
      <div className="messages">
        <nav aria-label={setup.rungs}>
          {rungs.map(({ id, name }) => (
            <NavLink
              key={id}
              component="button"
              type="button"
              label={name}
              active={id === rung.id}
              aria-current={id === rung.id ? 'true' : undefined}
              onClick={() => setRungId(id)}
            />
          ))}
        </nav>
        <Stack>
          <SegmentedControl
            aria-label={shell.language}
            value={language}
            onChange={(value) => setLanguage(value)}
            data={languages.map((value) => ({ value, label: shell.languages[value] }))}
          />
          {rung.channels.map((channel) => (
            <Writing
              key={`${rung.id} ${channel} ${language}`}
              {...{ campaign, rung, channel, language, message, edit }}
            />
          ))}
        </Stack>
      </div>
      <Stack mt="md" align="flex-start">
        {change.notice}
        <Button type="submit" loading={change.saving}>
          {setup.saveAndGoOn}
        </Button>
      </Stack>
    </form>
  );
}

type WritingProps = {
  campaign: Campaign;
  rung: Rung;
  channel: Channel;
  language: Language;
  message: Message;
  edit: (more: Message) => void;
};

function Writing({ campaign, rung, channel, language, message, edit }: WritingProps) {
  const { setup } = useWords();
  const body = message[channel] ?? '';
  const [shown] = useDebouncedValue({ subject: message.subject ?? '', body }, 400);
  const words = useQuery({
    queryKey: ['words', campaign.id, rung.id, channel, language, shown],
    queryFn: async ({ signal }) =>
      (
        await api.POST('/api/v1/campaigns/{id}/words', {
          params: { path: { id: campaign.id } },
          body: {
            channel,
            language,
            kind: 'daysAfter' in rung ? 'follow_up' : 'rung',
            body: shown.body,
            ...(channel === 'email' && { subject: shown.subject }),
          },
          signal,
        })
      ).data!,
    enabled: shown.body !== '',
    placeholderData: keepPreviousData,
  });
  return (
    <div className="writing">
      <Stack gap="xs">
        <Text fw={650}>{setup.channel[channel]}</Text>
        {channel === 'email' && (
          <TextInput
            label={setup.subject}
            maxLength={150}
            value={message.subject ?? ''}
            onChange={({ currentTarget }) => edit({ subject: currentTarget.value })}
          />
        )}
        <Textarea
          label={channel === 'email' ? setup.body : setup.text}
          description={channel === 'email' ? setup.bodyHint : setup.textHint}
          autosize
          minRows={channel === 'email' ? 6 : 3}
          maxRows={20}
          value={body}
          onChange={({ currentTarget }) => edit({ [channel]: currentTarget.value })}
        />
        {words.error && <Failed error={words.error} />}
        {words.data && <Remarks words={words.data} />}
      </Stack>
      <div aria-live="off">
        {body === '' ? (
          <Text c="dimmed">{setup.nothingWritten}</Text>
        ) : (
          words.data &&
          (channel === 'email' ? <Letter letter={words.data} /> : <TextPreview words={words.data} />)
        )}
      </div>
    </div>
  );
}

type Words = components['schemas']['Words'];

function Remarks({ words: { problems, warnings } }: { words: Words }) {
  const { setup } = useWords();
  if (problems.length + warnings.length === 0) return null;
  return (
    <Alert
      color={problems.length > 0 ? 'red' : 'yellow'}
      p="xs"
      title={problems.length > 0 ? setup.cannotBeSent : setup.unwise}
    >
      <List size="sm">
        {[...problems, ...warnings].map(({ part, line, column, message }) => (
          <List.Item key={`${part} ${line} ${column} ${message}`}>
            {`${setup.part[part]} ${line}:${column}: ${message}`}
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
