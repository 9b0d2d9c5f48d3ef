import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  type Channel,
  docketZone,
  kindOf,
  parsePhone,
  placeOf,
  sayMoment,
  smsWindowOf,
  type Touch,
} from '#domain';
import { costOf, type FilledSms, type Letter, Letters } from '#messages';
import {
  Audit,
  type Campaign,
  CampaignClock,
  Campaigns,
  type Coalition,
  Consents,
  Keyring,
  Limits,
  type LadderRung,
  Notices,
  Signups,
  type StaffKey,
} from '#postgres';
import { PersonalPlans } from '#schedule';
import { actorOf } from '../access/access.js';
import { Problem, unknown } from '../problems/problem.js';
import { API_SETTINGS, type ApiSettings } from '../settings.js';
import { PaceService } from './pace.service.js';
import type { Recipients, RehearsalAnswer, SamplePerson } from './rehearsal.schema.js';

type Item = RehearsalAnswer['items'][number];

/** Every message that a sample person gets, when and in which words: by the planner and the writer that real people's come from. */
@Injectable()
export class RehearsalService {
  private readonly letters = new Letters();

  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly plans: PersonalPlans,
    private readonly pace: PaceService,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  async rehearse(campaignId: string, sample: SamplePerson): Promise<RehearsalAnswer> {
    const campaigns = new Campaigns(this.db.manager);
    const campaign = await campaigns.byId(campaignId);
    if (!campaign) throw unknown('campaign');
    const coalitions = await campaigns.coalitionsOf(campaignId);
    const coalition = sample.coalitionId
      ? coalitions.find(({ id }) => id === sample.coalitionId)
      : (coalitions[0] ?? noCoalition);
    if (!coalition) throw unknown('coalition');
    const place = placeOf({
      zip: sample.zip ?? null,
      zone: sample.zone ?? null,
      coalitionZone: coalition.zone,
    });
    const phone = sample.phone ? parsePhone(sample.phone) : undefined;
    const smsWindow =
      sample.state ?? smsWindowOf({ place, phone: phone && 'phone' in phone ? phone.phone : null });
    const channels = sample.channels ?? ['email', 'sms'];
    const now = await new CampaignClock(this.db.manager).now();
    const since = sample.signedUpAt ?? campaign.launchedAt ?? now;
    const touches = await this.plans.plan(
      this.db.manager,
      campaign,
      { zone: place.zone, smsWindow },
      {
        ...(channels.includes('email') && { email: latest(since, sample.emailSince) }),
        ...(channels.includes('sms') && { sms: latest(since, sample.smsSince) }),
      },
    );
    const person = {
      name: sample.name ?? '',
      zone: place.zone,
      language: sample.language ?? ('en' as const),
    };
    return {
      zone: place.zone,
      smsWindow,
      language: person.language,
      items: touches.map((touch) => this.item(touch, campaign, coalition, person)),
      fits: (await this.pace.of(this.db.manager, campaign)).map((fit) => ({
        rungId: fit.rung.id,
        channel: fit.channel,
        people: fit.people,
        segments: fit.segments,
        seconds: fit.seconds,
        fits: fit.fits,
        at: fit.at.toISOString(),
        startsAt: fit.startsAt.toISOString(),
        endsAt: fit.endsAt && fit.endsAt.toISOString(),
        expiresAt: fit.expiresAt.toISOString(),
      })),
    };
  }

  /** Puts every message of the rehearsal into an organizer's own mailbox and phone, marked. @returns how many */
  async send(
    campaignId: string,
    sample: SamplePerson,
    { email, phone }: Recipients,
    staff: StaffKey,
  ): Promise<number> {
    const { items } = await this.rehearse(campaignId, sample);
    const reached = { email, sms: phone && numberOf(phone) };
    const coming = items.filter(({ at, channel }) => at !== null && reached[channel] !== undefined);
    if (coming.length === 0) {
      throw new Problem(
        409,
        'nothing_to_rehearse',
        'This person would get nothing. Choose another moment of signup, or move a rung.',
      );
    }
    await this.db.transaction(async (db) => {
      await this.checkRecipients(db, reached, staff);
      await new Notices(db, this.keys).add(
        coming.map(({ channel, subject, text, html, local }, index) => {
          const mark = `[Rehearsal ${index + 1}/${coming.length}]`;
          return channel === 'email'
            ? {
                kind: 'rehearsal',
                campaignId,
                channel,
                to: reached.email!,
                subject: `${mark} ${subject}`,
                text: `${mark} ${local}\n\n${text}`,
                html: html!,
              }
            : { kind: 'rehearsal', campaignId, channel, to: reached.sms!, text: `${mark} ${text}` };
        }),
      );
      await new Audit(db).write(actorOf(staff), 'rehearsal.sent', campaignId, { messages: coming.length });
    });
    return coming.length;
  }

