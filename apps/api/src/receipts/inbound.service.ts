import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { outcomeOfDone, readText, takesSignups } from '#domain';
import type { Reply } from '#messages';
import {
  CampaignClock,
  Campaigns,
  Consents,
  Keyring,
  type ReminderKind,
  Reminders,
  Signups,
  type SignupView,
  Texts,
} from '#postgres';
import { Wake } from '#queues';
import { ConfirmService } from '../confirm/confirm.service.js';
import { ConsentService } from '../consent/consent.service.js';

export type InboundText = {
  MessageSid: string;
  From: string;
  Body: string;
  OptOutType?: 'STOP' | 'START' | 'HELP' | undefined;
};

const touches: ReminderKind[] = ['rung', 'alert', 'last_call', 'snooze', 'sms_optin'];
const replyFor = 5 * 60_000;

/** What a text means and does (RULES §6). Everything it changes is one transaction, taken once per message. */
@Injectable()
export class InboundService {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly consent: ConsentService,
    private readonly confirm: ConfirmService,
    private readonly wake: Wake,
  ) {}

  async receive(text: InboundText): Promise<void> {
    const campaignId = await this.db.transaction((db) => this.take(db, text));
    if (campaignId) this.wake.deliver({ campaignId, channel: 'sms' });
  }

  /** @returns the campaign in whose name we answer, if we do */
  private async take(
    db: EntityManager,
    { MessageSid, From, Body, OptOutType }: InboundText,
  ): Promise<string | null> {
    const read = readText(Body);
    const meaning = OptOutType ? (OptOutType.toLowerCase() as 'stop' | 'start' | 'help') : read.meaning;
    const people = await new Signups(db, this.keys).ofPhone(this.keys.contactKeys(From));
    const phoneKey = await new Signups(db, this.keys).contactKeyOf(From);
    const id = await new Texts(db, this.keys).take({
      messageSid: MessageSid,
      phone: From,
      phoneKey,
      body: Body,
      meaning,
      crisis: read.crisis,
    });
    if (!id) return null;

    const stopped = (await new Consents(db, this.keys).reasonsAgainst(phoneKey, 'sms')).length > 0;
    const last = await new Reminders(db).lastText(phoneKey, touches, 14);
    const addressed = people.find((person) => person.id === last?.signupId) ?? newestOf(people);
    if (addressed) await new Texts(db, this.keys).attribute(id, addressed);

    const reply = await this.answer(db, {
      id,
      meaning,
      phoneKey,
      stopped,
      addressed,
      Body,
      known: last !== null && addressed?.id === last.signupId,
    });
    if (!reply || !addressed || OptOutType) return null;
    const now = await new CampaignClock(db).now();
    await new Reminders(db).add(addressed, [
      {
        kind: 'reply',
        key: `${reply}:${id}`,
        channel: 'sms',
        dueAt: null,
        expiresAt: new Date(now.getTime() + replyFor),
      },
    ]);
    return addressed.campaignId;
  }

  private async answer(
    db: EntityManager,
    text: {
      id: string;
      meaning: ReturnType<typeof readText>['meaning'];
      phoneKey: string;
      stopped: boolean;
      addressed: SignupView | undefined;
      Body: string;
      known: boolean;
    },
  ): Promise<Reply | null> {
    const { meaning, phoneKey, stopped, addressed } = text;
    const proof = { wording: meaning.toUpperCase(), source: 'text' as const, said: text.Body };
    if (meaning === 'stop') {
      await this.consent.stopTexts(db, phoneKey, proof);
      return stopped ? null : 'stopped';
    }
    if (meaning === 'start') {
      const given = await this.consent.startTexts(db, phoneKey, proof);
      return given || addressed?.smsSince ? 'started' : 'help';
    }
    if (stopped || !addressed) return null;
    switch (meaning) {
      case 'yes': {
        const question = await new Reminders(db).lastText(phoneKey, ['sms_optin'], 14);
        const asked = question && (await new Signups(db, this.keys).byId(question.signupId));
        // Whoever changed their number since is not agreed for by the old one.
        if (asked?.phoneKey !== phoneKey) return 'help';
        const campaign = (await new Campaigns(db).byId(asked.campaignId))!;
        if (!takesSignups(campaign.status)) return 'help';
        await this.consent.agreeByText(db, asked, proof);
        return 'optedIn';
      }
      case 'done': {
        if (!text.known) return 'whichOne';
        const campaign = (await new Campaigns(db).byId(addressed.campaignId))!;
        if (!this.confirm.isOpen(campaign)) return 'help';
        const news = await this.confirm.recordIn(
          db,
          campaign,
          addressed.id,
          outcomeOfDone(campaign.kind),
          'text',
        );
        return news ? 'done' : 'alreadyDone';
      }
      case 'help':
        return 'help';
      default:
        return (await new Texts(db, this.keys).heardBefore(text.id, phoneKey, 'other', 24)) ? null : 'other';
    }
  }
}

const newestOf = (people: SignupView[]): SignupView | undefined =>
  people.toSorted((one, other) => other.signedUpAt.getTime() - one.signedUpAt.getTime())[0];
