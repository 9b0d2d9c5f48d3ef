import { z } from 'zod';
import { faults, isZone } from '#domain';
import { hiddenCharacters } from '#messages';

/** Words on pages: nothing that turns a line around or hides in it. */
const shown = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((words) => hiddenCharacters(words).length === 0, {
      error: faults.hidden,
    });

const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, faults.slug)
  .max(60);

/** What its own leader may change too. */
const own = {
  name: shown(120),
  shortName: shown(30),
  zone: z.string().max(60).refine(isZone, { error: faults.zone }),
  replyTo: z.email({ error: faults.email }),
  postalAddress: shown(300),
  colour: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, faults.colour)
    .transform((colour) => colour.toLowerCase()),
};

export const CoalitionForm = z
  .strictObject({
    ...z.strictObject(own).partial().shape,
    slug,
    name: own.name,
    parentId: z.uuid().nullish(),
  })
  .meta({ id: 'CoalitionForm' });
export type CoalitionForm = z.infer<typeof CoalitionForm>;

export const logoAddress = /^\/assets\/logo\/([0-9a-f]{32}-\d{1,3}x\d{1,3})\.png$/;

export const CoalitionPatch = z
  .strictObject({
    /** Of the coalition as it was read: who saved in between is not overwritten. */
    version: z.int().positive(),
    ...z.strictObject({ ...own, slug, parentId: z.uuid().nullable() }).partial().shape,
    /** Null takes the logo off; the address that it had puts it back. */
    logo: z.string().regex(logoAddress, faults.logo).nullish(),
  })
  .meta({ id: 'CoalitionPatch' });
export type CoalitionPatch = z.infer<typeof CoalitionPatch>;

const CoalitionFields = z.object({
  id: z.uuid(),
  parentId: z.uuid().nullable(),
  slug: z.string(),
  name: z.string(),
  shortName: z.string(),
  zone: z.string(),
  replyTo: z.string(),
  postalAddress: z.string(),
  colour: z.string(),
  logo: z.string().nullable(),
  /** Where its people are now, when it was merged. */
  mergedInto: z.uuid().nullable(),
  version: z.int(),
});
export const CoalitionAnswer = CoalitionFields.meta({ id: 'Coalition' });
export type CoalitionAnswer = z.infer<typeof CoalitionAnswer>;
export const CoalitionList = z
  .object({ items: z.array(CoalitionFields), nextCursor: z.null() })
  .meta({ id: 'CoalitionList' });

const into = { into: z.uuid() };
export const MergeInto = z.object(into);
export const MergeForm = z.strictObject(into).meta({ id: 'MergeForm' });
export const MergeAnswer = z
  .object({
    from: z.object({ id: z.uuid(), name: z.string() }),
    into: z.object({ id: z.uuid(), name: z.string() }),
    campaigns: z.array(
      z.object({
        id: z.uuid(),
        title: z.string(),
        /** Its people in this campaign, and how many of them are in the other already. */
        people: z.int(),
        inBoth: z.int(),
      }),
    ),
    /** Who let its leaders see their name, and not the other's: their names are hidden. */
    hidden: z.int(),
    /** What was below it and is below the other. */
    children: z.array(z.object({ id: z.uuid(), name: z.string() })),
    leaders: z.int(),
    slugs: z.array(z.string()),
  })
  .meta({ id: 'Merge' });
export type MergeAnswer = z.infer<typeof MergeAnswer>;
