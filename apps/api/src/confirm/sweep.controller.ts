import { Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { objectIdIn, RegulationsGov } from '#dockets';
import { Audit, type Campaign, Campaigns, Keyring, type StaffKey, Sweeps } from '#postgres';
import { Access, actorOf, CurrentStaff } from '../access/access.js';
import { Problem, unknown } from '../problems/problem.js';
import { Id } from '../schedule/campaign.schema.js';
import { sayTrouble } from '../schedule/source-problem.js';

/** Seconds that the document's answer may be old. */
const fresh = 3_600;

const SweepAnswer = z
  .object({
    state: z.enum(['never', 'running', 'stopped', 'done']),
    received: z.int().nullable().meta({ description: 'Comments that the agency has posted' }),
    listed: z.int(),
    looked: z.int().meta({ description: 'Of the listed ones' }),
    given: z.int().meta({ description: 'People who gave a tracking number' }),
    found: z.int().meta({ description: 'Of these, whose comment was seen. Not seen means not posted yet' }),
    perHour: z.int().meta({ description: 'How many can be looked at' }),
    secondsLeft: z.int().nullable().meta({ description: 'At that rate; null unless it runs' }),
    problem: z.string().nullable().meta({
      description: 'Why it waits: busy, silent, resting or refused; why it stopped: too_many_at_once',
    }),
    retryAt: z.iso.datetime().nullable(),
    startedAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Sweep' });
type SweepAnswer = z.infer<typeof SweepAnswer>;

/** Looking on the docket for the comments of people who gave a tracking number (evidence, RULES §6). */
@ApiTags('confirmations')
@ApiBearerAuth()
@Access('organizer')
@Controller('api/v1/campaigns/:id/sweep')
export class SweepController {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly regulations: RegulationsGov,
  ) {}

  @Get()
  @ApiResponse({ status: 200, standardSchema: SweepAnswer })
  async read(@Param('id', { schema: Id }) id: string): Promise<SweepAnswer> {
    await this.campaign(id);
    return this.answer(id);
  }

  /** Begins, or goes on where it was stopped and with what was posted since. */
  @Post()
  @HttpCode(202)
  @ApiResponse({ status: 202, standardSchema: SweepAnswer })
  async start(
    @Param('id', { schema: Id }) id: string,
    @CurrentStaff() staff: StaffKey,
  ): Promise<SweepAnswer> {
    const { kind, official } = await this.campaign(id);
    if (kind !== 'regulatory_comment' || !official.document)
      throw new Problem(
        409,
        'no_document',
        'This campaign names no document of regulations.gov, so there are no comments to look at. Name one first.',
      );
    const document = await this.regulations.document(official.document, fresh).catch(sayTrouble);
    const objectId = objectIdIn(document);
    if (!objectId)
      throw new Problem(
        404,
        'document_unknown',
        `regulations.gov has no document "${official.document}". Check its id.`,
      );
    await this.db.transaction(async (db) => {
      await new Sweeps(db, this.keys).start(id, objectId);
      await new Audit(db).write(actorOf(staff), 'sweep.started', id);
    });
    return this.answer(id);
  }

  /** What was looked at stays looked at. */
  @Delete()
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: SweepAnswer })
  async stop(@Param('id', { schema: Id }) id: string, @CurrentStaff() staff: StaffKey): Promise<SweepAnswer> {
    await this.campaign(id);
    await this.db.transaction(async (db) => {
      if (await new Sweeps(db, this.keys).end(id, 'stopped'))
        await new Audit(db).write(actorOf(staff), 'sweep.stopped', id);
    });
    return this.answer(id);
  }

  private async campaign(id: string): Promise<Campaign> {
    const campaign = await new Campaigns(this.db.manager).byId(id);
    if (!campaign) throw unknown('campaign');
    return campaign;
  }

  private async answer(id: string): Promise<SweepAnswer> {
    const perHour = this.regulations.sweptAnHour;
    const sweep = await new Sweeps(this.db.manager, this.keys).of(id);
    if (!sweep) return { ...never, perHour };
    const { state, received, listed, looked, given, found, problem } = sweep;
    const left = Math.max(listed, sweep.isListed ? 0 : (received ?? 0)) - looked;
    return {
      ...{ state, received, listed, looked, given, found, problem, perHour },
      secondsLeft: state === 'running' ? Math.ceil((left / perHour) * 3_600) : null,
      retryAt: sweep.retryAt?.toISOString() ?? null,
      startedAt: sweep.startedAt.toISOString(),
      endedAt: sweep.endedAt?.toISOString() ?? null,
    };
  }
}

const never = {
  ...{ state: 'never' as const, received: null, listed: 0, looked: 0, given: 0, found: 0 },
  ...{ secondsLeft: null, problem: null, retryAt: null, startedAt: null, endedAt: null },
};
