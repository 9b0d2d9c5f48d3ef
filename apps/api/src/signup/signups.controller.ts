import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { currentWordings } from '#messages';
import { Audit, Campaigns, Idempotency, Keyring, Signups, type StaffKey } from '#postgres';
import { Access, actorOf, CurrentStaff } from '../access/access.js';
import { ConfirmService } from '../confirm/confirm.service.js';
import { Problem, unknown } from '../problems/problem.js';
import { Id } from '../schedule/campaign.schema.js';
import { readSignup } from './read-signup.js';
import { IdempotencyKey } from './idempotency-key.js';
import { SignupService } from './signup.service.js';

const SignupForm = z
  .strictObject({
    coalitionId: z.uuid(),
    email: z.string().max(320).optional(),
    phone: z.string().max(40).optional(),
    name: z.string().max(200).optional(),
    zip: z.string().max(10).optional(),
    zone: z.string().max(60).optional(),
    language: z.enum(['en', 'es']).default('en'),
    channels: z
      .array(z.enum(['email', 'sms']))
      .min(1)
      .max(2),
  })
  .meta({ id: 'SignupForm' });
const ConfirmationForm = z
  .strictObject({
    outcome: z.enum(['filed', 'answered', 'pledged', 'not_sampled']),
    trackingNumber: z.string().max(60).optional(),
  })
  .meta({ id: 'ConfirmationForm' });

@ApiTags('signups')
@ApiBearerAuth()
@Access('organizer')
@Controller('api/v1')
export class SignupsController {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly signups: SignupService,
    private readonly confirm: ConfirmService,
  ) {}

  /** The person still opts in by the button or by YES: a key can sign somebody up, never agree for them. */
  @Post('campaigns/:id/signups')
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  async create(
    @Param('id', { schema: Id }) campaignId: string,
    @Body({ schema: SignupForm }) form: z.infer<typeof SignupForm>,
    @CurrentStaff() staff: StaffKey,
    @IdempotencyKey() idempotencyKey?: string,
  ) {
    const answer = await new Idempotency(this.db.manager, this.keys).once(
      staff.id,
      idempotencyKey,
      { campaignId, ...form },
      (db) => this.accept(db, campaignId, form),
    );
    this.signups.wakeFor(campaignId, form.channels);
    return answer;
  }

  @Get('signups/:id')
  read(@Param('id', { schema: Id }) id: string) {
    return this.answer(id);
  }

  @Post('signups/:id/confirmations')
  @HttpCode(200)
  async confirmed(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ConfirmationForm }) { outcome, trackingNumber }: z.infer<typeof ConfirmationForm>,
    @CurrentStaff() staff: StaffKey,
  ) {
    const signup = await new Signups(this.db.manager, this.keys).byId(id);
    if (!signup) throw unknown('signup');
    const campaign = (await new Campaigns(this.db.manager).byId(signup.campaignId))!;
    await this.db.transaction(async (db) => {
      const news = await this.confirm.recordIn(db, campaign, id, outcome, 'api', staff.id);
      if (news)
        await new Audit(db).write(actorOf(staff), 'confirmation.recorded', campaign.id, { signupId: id });
    });
    if (trackingNumber && !(await this.confirm.addTrackingNumber(id, trackingNumber)))
      throw new Problem(
        409,
        'tracking_number_taken',
        'Somebody else has given this tracking number; each comment has its own. The confirmation is recorded without it.',
        [{ path: 'trackingNumber', message: 'was given by somebody else' }],
      );
    return this.answer(id);
  }

  private async accept(db: EntityManager, campaignId: string, form: z.infer<typeof SignupForm>) {
    const campaigns = new Campaigns(db);
    const campaign = await campaigns.byId(campaignId);
    if (!campaign) throw unknown('campaign');
    const coalition = (await campaigns.coalitionsOf(campaignId)).find(({ id }) => id === form.coalitionId);
    if (!coalition) {
      throw new Problem(422, 'coalition_unknown', 'This coalition does not recruit for this campaign.', [
        { path: 'coalitionId', message: 'is none of the campaign’s coalitionIds' },
      ]);
    }
    const wantsTexts = form.channels.includes('sms');
    const read = readSignup(
      {
        ...form,
        email: form.channels.includes('email') ? form.email : undefined,
        wantsTexts,
        nextStep: false,
        visible: false,
      },
      coalition.zone,
    );
    if ('errors' in read) {
      throw new Problem(
        422,
        'signup',
        'The signup cannot be taken like this.',
        read.errors.map((error) => ({ path: error.split('_')[0]!, message: error })),
      );
    }
    const { id } = await this.signups.acceptIn(db, campaign, coalition, read.typed, {
      source: 'api',
      wordings: {
        texts: currentWordings.smsBox,
        nextStep: currentWordings.nextStep,
        visible: currentWordings.visible,
      },
    });
    return this.answer(id, db);
  }

  /** What a key may see of a signup: nothing that says who it is. */
  private async answer(id: string, db: EntityManager = this.db.manager) {
    const signup = await new Signups(db, this.keys).byId(id);
    if (!signup) throw unknown('signup');
    const {
      campaignId,
      coalitionId,
      signedUpAt,
      emailSince,
      smsSince,
      outcome,
      evidence,
      doneAt,
      language,
      zone,
      state,
    } = signup;
    return {
      id,
      campaignId,
      coalitionId,
      signedUpAt,
      emailSince,
      smsSince,
      outcome,
      evidence,
      doneAt,
      language,
      zone,
      state,
    };
  }
}
