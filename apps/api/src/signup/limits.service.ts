import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { blockOf, neighboursOf, networkOf } from '#domain';
import { Keyring, type Limit, Limits, type SignupView, type Taken } from '#postgres';
import { API_SETTINGS, type ApiSettings } from '../settings.js';

const hour = 3_600;
const day = 24 * hour;
const questionsPerPhone = 3;

/** What a signup form could be abused for: filling the list, writing to strangers, spending money on texts. */
@Injectable()
export class SignupLimits {
  private readonly log = new Logger('Limits');

  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  /** One more signup on a page, from here. */
  async signUpFrom(ip: string): Promise<Taken> {
    const of = networkOf(ip);
    const { SIGNUPS_PER_IP_10_MINUTES, SIGNUPS_PER_IP_A_DAY } = this.settings;
    const taken = await new Limits(this.db.manager, this.keys).take([
      { name: 'signups', of, most: SIGNUPS_PER_IP_10_MINUTES, seconds: 600 },
      { name: 'signups', of, most: SIGNUPS_PER_IP_A_DAY, seconds: day },
    ]);
    if (taken.full) this.note('network');
    return taken;
  }

  /**
   * Whether a phone may be asked for its YES. Nobody is told that it isn't: the page looks the same.
   * @param byStaff a key signed somebody up: only what protects the phone and the purse counts
   */
  async mayAsk(
    db: EntityManager,
    { coalitionId, campaignId }: SignupView,
    phone: string,
    byStaff: boolean,
  ): Promise<boolean> {
    const limits = new Limits(db, this.keys);
    if (!byStaff && (await this.isRun(limits, phone))) {
      this.note('neighbours', campaignId);
      return false;
    }
    const {
      SMS_QUESTIONS_A_DAY,
      SMS_QUESTIONS_A_DAY_PER_COALITION: perCoalition,
      SMS_QUESTIONS_A_DAY_PER_PREFIX: perPrefix,
    } = this.settings;
    const aDay = (name: string, of: string, most: number): Limit => ({ name, of, most, seconds: day });
    const { full } = await limits.take([
      aDay('phone', phone, questionsPerPhone),
      ...(byStaff ? [] : [aDay('prefix', blockOf(phone), perPrefix)]),
      aDay('coalition', coalitionId, perCoalition),
      aDay('questions', 'all', SMS_QUESTIONS_A_DAY),
    ]);
    if (full) this.note(full, campaignId);
    return full === null;
  }

  /** Counts, and says nothing of whom it met. */
  note(limit: string, campaignId?: string): void {
    this.log.warn({
      msg: 'A limit is full: nothing was sent, and nobody was told. docs/operating.md says which setting it is',
      limit,
      campaignId,
    });
  }

  /** Numbers beside each other within an hour are somebody counting upwards; those that were refused count as well. */
  private async isRun(limits: Limits, phone: string): Promise<boolean> {
    const typed = (of: string): Limit => ({ name: 'typed', of, most: 1_000_000, seconds: hour });
    const near = await limits.inUse(neighboursOf(phone).map(typed), blockOf(phone));
    await limits.take([typed(phone)]);
    return near >= this.settings.SMS_QUESTIONS_AN_HOUR_TO_NEIGHBOURS;
  }
}
