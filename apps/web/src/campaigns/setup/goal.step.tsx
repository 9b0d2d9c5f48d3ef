import { Button, NumberInput, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect } from 'react';
import { api, Refusal } from '../../api/client.js';
import { sayWrong } from '../../shell/failed.js';
import { useWords } from '../../words/language.js';
import { useChange } from './change.js';
import type { StepProps } from './step.js';

const languages = ['en', 'es'] as const;

/** The field of this form that a part of the campaign is written in. */
const fieldOf = (path: string) =>
  path.replace(/^texts\.(\w+)\.(\w+)$/, '$2.$1').replace(/^notify\.\d+$/, 'notify');

/** What the campaign asks for, in both languages, and how many should do it. */
export function GoalStep({ campaign, next }: StepProps) {
  const words = useWords();
  const { setup, shell } = words;
  const written = languages.filter((language) => campaign.texts[language]);
  const form = useForm({
    initialValues: {
      title: Object.fromEntries(written.map((language) => [language, campaign.texts[language]!.title])),
      summary: Object.fromEntries(written.map((language) => [language, campaign.texts[language]!.summary])),
      why: Object.fromEntries(written.map((language) => [language, campaign.texts[language]!.why])),
      goal: campaign.goal ?? '',
      slug: campaign.slug,
      contact: campaign.contact ?? '',
      notify: campaign.notify,
    },
  });
  const change = useChange<typeof form.values>(
    campaign,
    async ({ title, summary, why, goal, slug, contact, notify }, version) => {
      const texts = Object.fromEntries(
        written.map((language) => [
          language,
          {
            ...campaign.texts[language]!,
            title: title[language]!,
            summary: summary[language]!,
            why: why[language]!,
          },
        ]),
      );
      const { data } = await api.PATCH('/api/v1/campaigns/{id}', {
        params: { path: { id: campaign.id } },
        body: {
          version,
          texts,
          goal: goal === '' ? null : Number(goal),
          contact: contact.trim() || null,
          notify,
          ...(slug !== campaign.slug && { slug }),
        },
      });
      return data!;
    },
    next,
  );
  const { setErrors } = form;
  useEffect(() => {
    if (change.error instanceof Refusal)
      setErrors(
        Object.fromEntries(change.error.parts.map((part) => [fieldOf(part.path), sayWrong(part, words)])),
      );
  }, [change.error, setErrors, words]);
  return (
    <form onSubmit={form.onSubmit((values) => change.save(values))}>
      <Stack align="flex-start">
        {written.map((language) => (
          <Stack key={language} w="100%" gap="sm">
            <TextInput
              label={setup.inLanguage(setup.titleField, shell.languages[language])}
              required
              maxLength={120}
              {...form.getInputProps(`title.${language}`)}
            />
            <Textarea
              label={setup.inLanguage(setup.summaryField, shell.languages[language])}
              description={setup.summaryHint}
              required
              autosize
              maxLength={600}
              {...form.getInputProps(`summary.${language}`)}
            />
            <Textarea
              label={setup.inLanguage(setup.whyField, shell.languages[language])}
              description={setup.whyHint}
              required
              autosize
              maxRows={12}
              {...form.getInputProps(`why.${language}`)}
            />
          </Stack>
        ))}
        <NumberInput
          label={setup.goalField}
          description={setup.goalHint}
          min={1}
          max={100_000_000}
          allowDecimal={false}
          thousandSeparator
          {...form.getInputProps('goal')}
        />
        <TextInput
          w="100%"
          label={setup.slugField}
          description={`${window.location.origin}/c/${form.values.slug}/…`}
          required
          disabled={campaign.status !== 'draft'}
          {...form.getInputProps('slug')}
        />
        <TextInput
          w="100%"
          label={setup.contactField}
          description={setup.contactHint}
          maxLength={120}
          {...form.getInputProps('contact')}
        />
        <TagsInput
          w="100%"
          label={setup.notifyField}
          description={setup.notifyHint}
          clearButtonProps={{ 'aria-label': setup.clear }}
          {...form.getInputProps('notify')}
        />
        {change.notice}
        <Button type="submit" loading={change.saving}>
          {setup.saveAndGoOn}
        </Button>
      </Stack>
    </form>
  );
}
