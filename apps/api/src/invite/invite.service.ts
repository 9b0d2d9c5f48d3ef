import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { roomForOptIn, takesSignups } from '#domain';
import {
  Audit,
  type Campaign,
  CampaignClock,
  Campaigns,
  type Coalition,
  Consents,
  type Invited,
  Keyring,
  NextSteps,
  OptInMails,
  type Proof,
  Signups,
  type StaffKey,
  type Typed,
} from '#postgres';
import { Wake } from '#queues';
import { PersonalPlans } from '#schedule';
import { actorOf } from '../access/access.js';
import { Problem, unknown } from '../problems/problem.js';

const minutes = (n: number) => n * 60_000;
const days = (n: number) => minutes(n * 24 * 60);

/** Links end 30 days after close; until then there is time to get the mail and press its button. */
export const takesLateComers = ({ status, closedAt }: Campaign, now: Date) =>
  status === 'ended' ||
  (status === 'closed' && closedAt !== null && now.getTime() - closedAt.getTime() < days(27));

/** From "it's over" to the next campaign: who asks to be told is invited once, and joins by a button alone (RULES §6). */
@Injectable()
export class InviteService {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly plans: PersonalPlans,
    private readonly wake: Wake,
  ) {}

  /** An address typed on the page of a campaign that is over: its owner gets one mail with a button, as far as there is room. */
  async ask(campaign: Campaign, coalition: Coalition, typed: Typed): Promise<void> {
    await this.db.transaction(async (db) => {
      const earlier = await new OptInMails(db, this.keys).hold(typed.email!.lookup);
      const now = await new CampaignClock(db).now();
      // Not one of the three of a campaign: whoever never answered those may still want to hear of the next step.
      const { welcomeAt, most } = roomForOptIn({ now, campaignId: '', earlier });
      if (most === 0) return;
      const signup = await new Signups(db, this.keys).comeLate(campaign.id, coalition.id, typed);
      const expiresAt = new Date(welcomeAt.getTime() + days(3));
      await new NextSteps(db, this.keys).ask(signup, welcomeAt, expiresAt);
    });
    this.wake.deliver({ campaignId: campaign.id, channel: 'email' });
  }

  /** The owner's button: they are told of the next step, once. It lifts an unsubscribe, or nobody could tell them. */
  async agree(signupId: string, proof: Proof): Promise<boolean> {
    return this.db.transaction(async (db) => {
      const signup = await new Signups(db, this.keys).hold(signupId);
      if (signup.emailKey) await new Consents(db, this.keys).lift(signup.emailKey, 'email');
      return new NextSteps(db, this.keys).agree(signup, proof);
    });
  }

  /** The button of an invitation: counted, reminded by email, and planned for as any late comer. Again changes nothing. */
  async join(signupId: string, proof: Proof): Promise<void> {
    const { campaignId } = await this.db.transaction(async (db) => {
      const signups = new Signups(db, this.keys);
      const signup = await signups.hold(signupId);
      const campaign = (await new Campaigns(db).byId(signup.campaignId))!;
      if (!signup.emailKey || !takesSignups(campaign.status)) return signup;
      await signups.join(signup);
      await new Consents(db, this.keys).lift(signup.emailKey, 'email');
      await new Consents(db, this.keys).grant(signup, 'email', proof);
      await this.plans.lastCalls(db, campaign, (await signups.byId(signup.id))!);
      return signup;
    });
    this.wake.deliver({ campaignId, channel: 'email' });
  }

  /** Everybody in these campaigns who asked to be told gets one email. Again invites only who asked since. */
  async invite(campaignId: string, from: string[], staff: StaffKey): Promise<Invited> {
    const campaigns = new Campaigns(this.db.manager);
    const campaign = await campaigns.byId(campaignId);
    if (!campaign) throw unknown('campaign');
    const known = await campaigns.list();
    const strange = from.filter((id) => !known.some((one) => one.id === id));
    if (strange.length > 0) {
      throw new Problem(
        422,
        'campaign_unknown',
        'Not every campaign in fromCampaignIds is known.',
        strange.map((id) => ({ path: `fromCampaignIds.${from.indexOf(id)}`, message: 'is no campaign' })),
      );
    }
    const now = await new CampaignClock(this.db.manager).now();
    const expiresAt = expiryOf(campaign, now);
    const sum: Invited = { invited: 0, already: 0, suppressed: 0 };
    for (let after: string | undefined; ;) {
      const step = await this.db.transaction(async (db) => {
        const step = await new NextSteps(db, this.keys).invite(campaignId, from, expiresAt, after);
        if (step?.invited)
          await new Audit(db).write(actorOf(staff), 'people.invited', campaignId, {
            invited: step.invited,
            fromCampaignIds: from,
          });
        return step;
      });
      if (!step) break;
      after = step.last;
      for (const figure of ['invited', 'already', 'suppressed'] as const) sum[figure] += step[figure];
      this.wake.deliver({ campaignId, channel: 'email' });
    }
    return sum;
  }
}

/** A week, and never in the last hour: what comes then is of no use. */
function expiryOf({ status, deadlineAt }: Campaign, now: Date): Date {
  if (status !== 'running' && status !== 'awaiting') {
    throw new Problem(
      409,
      `campaign_${status}`,
      `People are invited to a campaign that is launched; this one is ${status}.`,
    );
  }
  const last = deadlineAt ? deadlineAt.getTime() - minutes(30) : Infinity;
  if (last - now.getTime() < minutes(30)) {
    throw new Problem(
      409,
      'deadline_near',
      'The deadline is less than an hour away: nobody would read it in time.',
    );
  }
  return new Date(Math.min(now.getTime() + days(7), last));
}
