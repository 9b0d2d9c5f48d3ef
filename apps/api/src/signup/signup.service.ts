import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Channel, channels, planNudges, planQuestion, roomForOptIn, takesSignups } from '#domain';
import {
  type Campaign,
  CampaignClock,
  type Coalition,
  Consents,
  Keyring,
  LEDGER,
  newToken,
  OptInMails,
  type PersonalReminder,
  type Proof,
  Reminders,
  Signups,
  type SignupView,
  type Typed,
} from '#postgres';
import { Wake } from '#queues';
import { windowsOf } from '#schedule';
import { ApiMetrics } from '../metrics/api-metrics.js';
import { Problem } from '../problems/problem.js';
import { SignupLimits } from './limits.service.js';

const minutes = (n: number) => n * 60_000;
const days = (n: number) => minutes(n * 24 * 60);

/** Which words stood beside each box, and where; the rest of a consent's proof. */
export type SignupProof = Omit<Proof, 'wording'> & {
  wordings: { texts: string; nextStep: string; visible: string };
};

@Injectable()
export class SignupService {
  constructor(
    @Inject(LEDGER) private readonly ledger: DataSource,
    private readonly keys: Keyring,
    private readonly wake: Wake,
    private readonly limits: SignupLimits,
    private readonly metrics: ApiMetrics,
  ) {}

  /**
   * Somebody joins a campaign through a coalition: person, signup, proof of consent and the first messages in one
   * transaction. Doubled, it changes nothing.
   * @param code of the colleague whose link brought them
   * @returns the signup's id, and the token of the page that comes next
   */
  async accept(
    campaign: Campaign,
    coalition: Coalition,
    typed: Typed,
    proof: SignupProof,
    code?: string,
  ): Promise<{ id: string; arrival: string }> {
    const accepted = await this.ledger.transaction((db) =>
      this.acceptIn(db, campaign, coalition, typed, proof, code),
    );
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
    code?: string,
  ): Promise<{ id: string; arrival: string }> {
    if (!takesSignups(campaign.status)) {
      throw new Problem(409, `campaign_${campaign.status}`, 'This campaign takes no signups now.');
    }
    const arrival = newToken();
    const signups = new Signups(db, this.keys);
    const accepted = await signups.accept(campaign.id, coalition.id, typed, code);
    const signup = (await signups.byId(accepted.id))!;
    if (!accepted.known) await this.proveTicks(db, signup, typed, proof);
    await this.invite(db, campaign, signup, typed, proof.source === 'api');
    await signups.openArrival(arrival, signup.id, coalition.id, typed, accepted.known);
    this.metrics.signedUp(proof.source);
    return { id: signup.id, arrival };
  }

  /** The first messages are due at once. */
  wakeFor(campaignId: string, channels: Channel[]): void {
    for (const channel of channels) this.wake.deliver({ campaignId, channel });
  }

  /**
   * The question that a phone answers with YES; asked once per campaign and number, and again when its owner turns
   * texts on: once a day at most. A phone that may not be asked is not, and nobody is told.
   */
  async askByText(
    db: EntityManager,
    campaign: Campaign,
    signup: SignupView,
    { again = false, byStaff = false } = {},
  ): Promise<void> {
    if (!signup.phone || !signup.phoneKey || signup.smsSince) return;
    const moment = planQuestion({
      askedAt: await new CampaignClock(db).now(),
      windows: windowsOf(campaign, signup),
    });
    if (!moment) return;
    const key = again ? `${signup.phoneKey} ${moment.at.toISOString().slice(0, 10)}` : signup.phoneKey;
    if (await this.asked(db, signup, key)) return;
    if (!(await this.limits.mayAsk(db, signup, signup.phone, byStaff))) return;
    await new Reminders(db).add(signup, [
      {
        kind: 'sms_optin',
        key,
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

  private async asked(db: EntityManager, signup: SignupView, key: string): Promise<boolean> {
    const [row] = await db.query<unknown[]>(
      `select from reminders where campaign_id = $1 and supporter_id = $2 and kind = 'sms_optin' and key = $3`,
      [signup.campaignId, signup.supporterId, key],
    );
    return row !== undefined;
  }

  /** The question by text; welcome and two nudges, as far as the address has room for them. */
  async invite(
    db: EntityManager,
    campaign: Campaign,
    signup: SignupView,
    typed: Typed,
    byStaff: boolean,
  ): Promise<void> {
    if (
      typed.wantsTexts &&
      typed.phone &&
      this.keys.contactKeys(typed.phone).includes(signup.phoneKey ?? '')
    ) {
      await this.askByText(db, campaign, signup, { byStaff });
    }
    if (!typed.email || signup.emailSince) return;
    const optInMails = new OptInMails(db, this.keys);
    const earlier = await optInMails.hold(typed.email.lookup);
    const { campaignId, supporterId } = signup;
    if (earlier.some((mail) => mail.campaignId === campaignId && mail.supporterId === supporterId)) return;
    const now = await new CampaignClock(db).now();
    const { welcomeAt, most } = roomForOptIn({ now, campaignId, earlier });
    if (most === 0) {
      this.limits.note('address', campaignId);
      return;
    }
    await optInMails.ask([signup.id], optInMailsFrom(welcomeAt, now, campaign, signup).slice(0, most));
  }
}

/** Nothing that asks for the act is handed over in the last half hour. */
const beforeDeadline = (campaign: Campaign, moment: Date) =>
  campaign.deadlineAt
    ? new Date(Math.min(moment.getTime(), campaign.deadlineAt.getTime() - minutes(30)))
    : moment;

/** The welcome and two nudges of somebody in this place. */
export function optInMailsFrom(
  welcomeAt: Date,
  now: Date,
  campaign: Campaign,
  place: Pick<SignupView, 'zone' | 'smsWindow'>,
): PersonalReminder[] {
  const nudges = planNudges({
    signedUpAt: welcomeAt,
    deadline: campaign.deadlineAt,
    windows: windowsOf(campaign, place),
  });
  return [
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
}
