import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { docketZone, sayMoment, sayMomentShort } from '#domain';
import {
  authoredEmail,
  type CompiledEmail,
  type CompiledSms,
  type ComposedEmail,
  compileSms,
  composeEmail,
  isLanguage,
  type Language,
  type MergeValues,
  type Reply,
  replySms,
  systemEmail,
  type SystemEmailKind,
  systemSms,
  type SystemSmsKind,
} from '#messages';
import {
  type Campaign,
  type CampaignTexts,
  Campaigns,
  type ClaimedReminder,
  type Coalition,
  Keyring,
  type LadderRung,
  type Purpose,
  type RungTexts,
} from '#postgres';
import { WORKER_SETTINGS, type WorkerSettings } from '../settings.js';
import type { TextMessage } from './channels/sms.channel.js';

/** A campaign as its messages need it, read again after this long. */
type Content = { campaign: Campaign; coalitions: Map<string, Coalition>; ladder: Map<string, LadderRung> };
const freshFor = 2_000;

/** Turns a claimed reminder into the message that its person gets. What is the same for many is compiled once. */
@Injectable()
export class Letters {
  private readonly contents = new Map<string, { at: number; content: Promise<Content> }>();
  private readonly compiled = new Map<string, CompiledEmail | CompiledSms>();
  private readonly domain: string;

  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    @Inject(WORKER_SETTINGS) private readonly settings: WorkerSettings,
  ) {
    this.domain = settings.MAIL_FROM.split('@')[1]!;
  }

  async write(reminder: ClaimedReminder): Promise<ComposedEmail | TextMessage> {
    const content = await this.contentOf(reminder.campaignId);
    const language = isLanguage(reminder.language) ? reminder.language : 'en';
    const values = this.valuesFor(reminder, content, language);
    if (reminder.channel === 'sms') {
      const { body } = this.text(reminder, content, language).fill(values);
      return { to: this.keys.open('phone', reminder.contact), body };
    }
    const coalition = content.coalitions.get(reminder.coalitionId)!;
    return composeEmail(this.email(reminder, content, language).fill(values), {
      from: { name: coalition.shortName, address: this.settings.MAIL_FROM },
      replyTo: coalition.replyTo,
      to: this.keys.open('email', reminder.contact),
      messageId: `<${reminder.id}.${reminder.campaignId}@${this.domain}>`,
      listUnsubscribeUrl: values.stopUrl!,
      listUnsubscribe: true,
      language,
      date: reminder.now,
    });
  }

  private email(reminder: ClaimedReminder, { campaign, ladder }: Content, language: Language): CompiledEmail {
    const words = wordsOf(reminder, ladder, language);
    const { kind } = reminder;
    return this.once(
      `email ${language} ${kind} ${words?.subject} ${words?.email} ${textsOf(campaign, language).doneLabel}`,
      () => {
        if (words?.subject && words.email && (kind === 'rung' || kind === 'alert' || kind === 'follow_up')) {
          return authoredEmail({
            kind,
            subject: words.subject,
            email: words.email,
            language,
            doneLabel: textsOf(campaign, language).doneLabel,
          });
        }
        return systemEmail(ownWords[kind] ?? (kind as SystemEmailKind), language);
      },
    );
  }

  private text(reminder: ClaimedReminder, { ladder }: Content, language: Language): CompiledSms {
    const words = wordsOf(reminder, ladder, language);
    const { kind, key } = reminder;
    const name = kind === 'reply' ? key.split(':')[0]! : kind;
    return this.once(`sms ${language} ${name} ${words?.sms}`, () => {
      if (kind === 'reply') return replySms(name as Reply, language);
      if (words?.sms) return compileSms({ body: words.sms, language });
      return systemSms((ownWords[kind] ?? kind) as SystemSmsKind, language);
    });
  }

  private once<Compiled extends CompiledEmail | CompiledSms>(
    name: string,
    compile: () => Compiled,
  ): Compiled {
    const known = this.compiled.get(name);
    if (known) return known as Compiled;
    if (this.compiled.size > 2_000) this.compiled.clear();
    const compiled = compile();
    this.compiled.set(name, compiled);
    return compiled;
  }

  private valuesFor(
    reminder: ClaimedReminder,
    { campaign, coalitions }: Content,
    language: Language,
  ): MergeValues {
    const coalition = coalitions.get(reminder.coalitionId)!;
    const { deed, title } = textsOf(campaign, language);
    const { deadlineAt } = campaign;
    const link = (page: string, purpose: Purpose) =>
      `${this.settings.PUBLIC_URL}/${page}/${this.keys.token(reminder.tokenKey, reminder.signupId, purpose)}`;
    return {
      name: reminder.name ? this.keys.open('name', reminder.name) : '',
      deed,
      campaign: title,
      coalition: coalition.name,
      shortName: coalition.shortName,
      deadline: deadlineAt ? sayMoment(deadlineAt, reminder.zone, language) : '',
      deadlineShort: deadlineAt ? sayMomentShort(deadlineAt, reminder.zone, language) : '',
      deadlineEastern: deadlineAt ? sayMoment(deadlineAt, docketZone, language) : '',
      daysLeft: deadlineAt ? daysBetween(reminder.now, deadlineAt, reminder.zone) : 0,
      guideUrl: link('guide', 'guide'),
      doneUrl: link('done', 'done'),
      stopUrl: link('stop', 'stop'),
      preferencesUrl: link('me', 'me'),
      optInUrl: link('yes', 'opt_in'),
      postalAddress: coalition.postalAddress,
      contact: campaign.contact ?? coalition.replyTo,
      colour: coalition.colour,
    };
  }

  private contentOf(campaignId: string): Promise<Content> {
    const known = this.contents.get(campaignId);
    if (known && performance.now() - known.at < freshFor) return known.content;
    const content = this.read(campaignId);
    this.contents.set(campaignId, { at: performance.now(), content });
    content.catch(() => this.contents.delete(campaignId));
    return content;
  }

  private async read(campaignId: string): Promise<Content> {
    const campaigns = new Campaigns(this.db.manager);
    const [campaign, coalitions, ladder] = await Promise.all([
      campaigns.byId(campaignId),
      campaigns.coalitionsOf(campaignId),
      campaigns.ladderOf(campaignId),
    ]);
    return {
      campaign: campaign!,
      coalitions: new Map(coalitions.map((coalition) => [coalition.id, coalition])),
      ladder: new Map(ladder.map((rung) => [rung.id, rung])),
    };
  }
}

/** Kinds whose words, when nobody wrote any, are those of another kind. */
const ownWords: Partial<Record<ClaimedReminder['kind'], SystemEmailKind & SystemSmsKind>> = {
  rung: 'last_call',
  alert: 'opened',
  follow_up: 'ended',
};

const wordsOf = (
  reminder: ClaimedReminder,
  ladder: Map<string, LadderRung>,
  language: Language,
): RungTexts | undefined => {
  const messages = ladder.get(reminder.key.split('#')[0]!)?.messages;
  return messages?.[language] ?? messages?.en;
};

const textsOf = ({ texts }: Campaign, language: Language): CampaignTexts =>
  texts[language] ?? texts.en ?? Object.values(texts)[0]!;

/** Whole days from one date to another on a zone's calendar. */
function daysBetween(from: Date, to: Date, zone: string): number {
  const dayOf = (moment: Date) =>
    Date.parse(new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(moment));
  return Math.round((dayOf(to) - dayOf(from)) / 86_400_000);
}
