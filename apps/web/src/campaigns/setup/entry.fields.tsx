import { Input, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { dutiesRoom } from '#domain';
import type { Campaign } from '../../campaign/queries.js';
import { useWords } from '../../words/language.js';
import { Rows } from './rows.js';

type Entry = NonNullable<Campaign['texts'][string]['entry']>;
const ways = ['paper', 'online', 'phone'] as const;
const blank: Entry = { occupation: '', duties: [], asked: '', ways: { paper: '', online: '', phone: '' } };
const most = { occupation: 40, duties: 12, tick: 120, asked: 4_000, way: 2_000 };

type EntryFieldsProps = {
  /** Nothing is written in any field: there is none. */
  entry: Entry | undefined;
  change: (entry: Entry | undefined) => void;
  wrong: (path: string) => string | null;
};

/** What people write on a form that asks for their occupation, and what they should know about it. */
export function EntryFields({ entry = blank, change, wrong }: EntryFieldsProps) {
  const { entry: w, ...setup } = useWords().setup;
  const edit = (more: Partial<Entry>) => {
    const next = { ...entry, ...more };
    change(isBlank(next) ? undefined : next);
  };
  return (
    <section>
      <Title order={2} size="h5">
        {w.title}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {w.hint}
      </Text>
      <Stack gap="sm">
        <TextInput
          label={w.occupation}
          description={w.inEnglish}
          maxLength={most.occupation}
          value={entry.occupation}
          error={wrong('occupation')}
          onChange={({ currentTarget }) => edit({ occupation: currentTarget.value })}
        />
        <Title order={3} size="h6">
          {w.duties}
        </Title>
        {wrong('duties') && <Input.Error>{wrong('duties')}</Input.Error>}
        <Rows
          values={entry.duties}
          change={(duties) => edit({ duties })}
          blank={{ tick: '', write: '' }}
          most={most.duties}
          words={{ add: w.addDuty, none: w.noDuties, name: w.duty }}
        >
          {(duty, set, index) => (
            <Stack gap="xs">
              <TextInput
                label={w.tick(index + 1)}
                required
                maxLength={most.tick}
                value={duty.tick}
                error={wrong(`duties.${index}.tick`)}
                onChange={({ currentTarget }) => set({ ...duty, tick: currentTarget.value })}
              />
              <TextInput
                label={w.write(index + 1)}
                description={index === 0 ? w.writeHint(dutiesRoom) : undefined}
                required
                maxLength={dutiesRoom}
                value={duty.write}
                error={wrong(`duties.${index}.write`)}
                onChange={({ currentTarget }) => set({ ...duty, write: currentTarget.value })}
              />
            </Stack>
          )}
        </Rows>
        <Textarea
          label={w.asked}
          description={setup.whyHint}
          autosize
          maxRows={12}
          maxLength={most.asked}
          value={entry.asked}
          error={wrong('asked')}
          onChange={({ currentTarget }) => edit({ asked: currentTarget.value })}
        />
        {ways.map((way) => (
          <Textarea
            key={way}
            label={w.way[way]}
            autosize
            maxRows={8}
            maxLength={most.way}
            value={entry.ways[way]}
            error={wrong(`ways.${way}`)}
            onChange={({ currentTarget }) => edit({ ways: { ...entry.ways, [way]: currentTarget.value } })}
          />
        ))}
      </Stack>
    </section>
  );
}

const isBlank = ({ occupation, duties, asked, ways }: Entry) =>
  duties.length === 0 && [occupation, asked, ...Object.values(ways)].every((words) => words.trim() === '');

/** For a look at it while it is written: what nobody has written yet is left open. */
export function openEntry(entry: Entry | undefined): Entry | undefined {
  if (!entry) return undefined;
  const open = (words: string) => words.trim() || '…';
  const duties = entry.duties.length > 0 ? entry.duties : [{ tick: '', write: '' }];
  const { paper, online, phone } = entry.ways;
  return {
    occupation: open(entry.occupation),
    duties: duties.map(({ tick, write }) => ({ tick: open(tick), write: open(write) })),
    asked: open(entry.asked),
    ways: { paper: open(paper), online: open(online), phone: open(phone) },
  };
}
