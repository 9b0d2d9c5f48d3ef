import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { isOpen, type Outcome, sayTime, sayZone, windowsFor } from '#domain';
import { Audit, CampaignClock, Confirmations, Keyring, Signups, type StaffKey, Texts } from '#postgres';
import { actorOf } from '../access/access.js';
import { ConfirmService } from '../confirm/confirm.service.js';
import { Problem, unknown } from '../problems/problem.js';
import { ShareService } from '../share/share.service.js';
import type { InboxAnswer, PeopleAnswer, PeopleQuery } from './figures.schema.js';
import { FiguresService } from './figures.service.js';

const pageSize = 50;

/**
 * Whoever ticked "the leaders of … may see my name; nobody else may" is shown to those leaders, and not to the leaders above
 * them, nor to organizers (0024).
 */
@Injectable()
export class PeopleService {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly figures: FiguresService,
    private readonly confirm: ConfirmService,
    private readonly share: ShareService,
  ) {}

  async list(
    campaignId: string,
    coalitionId: string,
    { state, cursor }: z.infer<typeof PeopleQuery>,
    staff: StaffKey,
  ): Promise<PeopleAnswer> {
    await this.figures.around(campaignId, coalitionId);
    if (!isYours(staff, coalitionId)) return { yours: false, items: [], nextCursor: null };
    const seen = await new Signups(this.db.manager, this.keys).seenIn(campaignId, coalitionId, {
      open: state === 'open',
      after: cursor,
      limit: pageSize + 1,
    });
    if (seen.length === 0) return { yours: true, items: [], nextCursor: null };
    await this.noteLook('people.read', campaignId, coalitionId, staff);
    const now = await new CampaignClock(this.db.manager).now();
    const wordsFor = await this.share.nudges(campaignId, coalitionId);
    const page = seen.slice(0, pageSize);
    return {
      yours: true,
      items: page.map((person) => {
        const { id, zone, smsWindow, doneAt, outcome } = person;
        const language = person.language === 'es' ? 'es' : 'en';
        const name = person.name!;
        return {
          id,
          name,
          stage: stageOf(person),
          signedUpAt: person.signedUpAt.toISOString(),
          doneAt: doneAt?.toISOString() ?? null,
          outcome,
          mine: person.recordedBy === staff.id,
          language,
          localTime: `${sayTime(now, zone, language)} ${sayZone(zone, language)}`,
          decentHour: isOpen(now, windowsFor({ zone, smsWindow }).question),
          words: wordsFor(name, language),
        };
      }),
      nextCursor: seen.length > pageSize ? page.at(-1)!.id : null,
    };
  }

  async told(
    campaignId: string,
    coalitionId: string,
    signupId: string,
    outcome: Outcome,
    staff: StaffKey,
  ): Promise<{ outcome: Outcome | null; news: boolean }> {
    const campaign = await this.figures.around(campaignId, coalitionId);
    return this.db.transaction(async (db) => {
      await this.refuseUnseen(db, campaignId, coalitionId, signupId, staff);
      const news = await this.confirm.recordIn(db, campaign, signupId, outcome, 'leader', staff.id);
      if (news) await new Audit(db).write(actorOf(staff), 'confirmation.recorded', campaignId, { signupId });
      return { outcome: (await new Signups(db, this.keys).byId(signupId))!.outcome, news };
    });
  }

  async takeBack(
    campaignId: string,
    coalitionId: string,
    signupId: string,
    staff: StaffKey,
  ): Promise<{ outcome: Outcome | null; news: boolean }> {
    await this.figures.around(campaignId, coalitionId);
    return this.db.transaction(async (db) => {
      await this.refuseUnseen(db, campaignId, coalitionId, signupId, staff);
      const { outcome } = await new Signups(db, this.keys).hold(signupId);
      if (outcome === null) return { outcome, news: false };
      if ((await new Confirmations(db, this.keys).recordedBy(signupId)) !== staff.id) {
        throw new Problem(
          409,
          'not_yours',
          'Somebody else recorded this, or the person themselves. They can take it back from their own page.',
        );
      }
      await this.confirm.takeBackIn(db, signupId);
      await new Audit(db).write(actorOf(staff), 'confirmation.taken_back', campaignId, { signupId });
      return { outcome: null, news: true };
    });
  }

  async texts(campaignId: string, coalitionId: string, staff: StaffKey): Promise<InboxAnswer> {
    await this.figures.around(campaignId, coalitionId);
    if (!isYours(staff, coalitionId)) return { yours: false, items: [], nextCursor: null };
    const texts = await new Texts(this.db.manager, this.keys).seenBy(campaignId, coalitionId);
    if (texts.length > 0) await this.noteLook('texts.read', campaignId, coalitionId, staff);
    return {
      yours: true,
      items: texts.map(({ id, at, name, body, crisis, media, answered }) => ({
        id,
        at: at.toISOString(),
        name,
        body,
        crisis,
        media,
        answered,
      })),
      nextCursor: null,
    };
  }

  /** Who looked is written down once an hour: the page loads itself again by itself. */
  private noteLook(action: string, campaignId: string, coalitionId: string, staff: StaffKey): Promise<void> {
    return new Audit(this.db.manager).writeHourly(actorOf(staff), action, campaignId, { coalitionId });
  }

  /** Who did not agree to be seen is not there, for whoever asks. */
  private async refuseUnseen(
    db: EntityManager,
    campaignId: string,
    coalitionId: string,
    signupId: string,
    staff: StaffKey,
  ): Promise<void> {
    const seen =
      isYours(staff, coalitionId) &&
      (await new Signups(db, this.keys).isSeenIn(signupId, campaignId, coalitionId));
    if (!seen) throw unknown('signup');
  }
}

const isYours = ({ role, coalitionId: own }: StaffKey, coalitionId: string) =>
  role === 'leader' && own === coalitionId;

function stageOf(person: {
  doneAt: Date | null;
  wentAt: Date | null;
  emailSince: Date | null;
  smsSince: Date | null;
}) {
  if (person.doneAt) return 'done';
  if (person.wentAt) return 'went';
  return person.emailSince || person.smsSince ? 'optedIn' : 'signups';
}
