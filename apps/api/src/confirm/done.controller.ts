import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { z } from 'zod';
import { hasEnded, missReasons, parseTrackingNumber, publicResult, sayMoment, takesSignups } from '#domain';
import { currentWordings, sayWording } from '#messages';
import { Access } from '../access/access.js';
import { maskedWho, signupHref, type Visit, VisitsService } from '../access/visits.service.js';
import { laterChoices, LaterService } from '../consent/later.service.js';
import { proofOf } from '../consent/proof.js';
import { TallyService } from '../count/tally.service.js';
import { sendPage, Token } from '../layout/send.js';
import { headOf } from '../layout/view.js';
import { ShareService } from '../share/share.service.js';
import { ConfirmService } from './confirm.service.js';
import { DonePage, type DonePageProps, type DoneState } from './done.page.js';
import type { Result } from './missed.js';

const Done = z.object({ outcome: z.enum(['filed', 'answered', 'pledged', 'not_sampled']) });
const Chosen = z.object({ later: z.enum(laterChoices) });
const Missed = z.union([
  z.object({ missed: z.literal('no'), because: z.enum(missReasons.no).nullable().default(null) }),
  z.object({ missed: z.literal('tried'), because: z.enum(missReasons.tried).nullable().default(null) }),
]);
const Details = z.object({
  trackingNumber: z.string().max(200).default(''),
  tellResult: z
    .string()
    .max(20)
    .optional()
    .transform((value) => value !== undefined),
});

/** "I did it": GET shows the buttons, POST records. */
@ApiExcludeController()
@Access('link')
@Controller('done/:token')
export class DoneController {
  constructor(
    private readonly visits: VisitsService,
    private readonly confirm: ConfirmService,
    private readonly later: LaterService,
    private readonly tallies: TallyService,
    private readonly share: ShareService,
  ) {}

  @Get()
  async ask(
    @Param('token', { schema: Token }) token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const visit = await this.visits.of(token, 'done');
    return this.show(request, reply, token, visit, stateOf(visit));
  }

  @Post()
  async record(
    @Param('token', { schema: Token }) token: string,
    @Body({ schema: Done }) { outcome }: z.infer<typeof Done>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const visit = await this.visits.of(token, 'done');
    const news = await this.confirm.record(visit.campaign, visit.signup.id, outcome, 'page');
    const after = await this.visits.again(visit);
    return this.show(request, reply, token, after, recorded(after, { already: !news }));
  }

  @Post('details')
  async details(
    @Param('token', { schema: Token }) token: string,
    @Body({ schema: Details }) { trackingNumber, tellResult }: z.infer<typeof Details>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const visit = await this.visits.of(token, 'done');
    if (!visit.signup.outcome) return this.show(request, reply, token, visit, { is: 'ask' });
    const typed = trackingNumber.trim();
    const refused = (trackingError: 'malformed' | 'taken', status: number) => {
      const state = recorded(visit, { already: true, trackingError, typedTrackingNumber: typed });
      return this.show(request, reply, token, visit, state, status);
    };
    if (typed && !parseTrackingNumber(typed)) return refused('malformed', 422);
    if (typed && !(await this.confirm.addTrackingNumber(visit.signup.id, typed)))
      return refused('taken', 409);
    await this.confirm.giveCode(visit.signup);
    if (tellsResult(visit))
      await this.confirm.askForUpdates(visit.signup, tellResult, {
        ...proofOf(request, 'page'),
        wording: currentWordings.updates,
      });
    const after = await this.visits.again(visit);
    return this.show(request, reply, token, after, recorded(after, { already: true, detailsSaved: true }));
  }

  @Post('undo')
  async undo(
    @Param('token', { schema: Token }) token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const visit = await this.visits.of(token, 'done');
    await this.confirm.takeBack(visit.signup.id);
    return this.show(request, reply, token, await this.visits.again(visit), { is: 'taken_back' });
  }

  /** "It did not happen", said after the deadline, and why. */
  @Post('missed')
  async missed(
    @Param('token', { schema: Token }) token: string,
    @Body({ schema: Missed }) { missed, because }: z.infer<typeof Missed>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const visit = await this.visits.of(token, 'done');
    if (!hasEnded(visit.campaign.status)) return this.show(request, reply, token, visit, stateOf(visit), 409);
    await this.confirm.miss(visit.signup.id, missed, because);
    const after = await this.visits.again(visit);
    return this.show(request, reply, token, after, stateOf(after));
  }

  @Post('later')
  async remindLater(
    @Param('token', { schema: Token }) token: string,
    @Body({ schema: Chosen }) { later }: z.infer<typeof Chosen>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const visit = await this.visits.of(token, 'done');
    const refused = await this.later.choose(visit, later);
    if (refused) {
      const after = await this.visits.again(visit);
      return this.show(request, reply, token, after, stateOf(after), 409, refused);
    }
    return reply.redirect(`/done/${token}#later`, 303);
  }

  private async show(
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
    visit: Visit,
    state: DoneState,
    status = 200,
    laterRefused: DonePageProps['laterRefused'] = null,
  ) {
    const { signup, coalition } = visit;
    const head = headOf(request, visit, signup);
    const { language } = head.frame;
    return sendPage(
      reply,
      createElement(DonePage, {
        ...head,
        maskedName: maskedWho(signup),
        signupHref: signupHref(visit),
        guideHref: this.visits.link('guide', 'guide', visit),
        state:
          state.is === 'recorded'
            ? { ...state, when: sayMoment(signup.doneAt!, signup.zone, language) }
            : state,
        over: hasEnded(visit.campaign.status),
        result: await this.resultOf(visit),
        tellResultWording: tellsResult(visit)
          ? {
              text: sayWording(currentWordings.updates, language, {
                campaign: head.campaignTitle,
                coalition: coalition.name,
                shortName: coalition.shortName,
              }),
              key: currentWordings.updates,
            }
          : null,
        passOn: passesOn(visit) ? await this.share.passOn(visit, language) : null,
        later: await this.later.view(visit, language, `/done/${token}/later`),
        laterRefused,
        actions: {
          record: `/done/${token}`,
          details: `/done/${token}/details`,
          undo: `/done/${token}/undo`,
          missed: `/done/${token}/missed`,
        },
      }),
      status,
    );
  }

  private async resultOf({ campaign, coalition }: Visit): Promise<Result | null> {
    if (!hasEnded(campaign.status)) return null;
    return publicResult(await this.tallies.of(campaign.id), coalition.id);
  }
}

function stateOf(visit: Visit): DoneState {
  const { outcome, missed, missedBecause } = visit.signup;
  if (outcome) return recorded(visit, { already: true });
  return missed && hasEnded(visit.campaign.status)
    ? { is: 'missed', missed, because: missedBecause }
    : { is: 'ask' };
}
/** A campaign that is closed sends nothing any more. */
const tellsResult = ({ campaign }: Visit) => campaign.status !== 'closed';

/** Whoever did it, or will, while others can still join. */
const passesOn = ({ signup, campaign }: Visit) =>
  signup.outcome !== null && signup.outcome !== 'not_sampled' && takesSignups(campaign.status);

function recorded(
  { signup }: Visit,
  more: {
    already: boolean;
    trackingError?: 'malformed' | 'taken';
    typedTrackingNumber?: string;
    detailsSaved?: boolean;
  },
): DoneState {
  return {
    is: 'recorded',
    outcome: signup.outcome!,
    when: null,
    evidence: signup.evidence,
    tellResult: signup.updates,
    typedTrackingNumber: '',
    trackingError: null,
    detailsSaved: false,
    ...more,
  };
}