  /** A rehearsal is a message like any other to whoever said stop; and nobody is flooded with them. */
  private async checkRecipients(
    db: EntityManager,
    { email, sms }: { email?: string | undefined; sms?: string | undefined },
    staff: StaffKey,
  ): Promise<void> {
    const keyOf = (contact: string) => new Signups(db, this.keys).contactKeyOf(contact);
    const against = async (contact: string, channel: Channel) =>
      new Consents(db, this.keys).reasonsAgainst(await keyOf(contact), channel);
    if (sms && (await against(sms, 'sms')).length > 0)
      throw new Problem(
        409,
        'phone_stopped',
        'This phone takes no texts from us: it said STOP, or it cannot be reached.',
      );
    const lookup = email?.trim().toLowerCase();
    if (lookup && (await against(lookup, 'email')).some((reason) => reason !== 'unsubscribed'))
      throw new Problem(
        409,
        'address_blocked',
        'This address takes no mail from us: it bounced, or complained.',
      );
    const taken = await new Limits(db, this.keys).take([
      { name: 'rehearsals', of: staff.id, most: 20, seconds: 3_600 },
      ...[lookup, sms].flatMap((of) => (of ? [{ name: 'rehearsals_to', of, most: 5, seconds: 86_400 }] : [])),
    ]);
    if (taken.full !== null)
      throw new Problem(
        429,
        'rehearsals_full',
        'That is enough rehearsals for now. Read those that came, and try again later.',
      );
  }

  private item(
    touch: Touch,
    campaign: Campaign,
    coalition: Pick<Coalition, keyof Letter['coalition']>,
    { name, zone, language }: { name: string; zone: string; language: 'en' | 'es' },
  ): Item {
    const { rung, channel, plannedAt, at } = touch;
    const { title, deed, doneLabel } = campaign.wordsIn(language);
    const { deadlineAt, round, contact } = campaign;
    const page = (name: string) => `${this.settings.PUBLIC_URL}/${name}/rehearsal`;
    const kind = rung === 'last_call' ? 'last_call' : ledgerKind[kindOf(rung)];
    const letter: Letter = {
      kind,
      key: `${rung === 'last_call' ? rung : rung.id}#${round}`,
      language,
      words: rung === 'last_call' ? undefined : (rung as LadderRung).messages,
      campaign: { title, deed, doneLabel, deadlineAt, round, contact },
      coalition,
      person: { name, zone },
      now: at ?? plannedAt,
      links: {
        guide: page('guide'),
        done: page('done'),
        stop: page('stop'),
        me: page('me'),
        yes: page('yes'),
        refer: page('c'),
      },
    };
    const words =
      channel === 'email'
        ? { ...this.letters.email(letter), segments: null, costCents: null }
        : { subject: null, html: null, ...this.textOf(this.letters.text(letter)) };
    return {
      rungId: rung === 'last_call' ? rung : rung.id,
      channel,
      plannedAt: plannedAt.toISOString(),
      at: at?.toISOString() ?? null,
      skipped: touch.at === null ? touch.skipped : null,
      local: at && sayMoment(at, zone, language),
      eastern: at && sayMoment(at, docketZone, language),
      ...words,
    };
  }

  private textOf({ body, segments }: FilledSms) {
    return { text: body, segments, costCents: costOf({ segments }, this.settings.SMS_CENTS_PER_SEGMENT) };
  }
}

const ledgerKind = { reminder: 'rung', alert: 'alert', follow_up: 'follow_up' } as const;
const latest = (one: Date, other: Date | undefined) => (other && other > one ? other : one);
const numberOf = (typed: string) => {
  const read = parsePhone(typed);
  return 'phone' in read ? read.phone : undefined;
};

/** For a draft that nobody recruits for yet. */
/** Before anybody recruits. */
export const noCoalition = {
  id: '',
  slug: 'your-coalition',
  name: 'Your coalition',
  shortName: 'Your coalition',
  replyTo: 'you@example.org',
  postalAddress: 'Your postal address',
  colour: '#1f5f8b',
  logo: null,
  zone: docketZone,
};
