import { z } from 'zod';
import { dutiesRoom, faults } from '#domain';
import { hiddenCharacters, kitNames, markdownHtml, MessageProblems, workshopParts } from '#messages';
import { Said } from '../problems/said.js';

const text = (most: number) => z.string().trim().min(1).max(most);
/** Words on pages: nothing that turns a line around or hides in it. */
const shown = (most: number) =>
  text(most).refine((words) => hiddenCharacters(words).length === 0, {
    error: faults.hidden,
  });
const line = (most: number) => shown(most).regex(/^[^\r\n]*$/, faults.one_line);
/** The same for what is rendered: scripts are shown as words, and a link leads to a whole address. */
const markdown = (most: number) =>
  shown(most).superRefine((source, context) => {
    try {
      markdownHtml(source);
    } catch (error) {
      if (!(error instanceof MessageProblems)) throw error;
      for (const { words, line, column, code, values } of error.problems)
        context.addIssue({
          code: 'custom',
          message: `${words} (line ${line}, column ${column})`,
          params: { code, values: { ...values, line, column } },
        });
    }
  });
export const language = z.string().regex(/^[a-z]{2}$/, faults.language);
const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, faults.wall_time);
export const instant = z.iso.datetime({
  offset: true,
  error: faults.moment,
});

export const RungTexts = z
  .strictObject({
    subject: text(120).optional(),
    email: text(20_000).optional(),
    sms: text(1_600).optional(),
  })
  .refine(({ subject, email }) => (subject === undefined) === (email === undefined), faults.subject_and_email)
  .refine(({ email, sms }) => email !== undefined || sms !== undefined, faults.email_or_text);

/** What every rung has besides its moment. */
const rung = {
  id: z.string().regex(/^[\w-]{1,60}$/, 'must be 1–60 letters, digits, "-" or "_"'),
  name: text(80).optional(),
  channels: z
    .array(z.enum(['email', 'sms']))
    .min(1)
    .max(2),
  messages: z.record(language, RungTexts).optional(),
};

export const LadderForm = z
  .array(
    z.union(
      [
        z.strictObject({ ...rung, daysBefore: z.int(), at: wallTime }),
        z.strictObject({ ...rung, hoursBefore: z.number() }),
        z.strictObject({ ...rung, daysAfter: z.int(), at: wallTime }),
        z.strictObject({
          ...rung,
          sendAt: instant.transform((at) => new Date(at)),
          audience: z.enum(['open', 'updates']).optional(),
        }),
      ],
      faults.rung_form,
    ),
  )
  .max(40)
  .meta({ id: 'Ladder' });
export type LadderForm = z.infer<typeof LadderForm>;

export const CampaignTextsForm = z.strictObject({
  title: line(120),
  deed: line(120),
  summary: markdown(600),
  why: markdown(20_000),
  public: shown(2_000).optional(),
  need: z.array(line(200)).max(8).optional(),
  steps: z.array(markdown(4_000)).max(20),
  minutes: z
    .strictObject({ from: z.int().min(0).max(600), to: z.int().min(0).max(600) })
    .refine(({ from, to }) => from <= to, { path: ['to'], error: faults.minutes }),
  doneLabel: line(60),
  officialLabel: line(80),
  sources: z.array(z.strictObject({ words: shown(600), url: z.url().optional() })).max(40),
  ...workshopParts,
  entry: z
    .strictObject({
      occupation: line(40),
      duties: z
        .array(z.strictObject({ tick: line(120), write: line(dutiesRoom) }))
        .min(1)
        .max(12),
      asked: markdown(4_000),
      ways: z.strictObject({ paper: markdown(2_000), online: markdown(2_000), phone: markdown(2_000) }),
    })
    .optional()
    .meta({ description: 'What to write on a form that asks for an occupation: of a census campaign' }),
});

const OfficialForm = z.strictObject({
  url: z
    .url({ protocol: /^https$/, error: faults.https })
    .refine((url) => new URL(url).username === '', { error: faults.url_user })
    .optional(),
  document: text(80).optional(),
  docket: text(80).optional(),
});

/** Of the campaign that the caller saw; another has changed it since when it is not the campaign's own. */
const version = z.int().optional();
const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, faults.slug)
  .max(60);
const kind = z.enum(['regulatory_comment', 'census_occupation', 'custom']);

const DeadlineParts = { deadlineAt: instant.transform((at) => new Date(at)), deadlineZone: text(60) };
export const DeadlineForm = z
  .strictObject({
    deadlineAt: DeadlineParts.deadlineAt.nullable(),
    deadlineZone: DeadlineParts.deadlineZone.nullable(),
    version,
  })
  .refine(({ deadlineAt, deadlineZone }) => (deadlineAt === null) === (deadlineZone === null), {
    path: ['deadlineZone'],
    error: 'must be null together with deadlineAt: then the campaign waits for its date',
  })
  .meta({ id: 'Deadline' });
export type DeadlineForm = z.infer<typeof DeadlineForm>;

const editable = {
  title: line(120),
  goal: z.int().positive().max(100_000_000).nullable(),
  official: OfficialForm,
  avoidWords: z.array(line(40)).max(100),
  /** Whether leaders see where their coalition stands among its neighbours. */
  ranking: z.boolean(),
  contact: text(120).nullable(),
  notify: z.array(z.email({ error: faults.email })).max(20),
  smsHours: z.strictObject({ open: wallTime, close: wallTime }).nullable(),
  texts: z
    .record(language, CampaignTextsForm)
    .refine((texts) => Object.keys(texts).length > 0, { error: faults.needs_words }),
  coalitionIds: z.array(z.uuid()).max(5_000),
};

