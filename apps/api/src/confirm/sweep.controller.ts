import { Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { objectIdIn, RegulationsGov } from '#dockets';
import { Audit, type Campaign, Campaigns, Keyring, type StaffKey, Sweeps } from '#postgres';
import { Access, actorOf, CurrentStaff } from '../access/access.js';
import { Problem, unknown } from '../problems/problem.js';
import { Id } from '../schedule/campaign.schema.js';
import { sayTrouble } from '../schedule/source-problem.js';
import { Upload } from '../signup/uploads.js';
import { docketFileTooLarge, largestDocketFile, readDocketFile } from './docket-file.js';

/** Seconds that the document's answer may be old. */
const fresh = 3_600;

const SweepAnswer = z
  .object({
    state: z.enum(['never', 'running', 'stopped', 'done']),
    received: z.int().nullable().meta({ description: 'Comments that the agency has posted' }),
    listed: z.int(),
    looked: z.int().meta({ description: 'Of the listed ones' }),
    said: z.int().meta({ description: 'People who filed and gave no tracking number' }),
    given: z.int().meta({ description: 'People who gave one' }),
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

const SweepFileAnswer = z
  .object({
    rows: z.int().meta({ description: 'Lines beneath the first one' }),
    comments: z.int().meta({ description: 'Of these, comments on the campaign’s document' }),
    found: z.int().meta({ description: 'People whose comment was not seen before' }),
    seenBefore: z.int().meta({ description: 'People whose comment was seen before' }),
  })
  .meta({ id: 'SweepFile' });
type SweepFileAnswer = z.infer<typeof SweepFileAnswer>;

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
    const documentId = await this.document(id);
    const objectId = objectIdIn(await this.regulations.document(documentId, fresh).catch(sayTrouble));
    if (!objectId)
      throw new Problem(
        404,
        'document_unknown',
        `regulations.gov has no document "${documentId}". Check its id.`,
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

  /**
   * The CSV of regulations.gov's bulk download as the body, at most 500 MB: the tracking numbers of its comments on the campaign's
   * document are compared with those that people gave, and nothing of it is kept. A file that is refused changes nothing; the same one again
   * finds nobody anew.
   */
  @Post('file')
  @HttpCode(200)
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiResponse({ status: 200, standardSchema: SweepFileAnswer })
  async file(
    @Param('id', { schema: Id }) id: string,
    @CurrentStaff() staff: StaffKey,
    @Req() { body }: FastifyRequest,
  ): Promise<SweepFileAnswer> {
    const documentId = await this.document(id);
    if (!(body instanceof Upload))
      throw new Problem(415, 'docket_file_missing', 'Send the file itself as the body, as text/csv.');
    const sweeps = new Sweeps(this.db.manager, this.keys);
    await sweeps.hashOld(id);
    const ours = new Set<string>();
    const read = await readDocketFile(
      body.pieces(largestDocketFile, docketFileTooLarge),
      documentId,
      async (numbers) => {
        for (const number of await sweeps.given(id, numbers)) ours.add(number);
      },
    );
    return this.db.transaction(async (db) => {
      const found = await new Sweeps(db, this.keys).seen(id, [...ours]);
      const answer = { ...read, found, seenBefore: ours.size - found };
      await new Audit(db).write(actorOf(staff), 'sweep.file', id, answer);
      return answer;
    });
  }

  /** The document whose comments are looked at. @throws Problem when the campaign has none */
  private async document(id: string): Promise<string> {
    const { kind, official } = await this.campaign(id);
    if (kind !== 'regulatory_comment' || !official.document)
      throw new Problem(
        409,
        'no_document',
        'This campaign names no document of regulations.gov, so there are no comments to look at. Name one first.',
      );
    return official.document;
  }

  private async campaign(id: string): Promise<Campaign> {
    const campaign = await new Campaigns(this.db.manager).byId(id);
    if (!campaign) throw unknown('campaign');
    return campaign;
  }

  private async answer(id: string): Promise<SweepAnswer> {
    const { isListed, retryAt, startedAt, endedAt, ...progress } = await new Sweeps(
      this.db.manager,
      this.keys,
    ).of(id);
    const { sweptAnHour: perHour } = this.regulations;
    const { state, received, listed, looked } = progress;
    const left = Math.max(listed, isListed ? 0 : (received ?? 0)) - looked;
    return {
      ...progress,
      perHour,
      secondsLeft: state === 'running' ? Math.ceil((left / perHour) * 3_600) : null,
      retryAt: retryAt?.toISOString() ?? null,
      startedAt: startedAt?.toISOString() ?? null,
      endedAt: endedAt?.toISOString() ?? null,
    };
  }
}
