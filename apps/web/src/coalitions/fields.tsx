import { Anchor, Box, ColorInput, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { contrastWithWhite, isReadableColour, readableColour, zoneChoices } from '#domain';
import { Refusal } from '../api/client.js';
import { Failed, useWrong } from '../shell/failed.js';
import { useLanguage, useWords } from '../words/language.js';
import { sayZone } from '../words/say.js';
import type { Coalition } from './queries.js';

export const draftFields = [
  'name',
  'shortName',
  'slug',
  'parentId',
  'zone',
  'replyTo',
  'postalAddress',
  'colour',
] as const satisfies (keyof Coalition)[];
export type Draft = Pick<Coalition, (typeof draftFields)[number]>;

export const draftOf = (coalition: Coalition): Draft =>
  Object.fromEntries(draftFields.map((field) => [field, coalition[field]])) as Draft;

/** What is left empty comes from the coalition above. */
export const emptyDraft: Draft = {
  name: '',
  shortName: '',
  slug: '',
  parentId: null,
  zone: '',
  replyTo: '',
  postalAddress: '',
  colour: '',
};

const slugOf = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60);

type Props = {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  error: unknown;
  parents: Coalition[];
  /** Whether place and address may be changed too. */
  all: boolean;
  /** Its address follows its name. */
  fresh?: boolean;
  children?: ReactNode;
};

export function CoalitionFields({ draft, change, error, parents, all, fresh, children }: Props) {
  const { coalitions: words } = useWords();
  const { language } = useLanguage();
  const refusal = error instanceof Refusal ? error : null;
  const of = useWrong(error);
  const suggestion = refusal?.code === 'slug_taken' ? (refusal.more['suggestion'] as string) : null;
  const isShown = refusal?.parts.some(({ path }) => (draftFields as readonly string[]).includes(path));
  // Of a new one, what is left empty is as it is above.
  const above = fresh ? parents.find(({ id }) => id === draft.parentId) : undefined;
  const organizers = all ? undefined : words.byOrganizers;
  return (
    <Stack gap="md" maw={720}>
      {error != null && !isShown && <Failed error={error} />}
      <TextInput
        required
        label={words.name}
        description={words.nameHint}
        value={draft.name}
        error={of('name')}
        onChange={({ currentTarget: { value } }) =>
          change({ name: value, ...(fresh && slugOf(draft.name) === draft.slug && { slug: slugOf(value) }) })
        }
      />
      <TextInput
        label={words.shortName}
        description={words.shortNameHint}
        maxLength={30}
        value={draft.shortName}
        error={of('shortName')}
        onChange={({ currentTarget: { value } }) => change({ shortName: value })}
      />
      <div>
        <TextInput
          required
          label={words.slug}
          description={organizers ?? words.slugHint(`${window.location.host}/c/…/${draft.slug || '…'}`)}
          disabled={!all}
          value={draft.slug}
          error={of('slug')}
          onChange={({ currentTarget: { value } }) => change({ slug: value })}
        />
        {suggestion && (
          <Anchor component="button" type="button" mt={4} onClick={() => change({ slug: suggestion })}>
            {words.useSlug(suggestion)}
          </Anchor>
        )}
      </div>
      <Select
        label={words.parent}
        description={organizers}
        disabled={!all}
        searchable
        value={draft.parentId ?? 'none'}
        error={of('parentId')}
        allowDeselect={false}
        onChange={(value) => change({ parentId: value === 'none' ? null : value })}
        data={[
          { value: 'none', label: words.noParent },
          ...parents.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Select
        label={words.zone}
        description={words.zoneHint}
        placeholder={above && sayZone(above.zone, language)}
        value={draft.zone || null}
        error={of('zone')}
        allowDeselect={false}
        onChange={(value) => change({ zone: value ?? draft.zone })}
        data={zoneChoices(language, draft.zone)}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          type="email"
          label={words.replyTo}
          placeholder={above?.replyTo}
          value={draft.replyTo}
          error={of('replyTo')}
          onChange={({ currentTarget: { value } }) => change({ replyTo: value })}
        />
        <TextInput
          label={words.postalAddress}
          placeholder={above?.postalAddress}
          value={draft.postalAddress}
          error={of('postalAddress')}
          onChange={({ currentTarget: { value } }) => change({ postalAddress: value })}
        />
      </SimpleGrid>
      <Colour
        colour={draft.colour}
        error={of('colour')}
        above={above?.colour}
        change={(colour) => change({ colour })}
      />
      {children}
    </Stack>
  );
}

/** With how well white can be read on it, and the nearest colour on which it can. */
function Colour({
  colour,
  error,
  above,
  change,
}: {
  colour: string;
  above: string | undefined;
  error: string | null;
  change: (colour: string) => void;
}) {
  const { coalitions: words } = useWords();
  const isColour = /^#[0-9a-f]{6}$/i.test(colour);
  const ratio = isColour ? (Math.floor(contrastWithWhite(colour) * 10) / 10).toFixed(1) : '';
  const isBad = isColour && !isReadableColour(colour);
  const better = isBad ? readableColour(colour) : null;
  return (
    <Group align="flex-end" gap="md">
      <div>
        <ColorInput
          label={words.colour}
          placeholder={above}
          // Below it stands what may be pressed.
          popoverProps={{ position: 'top-start', middlewares: { flip: false, shift: true } }}
          value={colour}
          error={isBad ? words.colourFails(ratio) : error}
          description={isColour && !isBad ? words.colourSays(ratio) : undefined}
          onChange={change}
          format="hex"
          w={260}
          withEyeDropper={false}
        />
        {better && (
          <Anchor component="button" type="button" mt={4} onClick={() => change(better)}>
            {words.useColour(better)}
          </Anchor>
        )}
      </div>
      {isColour && (
        <Box
          px="lg"
          py={8}
          style={{ background: better ?? colour, color: 'white', borderRadius: 8, fontWeight: 600 }}
          aria-hidden
        >
          <Text span inherit>
            {words.sample}
          </Text>
        </Box>
      )}
    </Group>
  );
}
