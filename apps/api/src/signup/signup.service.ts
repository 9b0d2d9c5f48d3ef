import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Channel, channels, planNudges, planQuestion, takesSignups } from '#domain';
import {
  type Campaign,
  CampaignClock,
  type Coalition,
  Consents,
  Keyring,
  newToken,
  type PersonalReminder,
  type Proof,
  Reminders,
  Signups,
  type SignupView,
  type Typed,
} from '#postgres';
import { Wake } from '#queues';
import { Problem } from '../problems/problem.js';
import { windowsOf } from '../schedule/personal-plans.js';

const minutes = (n: number) => n * 60_000;
const days = (n: number) => minutes(n * 24 * 60);

/** The most opt-in messages that one address gets in a year, over all campaigns (RULES §6). */
const optInMessagesAYear = 6;

/** Which words stood beside each box, and where; the rest of a consent's proof. */
export type SignupProof = Omit<Proof, 'wording'> & {
  wordings: { texts: string; nextStep: string; visible: string };
};

@Injectable()
export class SignupService {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly wake: Wake,
  ) {}

  /**
   * Somebody joins a campaign through a coalition: person, signup, proof of consent and the first messages in one
   * transaction. Doubled, it changes nothing.
   * @returns the signup's id, and the token of the page that comes next
   */
  async accept(
    campaign: Campaign,
    coalition: Coalition,
    typed: Typed,
    proof: SignupProof,
  ): Promise<{ id: string; arrival: string }> {
    const accepted = await this.db.transaction((db) => this.acceptIn(db, campaign, coalition, typed, proof));
    const asked = { email: typed.email !== undefined, sms: typed.wantsTexts };
    this.wakeFor(
      campaign.id,
      channels.filter((channel) => asked[channel]),
    );
    return accepted;
  }

  /** The same within a transaction that is open already; `wakeFor` follows its commit. */
  async acceptIn(
    db: EntityManager,
    campaign: Campaign,
    coalition: Coalition,
    typed: Typed,
    proof: SignupProof,
  ): Promise<{ id: string; arrival: string }> {
    if (!takesSignups(campaign.status)) {
      throw new Problem(409, `campaign_${campaign.status}`, 'This campaign takes no signups now.');
    }
    const arrival = newToken();
    const signups = new Signups(db, this.keys);
    const accepted = await signups.accept(campaign.id, coalition.id, typed);
    const signup = (await signups.byId(accepted.id))!;
    if (!accepted.known) await this.proveTicks(db, signup, typed, proof);
    await this.invite(db, campaign, signup, typed, accepted.known);
    await signups.openArrival(arrival, signup.id, coalition.id, typed, accepted.known);
    return { id: signup.id, arrival };
  }

  /** The first messages are due at once. */
  wakeFor(campaignId: string, channels: Channel[]): void {
    for (const channel of channels) this.wake.deliver({ campaignId, channel });
  }

  /**
   * The question that a phone answers with YES; asked once per campaign and number, and again when its owner turns
   * texts on: once a day at most.
   */
  async askByText(
    db: EntityManager,
    campaign: Campaign,
    signup: SignupView,
    { again = false } = {},
  ): Promise<void> {
    if (!signup.phoneKey || signup.smsSince) return;
    const moment = planQuestion({
      askedAt: await new CampaignClock(db).now(),
      windows: windowsOf(campaign, signup),
    });
    if (!moment) return;
    await new Reminders(db).add(signup, [
      {
        kind: 'sms_optin',
        key: again ? `${signup.phoneKey} ${moment.at.toISOString().slice(0, 10)}` : signup.phoneKey,
        channel: 'sms',
        dueAt: moment.at,
        expiresAt: beforeDeadline(campaign, moment.expiresAt),
      },
    ]);
  }

  async proveTicks(db: EntityManager, signup: SignupView, typed: Typed, proof: SignupProof): Promise<void> {
    const { wordings, ...rest } = proof;
    const consents = new Consents(db, this.keys);
    if (typed.wantsTexts)
      await consents.write({ ...signup, contactKey: signup.phoneKey }, 'sms', 'granted', {
        ...rest,
        wording: wordings.texts,
      });
    if (typed.nextStep)
      await consents.write(signup, 'next_step', 'granted', { ...rest, wording: wordings.nextStep });
    if (typed.visible)
      await consents.write(signup, 'visible', 'granted', { ...rest, wording: wordings.visible });
  }

  /** Welcome, two nudges and the question by text: at most one opt-in mail a day, three per campaign, six a year. */
  private async invite(
    db: EntityManager,
    campaign: Campaign,
    signup: SignupView,
    typed: Typed,
    known: boolean,
  ): Promise<void> {
    if (
      typed.wantsTexts &&
      typed.phone &&
      this.keys.contactKeys(typed.phone).includes(signup.phoneKey ?? '')
    ) {
      await this.askByText(db, campaign, signup);
    }
    if (!typed.email || signup.emailSince) return;
    const now = await new CampaignClock(db).now();
    const before = known
      ? await new Reminders(db).optInMessages(signup.supporterId)
      : { inAYear: 0, lastAt: null };
    const rest = optInMessagesAYear - before.inAYear;
    const welcomeAt = new Date(Math.max(now.getTime(), (before.lastAt?.getTime() ?? 0) + days(1)));
    const nudges = planNudges({
      signedUpAt: welcomeAt,
      deadline: campaign.deadlineAt,
      windows: windowsOf(campaign, signup),
    });
    const invitations: PersonalReminder[] = [
      {
        kind: 'welcome',
        key: '1',
        channel: 'email',
        dueAt: welcomeAt > now ? welcomeAt : null,
        expiresAt: beforeDeadline(campaign, new Date(welcomeAt.getTime() + days(3))),
      },
      ...nudges.flatMap((nudge): PersonalReminder[] =>
        nudge.at
          ? [
              {
                kind: 'nudge',
                key: String(nudge.nudge),
                channel: 'email',
                dueAt: nudge.at,
                expiresAt: nudge.expiresAt,
              },
            ]
          : [],
      ),
    ];
    await new Reminders(db).add(signup, invitations.slice(0, Math.max(0, rest)));
  }
}

/** Nothing that asks for the act is handed over in the last half hour. */
const beforeDeadline = (campaign: Campaign, moment: Date) =>
  campaign.deadlineAt
    ? new Date(Math.min(moment.getTime(), campaign.deadlineAt.getTime() - minutes(30)))
    : moment;
