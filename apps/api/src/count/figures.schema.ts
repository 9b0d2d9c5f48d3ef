import { z } from 'zod';
import { faults, isZone } from '#domain';

const zone = z.string().max(60).refine(isZone, { error: faults.zone }).optional();
export const SeriesQuery = z.object({
  by: z.enum(['hour', 'day']).default('day'),
  /** Whose days they are; left out, the deadline's zone, or a coalition's own. */
  zone,
  coalitionId: z.uuid().optional(),
});
export type SeriesQuery = z.infer<typeof SeriesQuery>;

const figures = {
  signups: z.int(),
  optedIn: z.int(),
  went: z.int().meta({ description: 'Pressed the button that leads to the official form' }),
  confirmed: z.int(),
  verified: z.int(),
  pledged: z.int(),
};
export const FiguresAnswer = z.object(figures).meta({ id: 'Figures' });
const instant = z.iso.datetime();

export const SeriesAnswer = z
  .object({
    by: z.enum(['hour', 'day']),
    zone: z.string(),
    asOf: instant,
    deadlineAt: instant.nullable(),
    today: FiguresAnswer.meta({ description: 'Since midnight in that zone' }),
    road: z
      .object({
        goal: z.int(),
        count: z.int().meta({ description: 'Confirmed so far' }),
        left: z.int(),
        share: z.number().meta({ description: 'From 0 to 1' }),
        perDay: z.int().nullable().meta({
          description: 'How many a day reach it by the deadline; null when it is reached or none is ahead',
        }),
        lately: z.number().meta({ description: 'How many a day it was in the past seven days' }),
        ahead: z.array(z.object({ at: instant, count: z.int() })).meta({
          description: 'How many there must be at the end of a day: two weeks of them and the last',
        }),
      })
      .nullable()
      .meta({ description: 'To the campaign’s goal; null without one, and of a coalition' }),
    items: z
      .array(
        z.object({
          at: instant.meta({ description: 'When the hour or the day began' }),
          step: FiguresAnswer,
          total: FiguresAnswer.meta({ description: 'From the beginning to the end of this step' }),
        }),
      )
      .meta({ description: 'Steps in which nothing changed are left out' }),
    marks: z
      .array(
        z.object({
          at: instant,
          kind: z.enum(['rung', 'round']),
          name: z.string(),
          channel: z.enum(['email', 'sms']).nullable(),
          round: z.int(),
        }),
      )
      .meta({ description: 'When each rung first goes out, and when a later round began' }),
  })
  .meta({ id: 'Series' });
export type SeriesAnswer = z.infer<typeof SeriesAnswer>;

export const FunnelAnswer = z
  .object({
    asOf: instant,
    items: z.array(
      z.object({
        stage: z.enum(['signups', 'optedIn', 'went', 'confirmed', 'verified']),
        people: z.int(),
        share: z.number().nullable().meta({ description: 'Of the signups; null without any' }),
      }),
    ),
  })
  .meta({ id: 'Funnel' });
export type FunnelAnswer = z.infer<typeof FunnelAnswer>;

export const DeliverabilityAnswer = z
  .object({
    asOf: instant,
    items: z.array(
      z.object({
        channel: z.enum(['email', 'sms']),
        sent: z.int().meta({ description: 'The provider took it' }),
        delivered: z.int().meta({ description: 'Somebody said that it arrived' }),
        bounced: z.int(),
        complained: z.int(),
        failed: z.record(z.string(), z.int()).meta({ description: 'By reason' }),
        unknown: z.int(),
      }),
    ),
  })
  .meta({ id: 'Deliverability' });
export type DeliverabilityAnswer = z.infer<typeof DeliverabilityAnswer>;

const Rated = FiguresAnswer.extend({
  rate: z.number().nullable().meta({ description: 'Confirmed of signups; null without any' }),
});

