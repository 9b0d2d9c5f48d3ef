import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { publicResult } from '#domain';
import {
  BadMergeValue,
  type ComposedEmail,
  composeEncoded,
  isLanguage,
  Letters as Writer,
  type Letter,
  MessageProblems,
} from '#messages';
import {
  BadSeal,
  type Campaign,
  Campaigns,
  type ClaimedReminder,
  type Coalition,
  dataCode,
  dataToken,
  Keyring,
  type LadderRung,
  type Purpose,
  Tallies,
  type Tally,
  verpAddress,
} from '#postgres';
import { WORKER_SETTINGS, type WorkerSettings } from '../settings.js';
import type { TextMessage } from './channels/sms.channel.js';

/** Whether a message can never be composed, whoever tries again; whatever else goes wrong passes. */
export const isUnwritable = (error: unknown): boolean =>
  [MessageProblems, BadMergeValue, BadSeal, TypeError].some((kind) => error instanceof kind);

/** A campaign as its messages need it, read again after this long. */
type Content = {
  campaign: Campaign;
  coalitions: Map<string, Coalition>;
  ladder: Map<string, LadderRung>;
  tally: Tally | null;
};
const freshFor = 2_000;

/** Turns a claimed reminder into the message that its person gets: opens what is sealed, derives the links. */
@Injectable()
export class Letters {
  private readonly contents = new Map<string, { at: number; content: Promise<Content> }>();
  private readonly writer = new Writer();
  private readonly domain: string;

  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    @Inject(WORKER_SETTINGS) private readonly settings: WorkerSettings,
  ) {
    this.domain = settings.MAIL_FROM.split('@')[1]!;
  }

  async write(reminder: ClaimedReminder): Promise<ComposedEmail | (TextMessage & { segments: number })> {
    const letter = this.letterOf(reminder, await this.contentOf(reminder));
    if (reminder.channel === 'sms') {
      const { body, segments } = this.writer.text(letter);
      return { to: this.keys.open('phone', reminder.contact), body, segments };
    }
    const { MAIL_FROM, BOUNCE_DOMAIN } = this.settings;
    return composeEncoded(this.writer.encodedEmail(letter), {
      from: { name: letter.coalition.shortName, address: MAIL_FROM },
      replyTo: letter.coalition.replyTo,
      to: this.keys.open('email', reminder.contact),
      messageId: `<${reminder.id}.${reminder.campaignId}@${this.domain}>`,
      listUnsubscribeUrl: letter.links.stop,
      listUnsubscribe: true,
      language: letter.language,
      date: reminder.now,
      bounceTo: BOUNCE_DOMAIN && verpAddress(this.keys, reminder, BOUNCE_DOMAIN),
    });
  }

  private letterOf(reminder: ClaimedReminder, { campaign, coalitions, ladder, tally }: Content): Letter {
    const { kind, key, zone, now, deadlineAt, round, signupId, tokenKey } = reminder;
    const language = isLanguage(reminder.language) ? reminder.language : 'en';
    const { title, deed, doneLabel } = campaign.wordsIn(language);
    const link = (page: string, purpose: Purpose, between = '/') =>
      `${this.settings.PUBLIC_URL}/${page}${between}${this.keys.token(tokenKey, signupId, purpose)}`;
    const coalition = coalitions.get(reminder.coalitionId)!;
    return {
      kind,
      key,
      language,
      words: ladder.get(key.split('#')[0]!)?.messages,
      campaign: { title, deed, doneLabel, deadlineAt, round, contact: campaign.contact },
      coalition,
      person: { name: reminder.name ? this.keys.open('name', reminder.name) : '', zone },
      now,
      links: {
        guide: link('guide', 'guide'),
        done: link('done', 'done'),
        stop: link('stop', 'stop'),
        me: link('me', 'me'),
        // Few mails have it, and each link is a keyed hash.
        get yes() {
          return link('yes', 'opt_in');
        },
        ...((kind === 'ended' || kind === 'result') && { join: link('next', 'join') }),
        get refer() {
          return link(`c/${campaign.slug}/${coalition.slug}`, 'refer', '?by=');
        },
        ...(kind === 'invitation' && { join: link('join', 'join') }),
        ...(kind === 'data' && {
          data: `${this.settings.PUBLIC_URL}/data/${dataToken(this.keys, reminder)}`,
        }),
      },
      ...(kind === 'result' && tally && { result: publicResult(tally, reminder.coalitionId) }),
      ...(kind === 'data' && { code: dataCode(this.keys, reminder) }),
    };
  }

  /** Never older than the plan that the reminder was checked by: a moved deadline is in the very next message. Nor than its coalition. */
  private async contentOf({ campaignId, coalitionId, plan }: ClaimedReminder): Promise<Content> {
    const known = this.contents.get(campaignId);
    if (known && performance.now() - known.at < freshFor) {
      const content = await known.content;
      if (content.campaign.plan >= plan && content.coalitions.has(coalitionId)) return content;
    }
    const content = this.read(campaignId);
    this.contents.set(campaignId, { at: performance.now(), content });
    content.catch(() => this.contents.delete(campaignId));
    return content;
  }

  private async read(campaignId: string): Promise<Content> {
    const campaigns = new Campaigns(this.db.manager);
    // The plan's number first: whatever is read after it is at least as new.
    const campaign = await campaigns.byId(campaignId);
    const [coalitions, ladder] = await Promise.all([
      campaigns.sendersOf(campaignId),
      campaigns.ladderOf(campaignId),
    ]);
    return {
      campaign: campaign!,
      coalitions,
      ladder: new Map(ladder.map((rung) => [rung.id, rung])),
      tally: campaign!.status === 'ended' ? await new Tallies(this.db.manager).of(campaignId) : null,
    };
  }
}
