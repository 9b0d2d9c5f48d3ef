import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { parsePhone, parseZip, sayZone } from '#domain';
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
    const problems = [
      ...(!email && !phone ? [{ name: 'email', text: w.nowhere }] : []),
      ...(email && !z.email().safeParse(email).success ? [{ name: 'email', text: w.badEmail }] : []),
      ...(phone && 'problem' in parsePhone(phone) ? [{ name: 'phone', text: w.badPhone }] : []),
    ];
    if (problems.length > 0) return this.page(request, reply, id, person, { problems });
    const sample = sampleOf(person, await this.campaign(id), await this.now());
    try {
      const to = { email: email || undefined, phone: phone || undefined };
      const sent = await this.rehearsals.send(id, sample, to, staff);
      return await this.page(request, reply, id, person, { sent });
    } catch (error) {
      const text = error instanceof Problem && w.refused[error.code];
      if (!text) throw error;
      return this.page(request, reply, id, person, {
        problems: [{ name: fieldOf[error.code] ?? 'email', text }],
      });
    }
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    typed: Person,
    { problems = [], sent = null }: { problems?: RehearsalPageProps['problems']; sent?: number | null } = {},
  ) {
    const campaign = await this.campaign(id);
    const frame = frameOf(request);
    const w = frame.words.rehearsal;
    const zipWrong = typed.zip !== '' && 'problem' in parseZip(typed.zip);
    const person = { ...typed, language: typed.language ?? frame.language };
    const sample = sampleOf({ ...person, zip: zipWrong ? '' : person.zip }, campaign, await this.now());
    const rehearsal = await this.rehearsals.rehearse(id, sample);
    const names = new Map(
      (await new Campaigns(this.db.manager).ladderOf(id)).map((rung) => [rung.id, rung.name]),
    );
    const wrong = [...problems, ...(zipWrong ? [{ name: 'zip', text: w.badZip }] : [])];
    const message = (item: RehearsalAnswer['items'][number]) => ({
      ...item,
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
        problems: wrong,
        sent,
      }),
      wrong.length > 0 ? 422 : 200,
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

/** Which field of the page a refusal is about. */
const fieldOf: Record<string, string> = { nothing_to_rehearse: 'joined', phone_stopped: 'phone' };

function sampleOf(
  { zip, zone, language, channels, joined }: Person,
  campaign: Campaign,
  now: Date,
): SamplePerson {
  return {
    ...(zip && { zip }),
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