export const CampaignForm = z
  .strictObject({
    ...z.strictObject(editable).partial().shape,
    /** What is not given is as in this kit. */
    kit: z.enum(kitNames, { error: `must be one of ${kitNames.join(', ')}` }).optional(),
    /** The same of a file that a campaign was saved as. */
    kitFile: z.string().min(1).max(500_000).optional(),
    kind: kind.optional(),
    slug: slug.optional(),
    deadlineAt: DeadlineParts.deadlineAt.optional(),
    deadlineZone: DeadlineParts.deadlineZone.optional(),
    ladder: LadderForm.optional(),
  })
  .refine(({ deadlineAt, deadlineZone }) => (deadlineAt === undefined) === (deadlineZone === undefined), {
    path: ['deadlineZone'],
    error: 'A deadline is deadlineAt and deadlineZone together, or neither.',
  })
  .refine(({ kit, kitFile, kind }) => [kit, kitFile, kind].filter((of) => of !== undefined).length === 1, {
    path: ['kind'],
    error: 'must be given, or a kit, or a kit’s file that says it: one of the three',
  })
  .refine(({ kit, kitFile, title }) => (kit ?? kitFile ?? title) !== undefined, {
    path: ['title'],
    error: 'must be given, or a kit that has one',
  })
  .meta({ id: 'CampaignForm' });
export type CampaignForm = z.infer<typeof CampaignForm>;

/** The ladder, with the hours in which its texts go and the words that it keeps off lock screens. */
export const LadderChange = z
  .strictObject({
    rungs: LadderForm,
    smsHours: editable.smsHours.optional(),
    avoidWords: editable.avoidWords.optional(),
    version,
  })
  .meta({ id: 'LadderForm' });
export type LadderChange = z.infer<typeof LadderChange>;

export const CampaignPatch = z
  .strictObject({ ...editable, slug, version })
  .partial()
  .meta({ id: 'CampaignPatch' });
export type CampaignPatch = z.infer<typeof CampaignPatch>;

const Moment = z.union([
  z.object({ daysBefore: z.int(), at: wallTime }),
  z.object({ hoursBefore: z.number() }),
  z.object({ daysAfter: z.int(), at: wallTime }),
  z.object({ sendAt: z.iso.datetime(), audience: z.enum(['open', 'updates']) }),
]);
export const RungAnswer = z
  .intersection(
    z.object({
      id: z.string(),
      name: z.string(),
      channels: z.array(z.enum(['email', 'sms'])),
      messages: z.record(
        z.string(),
        z.object({
          subject: z.string().optional(),
          email: z.string().optional(),
          sms: z.string().optional(),
        }),
      ),
    }),
    Moment,
  )
  .meta({ id: 'Rung' });

const CampaignFields = z.object({
  id: z.uuid(),
  slug: z.string(),
  title: z.string(),
  kind,
  status: z.enum(['draft', 'awaiting', 'running', 'paused', 'ended', 'closed']),
  deadlineAt: z.iso.datetime().nullable(),
  deadlineZone: z.string().nullable(),
  round: z.int(),
  pausedBecause: z.string().nullable(),
  goal: z.int().nullable(),
  coalitionIds: z.array(z.uuid()),
  ladder: z.array(RungAnswer),
});
/** A campaign in a list. */
export const CampaignSummary = CampaignFields.meta({ id: 'CampaignSummary' });
export type CampaignSummary = z.infer<typeof CampaignSummary>;

/** One campaign, with all that can be edited. */
export const CampaignAnswer = CampaignFields.extend({
  version: z.int().meta({ description: 'Give it back with a change: 409 when somebody else was faster' }),
  texts: z.record(z.string(), CampaignTextsForm),
  official: OfficialForm,
  avoidWords: z.array(z.string()),
  ranking: z.boolean(),
  contact: z.string().nullable(),
  notify: z.array(z.string()).meta({ description: 'Who of the organizers is told what cannot wait' }),
  smsHours: z.object({ open: z.string(), close: z.string() }).nullable(),
  createdAt: z.iso.datetime(),
  launchedAt: z.iso.datetime().nullable(),
  warnings: z
    .array(z.object({ path: z.string(), ...Said.partial({ code: true, values: true }).shape }))
    .optional()
    .meta({ description: 'What is unwise about its messages; only where one campaign is read' }),
}).meta({ id: 'Campaign' });
export type CampaignAnswer = z.infer<typeof CampaignAnswer>;

const waveCounts = {
  moved: z.int(),
  dropped: z.int(),
  kept: z.int(),
  added: z.int(),
};
export const DeadlinePreview = z
  .object({
    from: z.iso.datetime().nullable(),
    to: z.iso.datetime().nullable(),
    status: CampaignFields.shape.status,
    round: z.int(),
    newRound: z.boolean().meta({ description: 'Rungs that are ahead again go out once more' }),
    waves: z.object(waveCounts),
    again: z
      .int()
      .meta({ description: 'How many rungs, each on a channel, went out already and go out once more' }),
    rungs: z.array(
      z.object({
        rungId: z.string(),
        name: z.string(),
        channel: z.enum(['email', 'sms']),
        ...waveCounts,
        from: z.iso.datetime().nullable().meta({ description: 'The first of its moments that is ahead' }),
        to: z.iso.datetime().nullable(),
        skipped: z.string().nullable().meta({ description: 'Why it is not sent any more' }),
        people: z.int(),
        again: z.boolean(),
        fits: z.boolean().meta({ description: 'Whether it ends in time at the provider’s pace' }),
      }),
    ),
  })
  .meta({ id: 'DeadlinePreview' });
export type DeadlinePreview = z.infer<typeof DeadlinePreview>;

/** What an organizer does to a campaign with a button. */
export const Turn = z.enum(['launch', 'pause', 'resume', 'close']);
export type Turn = z.infer<typeof Turn>;

export const Id = z.uuid({ error: faults.id });