export const SideBySideQuery = z.object({
  by: z.enum(['rate', 'confirmed']).default('confirmed'),
  /** Part of a name. */
  search: z.string().max(100).default(''),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
export type SideBySideQuery = z.infer<typeof SideBySideQuery>;

export const SideBySideAnswer = z
  .object({
    asOf: instant,
    total: Rated.meta({ description: 'Everybody, each once' }),
    items: z
      .array(Rated.extend({ coalitionId: z.uuid(), name: z.string() }))
      .meta({ description: 'Those that recruit and those above them, best first, twenty a page' }),
    found: z.int().meta({ description: 'How many match, on all pages' }),
    page: z.int(),
    pages: z.int(),
  })
  .meta({ id: 'SideBySide' });
export type SideBySideAnswer = z.infer<typeof SideBySideAnswer>;
export const DashboardQuery = z.object({
  first: z.coerce
    .number()
    .int()
    .min(1)
    .max(5_000)
    .optional()
    .meta({ description: 'How many coalitions at most; left out: all' }),
});
export const DashboardAnswer = z
  .object({
    asOf: instant,
    campaign: z.object({
      id: z.uuid(),
      title: z.string(),
      kind: z.enum(['regulatory_comment', 'census_occupation', 'custom']),
      status: z.enum(['awaiting', 'running', 'paused', 'ended', 'closed']),
      deadlineAt: instant.nullable(),
      deadlineZone: z.string().nullable(),
    }),
    coalition: z.object({ id: z.uuid(), name: z.string(), zone: z.string() }),
    coalitions: z
      .array(
        z.object({
          coalitionId: z.uuid(),
          name: z.string(),
          depth: z.int(),
          total: Rated,
          today: FiguresAnswer,
        }),
      )
      .meta({ description: 'The coalition itself (depth 0) and those below it, in the tree’s order' }),
    more: z.int().meta({ description: 'How many coalitions follow that were not asked for' }),
    overlap: z.int().meta({
      description: 'By how many people the coalition counts fewer than its own and those directly below it',
    }),
    referred: z
      .object({ signups: z.int(), confirmed: z.int() })
      .meta({ description: 'Of those figures, who came by the link of a colleague' }),
    rank: z
      .object({ place: z.int(), of: z.int() })
      .nullable()
      .meta({ description: 'Among its neighbours, by rate; null unless an organizer turned it on' }),
  })
  .meta({ id: 'Dashboard' });
export type DashboardAnswer = z.infer<typeof DashboardAnswer>;

export const PeopleQuery = z.object({
  state: z.enum(['open', 'all']).default('open'),
  cursor: z.uuid().optional(),
});
export const PersonAnswer = z
  .object({
    id: z.uuid(),
    name: z.string(),
    stage: z.enum(['signups', 'optedIn', 'went', 'done']),
    signedUpAt: instant,
    doneAt: instant.nullable(),
    outcome: z.enum(['filed', 'answered', 'pledged', 'not_sampled']).nullable(),
    mine: z.boolean().meta({ description: 'You recorded it, so you can take it back' }),
    language: z.enum(['en', 'es']),
    localTime: z.string(),
    decentHour: z
      .boolean()
      .meta({ description: 'Between 8 in the morning and 9 in the evening where they are' }),
    words: z.string().meta({ description: 'Ready words in their language, to send from your own phone' }),
  })
  .meta({ id: 'Person' });
export const PeopleAnswer = z
  .object({
    /** Whether you are whom these people agreed to be seen by. */
    yours: z.boolean(),
    items: z.array(PersonAnswer),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'People' });
export type PeopleAnswer = z.infer<typeof PeopleAnswer>;

export const ToldForm = z
  .strictObject({ outcome: z.enum(['filed', 'answered', 'pledged', 'not_sampled']) })
  .meta({ id: 'ToldForm' });
export const ToldAnswer = z
  .object({ outcome: ToldForm.shape.outcome.nullable(), news: z.boolean() })
  .meta({ id: 'Told' });

export const InboxAnswer = z
  .object({
    yours: z.boolean(),
    items: z.array(
      z.object({
        id: z.string(),
        at: instant,
        name: z.string().nullable(),
        body: z.string(),
        crisis: z.boolean(),
        media: z.int(),
        answered: z.boolean(),
      }),
    ),
    nextCursor: z.null(),
  })
  .meta({ id: 'Inbox' });
export type InboxAnswer = z.infer<typeof InboxAnswer>;
