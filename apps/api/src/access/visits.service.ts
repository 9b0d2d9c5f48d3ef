import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { maskEmail, maskName, maskPhone } from '#domain';
import type { PageWords } from '#messages';
import {
  type Campaign,
  CampaignClock,
  Campaigns,
  type Coalition,
  Keyring,
  type Purpose,
  Signups,
  type SignupView,
} from '#postgres';
import { Problem } from '../problems/problem.js';

/** Somebody who came by a link from a message: whose it is, and of which campaign and coalition. */
export type Visit = { signup: SignupView; campaign: Campaign; coalition: Coalition; now: Date };

@Injectable()
export class VisitsService {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
  ) {}

  /** @throws Problem 404 when the link is unknown, for something else, revoked, or ended */
  async of(token: string, purpose: Purpose): Promise<Visit> {
    const signup = await new Signups(this.db.manager, this.keys).byToken(token, purpose);
    if (!signup) throw new Problem(404, 'link_unknown', 'This link is not known, or it has ended.');
    return this.visit(signup);
  }

  /** The same person again, as the rows are now. */
  async again({ signup }: Visit): Promise<Visit> {
    return this.visit((await new Signups(this.db.manager, this.keys).byId(signup.id))!);
  }

  link(page: string, purpose: Purpose, { signup }: Visit): string {
    return `/${page}/${this.keys.token(signup.tokenKey, signup.id, purpose)}`;
  }

  private async visit(signup: SignupView): Promise<Visit> {
    const campaigns = new Campaigns(this.db.manager);
    const campaign = (await campaigns.byId(signup.campaignId))!;
    const coalition = (await campaigns.coalitionsOf(campaign.id)).find(
      ({ id }) => id === signup.coalitionId,
    )!;
    return { signup, campaign, coalition, now: await new CampaignClock(this.db.manager).now() };
  }
}

export const maskedContact = ({ email, phone }: SignupView) =>
  email ? maskEmail(email) : phone ? maskPhone(phone) : '•••';

/** Everything that messages go to: "a•••@e•••.org and •••-•••-0142". */
export const maskedContacts = ({ email, phone }: SignupView, words: PageWords) =>
  [email && maskEmail(email), phone && maskPhone(phone)].filter(Boolean).join(words.optIn.and);

export const maskedWho = (signup: SignupView) =>
  signup.name ? maskName(signup.name) : maskedContact(signup);

export const signupHref = ({ campaign, coalition }: Visit) => `/c/${campaign.slug}/${coalition.slug}`;
