import { Button, NavLink, SegmentedControl, Stack, TagsInput, Text } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client.js';
import type { Rung } from '../../campaign/queries.js';
import { type Language, useLanguage, useWords } from '../../words/language.js';
import { type Message, Writing } from '../message/writing.js';
import { useChange } from './change.js';
import type { StepProps } from './step.js';

const languages: Language[] = ['en', 'es'];

/** What each rung says, in both languages, beside what a person would get. */
export default function MessagesStep({ campaign, next }: StepProps) {
  const { setup, shell } = useWords();
  const chosen = useLanguage();
  const [rungs, setRungs] = useState(campaign.ladder);
  const [rungId, setRungId] = useState(rungs[0]?.id);
  const [language, setLanguage] = useState<Language>(chosen.language);
  const rung = rungs.find(({ id }) => id === rungId);
  const [avoidWords, setAvoidWords] = useState(campaign.avoidWords);
  const change = useChange<{ rungs: Rung[]; avoidWords?: string[] }>(
    campaign,
    async (changed, version) =>
      (
        await api.PUT('/api/v1/campaigns/{id}/ladder', {
          params: { path: { id: campaign.id } },
          body: { version, ...changed },
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
        change.save({ rungs, ...(avoidWords !== campaign.avoidWords && { avoidWords }) });
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
              campaignId={campaign.id}
              kind={'daysAfter' in rung ? 'follow_up' : 'rung'}
              {...{ channel, language, avoidWords, message, edit }}
            />
          ))}
        </Stack>
      </div>
      <Stack mt="md" align="flex-start">
        <TagsInput
          w="100%"
          maw={720}
          label={setup.avoidWords}
          description={setup.avoidWordsHint}
          clearButtonProps={{ 'aria-label': setup.clear }}
          maxTags={100}
          value={avoidWords}
          onChange={setAvoidWords}
        />
        {change.notice}
        <Button type="submit" loading={change.saving}>
          {setup.saveAndGoOn}
        </Button>
      </Stack>
    </form>
  );
}
