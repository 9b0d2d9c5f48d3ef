import { Button, Card, Group, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect, useState } from 'react';
import { api, Refusal } from '../../api/client.js';
import { sayWrong } from '../../shell/failed.js';
import { useWords } from '../../words/language.js';
import { useChange } from './change.js';
import type { StepProps } from './step.js';

const languages = ['en', 'es'] as const;
const most = { prompts: 12, facts: 20 };
const blank = { prompts: { title: '', help: '' }, facts: { words: '', source: '', url: '' } };

type Written = {
  opening: string;
  prompts: (typeof blank.prompts)[];
  facts: (typeof blank.facts)[];
  sample: string;
};

/** What people write their comment with: the first line, questions, facts and a sample, in both languages. */
export default function WorkshopStep({ campaign, next }: StepProps) {
  const all = useWords();
  const { setup, shell } = all;
  const { workshop: words } = setup;
  const written = languages.filter((language) => campaign.texts[language]);
  const form = useForm({
    initialValues: {
      texts: Object.fromEntries(
        written.map((language) => {
          const { opening = '', prompts = [], facts = [], sample = '' } = campaign.texts[language]!;
          return [language, { opening, prompts, facts: facts.map((fact) => ({ url: '', ...fact })), sample }];
        }),
      ),
    },
  });
  const change = useChange<typeof form.values>(
    campaign,
    async ({ texts }, version) => {
      const changed = written.map((language) => {
        const { opening, prompts, facts, sample } = texts[language] as Written;
        const given = {
          opening: opening.trim() || undefined,
          prompts,
          facts: facts.map(({ url, ...fact }) => ({ ...fact, url: url.trim() || undefined })),
          sample: sample.trim() || undefined,
        };
        return [language, { ...campaign.texts[language]!, ...given }] as const;
      });
      const { data } = await api.PATCH('/api/v1/campaigns/{id}', {
        params: { path: { id: campaign.id } },
        body: { version, texts: Object.fromEntries(changed) },
      });
      return data!;
    },
    next,
  );
  const { setErrors } = form;
  useEffect(() => {
    if (change.error instanceof Refusal)
      setErrors(Object.fromEntries(change.error.parts.map((part) => [part.path, sayWrong(part, all)])));
  }, [change.error, setErrors, all]);
  const [taken, setTaken] = useState<{ path: string; index: number; item: object } | null>(null);
  const list = (language: string, name: 'prompts' | 'facts', fields: [string, string][]) => {
    const path = `texts.${language}.${name}`;
    const items = form.values.texts[language]![name];
    return (
      <Stack gap="xs" align="flex-start" w="100%">
        <Title order={3} size="h5">
          {words[name]}
        </Title>
        {items.map((_, index) => (
          <Card key={index} withBorder w="100%">
            <Stack gap="xs">
              {fields.map(([field, label]) => (
                <Textarea
                  key={field}
                  label={words.nth(label, index + 1)}
                  autosize
                  {...form.getInputProps(`${path}.${index}.${field}`)}
                />
              ))}
              <Group gap="xs">
                <Button
                  size="compact-sm"
                  variant="default"
                  disabled={index === 0}
                  aria-label={words.nth(words.up, index + 1)}
                  onClick={() => form.reorderListItem(path, { from: index, to: index - 1 })}
                >
                  {words.up}
                </Button>
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={words.nth(words.takeOut, index + 1)}
                  onClick={() => {
                    setTaken({ path, index, item: items[index]! });
                    form.removeListItem(path, index);
                  }}
                >
                  {words.takeOut}
                </Button>
              </Group>
            </Stack>
          </Card>
        ))}
        <Group gap="xs">
          <Button
            variant="default"
            disabled={items.length >= most[name]}
            onClick={() => form.insertListItem(path, blank[name])}
          >
            {words.add[name]}
          </Button>
          {taken?.path === path && (
            <Button
              variant="default"
              onClick={() => {
                form.insertListItem(path, taken.item, taken.index);
                setTaken(null);
              }}
            >
              {words.putBack}
            </Button>
          )}
        </Group>
      </Stack>
    );
  };
  return (
    <form onSubmit={form.onSubmit((values) => change.save(values))}>
      <Stack align="flex-start" gap="xl">
        {written.map((language) => (
          <Stack key={language} component="section" w="100%">
            <Title order={2} size="h4">
              {shell.languages[language]}
            </Title>
            <TextInput
              label={words.opening}
              description={words.openingHint}
              {...form.getInputProps(`texts.${language}.opening`)}
            />
            {list(language, 'prompts', [
              ['title', words.promptTitle],
              ['help', words.promptHelp],
            ])}
            {list(language, 'facts', [
              ['words', words.factWords],
              ['source', words.factSource],
              ['url', words.factUrl],
            ])}
            <Textarea
              label={words.sample}
              description={words.sampleHint}
              autosize
              maxRows={16}
              {...form.getInputProps(`texts.${language}.sample`)}
            />
          </Stack>
        ))}
        {change.notice}
        <Button type="submit" loading={change.saving}>
          {setup.saveAndGoOn}
        </Button>
      </Stack>
    </form>
  );
}
