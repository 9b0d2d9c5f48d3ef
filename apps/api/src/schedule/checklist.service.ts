import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { documentIn, FederalRegister, noticesIn, RegulationsGov, SourceTrouble } from '#dockets';
import { checkAlerts, easternDate, isOver, kindOf, registerWord, type RungFit, transition } from '#domain';
import { costOf, segmentsOf } from '#messages';
import { type Campaign, CampaignClock, Campaigns, type LadderRung, Waves } from '#postgres';
import { unknown } from '../problems/problem.js';
import { API_SETTINGS, type ApiSettings } from '../settings.js';
import type { ChecklistAnswer } from './checklist.schema.js';
import { PaceService } from './pace.service.js';
import { checkWords } from './words.js';

type Item = ChecklistAnswer['items'][number];

/** What a launch wants: what is missing, what would be wise, whom it reaches and what it costs. */
@Injectable()
export class ChecklistService {
  constructor(
    private readonly db: DataSource,
    private readonly pace: PaceService,
    private readonly regulations: RegulationsGov,
    private readonly register: FederalRegister,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  async of(id: string): Promise<ChecklistAnswer> {
    const db = this.db.manager;
    const campaign = await new Campaigns(db).byId(id);
    if (!campaign) throw unknown('campaign');
    const now = await new CampaignClock(db).now();
    const missing = await this.missing(db, campaign, now);
    const shortNames = (await new Campaigns(db).coalitionsOf(id)).map(({ shortName }) => shortName);
    const texts = (await new Campaigns(db).ladderOf(id)).flatMap((rung) => {
      if (!rung.channels.includes('sms')) return [];
      const kind = kindOf(rung) === 'alert' ? 'alert' : 'rung';
      return [
        { rungId: rung.id, segments: segmentsOf({ kind, words: rung.messages }, campaign, shortNames) },
      ];
    });
    const audience = await new Waves(db).audience(id);
    const segments = texts.reduce((sum, text) => sum + text.segments, 0);
    const centsEach = costOf({ segments }, this.settings.SMS_CENTS_PER_SEGMENT);
    return {
      ready: campaign.status === 'draft' && missing.length === 0,
      items: [...missing, ...(await this.unwise(db, campaign))],
      audience,
      texts: {
        rungs: texts,
        segmentsEach: segments,
        centsPerSegment: this.settings.SMS_CENTS_PER_SEGMENT,
        centsEach,
        cents: Math.round(centsEach * audience.sms * 100) / 100,
      },
      fits: (await this.pace.of(db, campaign)).map(({ rung, at, startsAt, endsAt, expiresAt, ...fit }) => ({
        rungId: rung.id,
        channel: fit.channel,
        people: fit.people,
        segments: fit.segments,
        seconds: fit.seconds,
        fits: fit.fits,
        at: at.toISOString(),
        startsAt: startsAt.toISOString(),
        endsAt: endsAt?.toISOString() ?? null,
        expiresAt: expiresAt.toISOString(),
      })),
    };
  }

  /** What a launch is refused for. */
  async missing(db: EntityManager, campaign: Campaign, now: Date): Promise<Item[]> {
    const missing: Item[] = [];
    const say = (
      code: Item['code'],
      step: Item['step'],
      path: string,
      message: string,
      about: string | null = null,
    ) => missing.push({ code, step, path, message, about, blocks: true });
    const allowed = transition('draft', 'launch', { now, deadline: campaign.deadlineAt });
    if ('problem' in allowed) say('deadline_past', 'deadline', 'deadlineAt', allowed.problem.message);
    const gone = await this.documentGone(campaign, now);
    if (gone) say(gone, 'document', 'official.document', goneWords[gone]);
    const coalitions = await new Campaigns(db).coalitionsOf(campaign.id);
    if (coalitions.length === 0)
      say('no_coalition', 'coalitions', 'coalitionIds', 'Add at least one coalition that recruits.');
    for (const { slug, name, replyTo, postalAddress } of coalitions) {
      if (!postalAddress)
        say(
          'no_postal_address',
          'coalitions',
          `coalitions.${slug}.postalAddress`,
          'Mail must carry a postal address.',
          name,
        );
      if (!replyTo)
        say(
          'no_reply_to',
          'coalitions',
          `coalitions.${slug}.replyTo`,
          'Give an address that replies go to.',
          name,
        );
    }
    const ladder = await new Campaigns(db).ladderOf(campaign.id);
    if (ladder.length === 0) say('no_rung', 'ladder', 'ladder', 'Add at least one rung.');
    for (const { path, message } of checkAlerts(ladder, now)) say('alert_past', 'ladder', path, message);
    for (const fit of await this.pace.of(db, campaign))
      if (!fit.fits)
        say('too_slow', 'ladder', `ladder.${fit.rung.id}.${fit.channel}`, tooSlow(fit), fit.rung.name);
    return missing;
  }

  /** Asks both sources before a launch; whoever does not answer in time is not waited for. */
  async ask({ official: { document, docket } }: Campaign, now: Date): Promise<void> {
    if (!document) return;
    try {
      const found = documentIn(await this.regulations.document(document, fresh), now);
      const of = found?.docketId ?? docket;
      if (of) await this.register.noticesOf(of, fresh);
    } catch (error) {
      if (!(error instanceof SourceTrouble)) throw error;
    }
  }

  /** By what was heard last: no campaign can be launched for a document that takes nothing more. */
  private async documentGone(
    { official }: Campaign,
    now: Date,
  ): Promise<'document_withdrawn' | 'document_closed' | null> {
    const documentId = official.document;
    const answer = documentId && (await this.regulations.lastOf(documentId));
    const document = answer && documentIn(answer, now);
    if (!documentId || !document) return null;
    const { withdrawn, docketId, notice } = document;
    if (withdrawn) return 'document_withdrawn';
    const notices = docketId && (await this.register.lastNoticesOf(docketId));
    const word = notices ? registerWord(noticesIn(notices), { documentId, docketId, notice }) : null;
    if (word?.withdrawn) return 'document_withdrawn';
    const closesOn = document.closesAt && easternDate(document.closesAt);
    const over = isOver({ closesOn, withdrawn }, word?.notice ?? null, easternDate(now));
    return over ? 'document_closed' : null;
  }

  /** What a launch goes ahead without. */
  private async unwise(db: EntityManager, campaign: Campaign): Promise<Item[]> {
    const campaigns = new Campaigns(db);
    const { problems, warnings } = checkWords(
      await campaigns.ladderOf(campaign.id),
      campaign,
      await campaigns.coalitionsOf(campaign.id),
      this.settings.PUBLIC_URL,
    );
    const unwise = (code: Item['code'], step: Item['step'], path: string, message: string): Item => ({
      ...{ code, step, path, message, about: null },
      blocks: false,
    });
    return [
      ...(campaign.deadlineAt
        ? []
        : [
            unwise(
              'no_deadline',
              'deadline',
              'deadlineAt',
              'Without a date the campaign waits: people sign up, nobody is reminded.',
            ),
          ]),
      ...(campaign.official.url
        ? []
        : [unwise('no_form', 'document', 'official.url', 'There is no official form to lead people to.')]),
      ...(campaign.contact
        ? []
        : [
            unwise(
              'no_contact',
              'goal',
              'contact',
              'Say whom people can ask for help: texts that nobody reads are answered with it.',
            ),
          ]),
      ...(campaign.notify.length > 0
        ? []
        : [unwise('nobody_told', 'goal', 'notify', 'Nobody is told at once when something cannot wait.')]),
      ...[...problems, ...warnings].map(({ path, ...fault }) => ({
        ...unwise('words', 'messages', path, fault.message),
        fault,
      })),
    ];
  }
}

/** Seconds that an answer may be old when a campaign is launched. */
const fresh = 600;
const goneWords = {
  document_withdrawn: 'The agency has withdrawn this document. Choose another one.',
  document_closed:
    'Comments on this document have closed. Choose its successor, or let the campaign wait for a date.',
};

/** The figures of a rung that cannot end in time, and what can be done about it. */
function tooSlow({
  rung,
  channel,
  people,
  segments,
  takesSeconds,
  roomSeconds,
}: RungFit & { rung: LadderRung }): string {
  const number = (n: number) => n.toLocaleString('en-US');
  const each = channel === 'sms' ? `, ${segments === 1 ? '1 segment' : `${segments} segments`} each` : '';
  const minutes = (seconds: number) => `${number(Math.ceil(seconds / 60))} min`;
  return (
    `"${rung.name}" by ${channel === 'sms' ? 'text' : 'email'} is for ${number(people)} people${each}: the wave with the least time takes ` +
    `${minutes(takesSeconds)}, and ${minutes(roomSeconds ?? 0)} are left for it in its window. ` +
    `Move it earlier, shorten it, or raise what your provider takes (${channel === 'sms' ? 'SMS_SEGMENTS_PER_SECOND' : 'EMAIL_PER_SECOND'}).`
  );
}
