import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { parsePhone, parseZip, sayMoment, sayZone, states } from '#domain';
import type { PageWords } from '#messages';
import { type Campaign, CampaignClock, Campaigns, type StaffKey } from '#postgres';
import { Access, CurrentStaff } from '../access/access.js';
import { sendPage } from '../layout/send.js';
import { frameOf } from '../layout/view.js';
import { Problem, unknown } from '../problems/problem.js';
import { Id } from '../schedule/campaign.schema.js';
import type { RehearsalAnswer, SamplePerson } from '../schedule/rehearsal.schema.js';
import { RehearsalService } from '../schedule/rehearsal.service.js';
import { type Joined, joinedChoices, RehearsalPage, type RehearsalPageProps } from './rehearsal.page.js';

const field = z.string().trim().max(200).catch('').default('');
const Person = z.object({
  zip: field,
  state: field,
  zone: field,
  language: z.enum(['en', 'es']).optional().catch(undefined),
  channels: z.enum(['both', 'email', 'sms']).catch('both').default('both'),
  joined: z.enum(joinedChoices).catch('launch').default('launch'),
});
const Sending = Person.extend({ email: field, phone: field });
type Person = z.infer<typeof Person>;

/** The page that shows a rehearsal, and sends it to whoever asks. */
@ApiExcludeController()
@Access('organizer')
@Controller('campaigns/:id/rehearsal')
export class RehearsalPagesController {
  constructor(
    private readonly db: DataSource,
    private readonly rehearsals: RehearsalService,
  ) {}

  @Get()
  show(
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: Person }) person: Person,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    return this.page(request, reply, id, person);
  }

  @Post()
  async send(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: Sending }) { email, phone, ...person }: z.infer<typeof Sending>,
    @CurrentStaff() staff: StaffKey,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const w = frameOf(request).words.rehearsal;
    const to = { email, phone };
    const problems = [
      ...problemsOf(person, w),
      ...(!email && !phone ? [{ name: 'email', text: w.nowhere }] : []),
      ...(email && !z.email().safeParse(email).success ? [{ name: 'email', text: w.badEmail }] : []),
      ...(phone && 'problem' in parsePhone(phone) ? [{ name: 'phone', text: w.badPhone }] : []),
    ];
    if (problems.length > 0) return this.page(request, reply, id, person, { problems, to });
    const sample = sampleOf(person, await this.campaign(id), await this.now());
    try {
      const recipients = { email: email || undefined, phone: phone || undefined };
      const sent = await this.rehearsals.send(id, sample, recipients, staff);
      return await this.page(request, reply, id, person, { sent });
    } catch (error) {
      const text = error instanceof Problem && w.refused[error.code];
      if (!text) throw error;
      return this.page(request, reply, id, person, {
        problems: [{ name: fieldOf[error.code] ?? 'email', text }],
        to,
      });
    }
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    typed: Person,
    {
      problems = problemsOf(typed, frameOf(request).words.rehearsal),
      to = { email: '', phone: '' },
      sent = null,
    }: Partial<Pick<RehearsalPageProps, 'problems' | 'to' | 'sent'>> = {},
  ) {
    const campaign = await this.campaign(id);
    const frame = frameOf(request);
    const w = frame.words.rehearsal;
    const person = { ...typed, language: typed.language ?? frame.language };
    const wrong = Object.fromEntries(problemsOf(typed, w).map(({ name }) => [name, '']));
    const sample = sampleOf({ ...person, ...wrong }, campaign, await this.now());
    const rehearsal = await this.rehearsals.rehearse(id, sample);
    const names = new Map(
      (await new Campaigns(this.db.manager).ladderOf(id)).map((rung) => [rung.id, rung.name]),
    );
    const say = (at: string) => sayMoment(new Date(at), rehearsal.zone, frame.language);
    const fitOf = ({ rungId, channel }: RehearsalAnswer['items'][number]) => {
      const fit = rehearsal.fits.find((fit) => fit.rungId === rungId && fit.channel === channel);
      if (!fit) return null;
      const { fits, at, startsAt, endsAt, expiresAt } = fit;
      const crowd = w.crowd(fit.people, fit.seconds);
      if (!fits || !endsAt) return { fits, words: w.tooSlow(crowd, say(expiresAt)) };
      const words =
        startsAt < at
          ? w.early(crowd, say(startsAt), say(expiresAt))
          : w.inTime(crowd, say(endsAt), say(expiresAt));
      return { fits, words };
    };
    const message = (item: RehearsalAnswer['items'][number]) => ({
      ...item,
      fit: fitOf(item),
      key: `${item.rungId} ${item.channel}`,
      name: names.get(item.rungId) ?? frame.words.rung.lastCall,
      at: item.at === null ? null : { iso: item.at, local: item.local!, eastern: item.eastern! },
      why: item.skipped && (w.why[item.skipped] ?? item.skipped),
    });
    return sendPage(
      reply,
      createElement(RehearsalPage, {
        frame,
        signOutAction: '/sign-out',
        campaignHref: `/campaigns/${id}`,
        campaignTitle: campaign.wordsIn(frame.language).title,
        action: `/campaigns/${id}/rehearsal`,
        messages: campaign.deadlineAt ? rehearsal.items.map(message) : null,
        person,
        zoneName: sayZone(rehearsal.zone, frame.language),
        to,
        problems,
        sent,
      }),
      problems.length > 0 ? 422 : 200,
    );
  }

  private async campaign(id: string): Promise<Campaign> {
    const campaign = await new Campaigns(this.db.manager).byId(id);
    if (!campaign) throw unknown('campaign');
    return campaign;
  }

  private now(): Promise<Date> {
    return new CampaignClock(this.db.manager).now();
  }
}

/** What no person can be like, by the name of its field. */
const problemsOf = ({ zip, state }: Person, w: PageWords['rehearsal']): RehearsalPageProps['problems'] => [
  ...(zip && 'problem' in parseZip(zip) ? [{ name: 'zip', text: w.badZip }] : []),
  ...(state && !states.includes(state) ? [{ name: 'state', text: w.badState(state) }] : []),
];

/** Which field of the page a refusal is about. */
const fieldOf: Record<string, string> = { nothing_to_rehearse: 'joined', phone_stopped: 'phone' };

function sampleOf(
  { zip, state, zone, language, channels, joined }: Person,
  campaign: Campaign,
  now: Date,
): SamplePerson {
  return {
    ...(zip && { zip }),
    ...(state && { state }),
    ...(zone && { zone }),
    ...(language && { language }),
    ...(channels !== 'both' && { channels: [channels] }),
    ...(joined !== 'launch' && { signedUpAt: joinedAt(joined, campaign, now) }),
  };
}

function joinedAt(joined: Exclude<Joined, 'launch'>, { deadlineAt }: Campaign, now: Date): Date {
  if (joined === 'now' || !deadlineAt) return now;
  return new Date(deadlineAt.getTime() - Number(joined) * 3_600_000);
}
