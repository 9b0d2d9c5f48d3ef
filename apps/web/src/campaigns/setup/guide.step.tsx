import '../message/message.css';
import {
  Button,
  Group,
  NumberInput,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, Refusal } from '../../api/client.js';
import type { Campaign } from '../../campaign/queries.js';
import { Failed, useWrong } from '../../shell/failed.js';
import { type Language, useLanguage, useWords } from '../../words/language.js';
import { useChange } from './change.js';
import { EntryFields, openEntry } from './entry.fields.js';
import { Rows } from './rows.js';
import type { StepProps } from './step.js';

const languages: Language[] = ['en', 'es'];
type Texts = Campaign['texts'][string];

/** What people do, step by step, beside the page that says it to them. */
export default function GuideStep({ campaign, next }: StepProps) {
  const { setup, shell } = useWords();
  const { language: own } = useLanguage();
  const written = languages.filter((language) => campaign.texts[language]);
  const [texts, setTexts] = useState(campaign.texts);
  const [language, setLanguage] = useState(written.includes(own) ? own : written[0]!);
  const change = useChange<typeof texts>(
    campaign,
    async (texts, version) =>
      (
        await api.PATCH('/api/v1/campaigns/{id}', {
          params: { path: { id: campaign.id } },
          body: { version, texts },
        })
      ).data!,
    next,
  );
  const look = useGuide(campaign.id, language, texts[language]!);
  // Where in the page the writer is: it stays in sight when the page is written anew.
  const seen = useRef(0);
  const { error } = change;
  useEffect(() => {
    const refused = error instanceof Refusal && /^texts\.(en|es)\./.exec(error.parts[0]?.path ?? '')?.[1];
    if (refused) setLanguage(refused as Language);
  }, [error]);
  const [lookWrong, saveWrong] = [useWrong(look.error), useWrong(error)];
  const wrong = (path: string) =>
    lookWrong(`texts.${language}.${path}`) ?? saveWrong(`texts.${language}.${path}`);
  const { need = [], steps, minutes, sources, entry } = texts[language]!;
  const edit = (more: Partial<Texts>) =>
    setTexts((before) => ({ ...before, [language]: { ...before[language]!, ...more } }));
  // It takes as long in every language.
  const time = (more: Partial<Texts['minutes']>) =>
    setTexts((before) =>
      Object.fromEntries(
        Object.entries(before).map(([each, words]) => [
          each,
          { ...words, minutes: { ...words.minutes, ...more } },
        ]),
      ),
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.save(texts);
      }}
    >
      <Stack>
        {written.length > 1 && (
          <SegmentedControl
            aria-label={shell.language}
            value={language}
            onChange={(value) => setLanguage(value)}
            data={written.map((value) => ({ value, label: shell.languages[value] }))}
          />
        )}
        <div className="writing">
          <Stack key={language}>
            <Group align="flex-start">
              <Minutes
                label={setup.minutesFrom}
                value={minutes.from}
                error={wrong('minutes.from')}
                set={(from) => time({ from })}
              />
              <Minutes
                label={setup.minutesTo}
                value={minutes.to}
                error={wrong('minutes.to')}
                set={(to) => time({ to })}
              />
            </Group>
            <section>
              <Title order={2} size="h5">
                {setup.need}
              </Title>
              <Text size="sm" c="dimmed" mb="xs">
                {setup.needHint}
              </Text>
              <Rows
                values={need}
                change={(need) => edit({ need })}
                blank=""
                most={8}
                words={{ add: setup.addNeed, none: setup.noNeed, name: setup.needName }}
              >
                {(thing, set, index) => (
                  <TextInput
                    label={setup.needName(index + 1)}
                    required
                    maxLength={200}
                    value={thing}
                    error={wrong(`need.${index}`)}
                    onChange={({ currentTarget }) => set(currentTarget.value)}
                  />
                )}
              </Rows>
            </section>
            <section>
              <Title order={2} size="h5" mb="xs">
                {setup.guideSteps}
              </Title>
              <Rows
                values={steps}
                change={(steps) => edit({ steps })}
                blank=""
                most={20}
                words={{ add: setup.addStep, none: setup.noSteps, name: setup.stepName }}
              >
                {(step, set, index) => (
                  <Textarea
                    label={setup.stepName(index + 1)}
                    description={index === 0 ? setup.stepHint : undefined}
                    required
                    autosize
                    minRows={2}
                    maxRows={12}
                    maxLength={4_000}
                    value={step}
                    error={wrong(`steps.${index}`)}
                    onChange={({ currentTarget }) => set(currentTarget.value)}
                  />
                )}
              </Rows>
            </section>
            {campaign.kind === 'census_occupation' && (
              <EntryFields
                entry={entry}
                change={(entry) => edit({ entry })}
                wrong={(path) => wrong(`entry.${path}`)}
              />
            )}
            <section>
              <Title order={2} size="h5">
                {setup.sources}
              </Title>
              <Text size="sm" c="dimmed" mb="xs">
                {setup.sourcesHint}
              </Text>
              <Rows
                values={sources}
                change={(sources) => edit({ sources })}
                blank={{ words: '' }}
                most={40}
                words={{ add: setup.addSource, none: setup.noSources, name: setup.sourceName }}
              >
                {(source, set, index) => (
                  <Stack gap="xs">
                    <Textarea
                      label={setup.sourceName(index + 1)}
                      required
                      autosize
                      maxLength={600}
                      value={source.words}
                      error={wrong(`sources.${index}.words`)}
                      onChange={({ currentTarget }) => set({ ...source, words: currentTarget.value })}
                    />
                    <TextInput
                      type="url"
                      label={setup.sourceUrl}
                      placeholder="https://"
                      value={source.url ?? ''}
                      error={wrong(`sources.${index}.url`)}
                      onChange={({ currentTarget: { value } }) =>
                        set({ words: source.words, ...(value && { url: value }) })
                      }
                    />
                  </Stack>
                )}
              </Rows>
            </section>
          </Stack>
          <div aria-live="off">
            {look.data && (
              <iframe
                className="letter guide"
                title={setup.guidePreview}
                sandbox="allow-same-origin"
                srcDoc={look.data.html}
                onLoad={({ currentTarget }) => {
                  const page = currentTarget.contentWindow!;
                  page.scrollTo(0, seen.current);
                  page.addEventListener('scroll', () => (seen.current = page.scrollY));
                }}
              />
            )}
            {look.error && <Failed error={look.error} />}
          </div>
        </div>
        {change.notice}
        <Group>
          <Button type="submit" loading={change.saving}>
            {setup.saveAndGoOn}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The page as it would be; what nobody has written yet is left open in it. */
function useGuide(id: string, language: Language, texts: Texts) {
  const [{ need = [], steps, minutes, entry }] = useDebouncedValue(texts, 400);
  const shown = {
    ...texts,
    minutes,
    need: need.map((thing) => thing.trim() || '…'),
    steps: steps.map((step) => step.trim() || '…'),
    entry: openEntry(entry),
    sources: [],
  };
  return useQuery({
    queryKey: ['guide', id, language, shown],
    queryFn: async ({ signal }) =>
      (
        await api.POST('/api/v1/campaigns/{id}/guide', {
          params: { path: { id } },
          body: { texts: { [language]: shown } },
          signal,
        })
      ).data!,
    placeholderData: keepPreviousData,
  });
}

function Minutes({
  set,
  ...rest
}: {
  label: string;
  value: number;
  error: string | null;
  set: (minutes: number) => void;
}) {
  return (
    <NumberInput
      w={150}
      required
      min={0}
      max={600}
      allowDecimal={false}
      onChange={(next) => typeof next === 'number' && set(next)}
      {...rest}
    />
  );
}
