import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  mayAnswer,
  outcomeOfDone,
  parsePhone,
  readText,
  type TextMeaning,
  type TextReading,
  takesSignups,
} from '#domain';
import { isLanguage, type Language, languages, pageWords, type Reply, replySms } from '#messages';
import {
  type Campaign,
  CampaignClock,
  Campaigns,
  Coalitions,
  Consents,
  Keyring,
  Limits,
  Notices,
  type Proof,
  Receipts,
  Reminders,
  type SentText,
  Signups,
  type SignupView,
  Texts,
} from '#postgres';
import { Wake } from '#queues';
import { ConfirmService } from '../confirm/confirm.service.js';
import { ConsentService } from '../consent/consent.service.js';
import { API_SETTINGS, type ApiSettings } from '../settings.js';

export type InboundText = {
  MessageSid: string;
  From: string;
  /** The number of ours that it came to. */
  To?: string | undefined;
  Body: string;
  NumMedia?: number | undefined;
  /** Twilio has answered already. */
  OptOutType?: 'STOP' | 'START' | 'HELP' | undefined;
};

/** Who may have written, and what we had written to them. */
type Sender = {
  phoneKey: string;
  /** Every signup of whoever uses the phone. */
  people: SignupView[];
  /** Newest first. */
  sent: SentText[];
  /** Said STOP, here or at the carrier. */
  stopped: boolean;
};

/** What was done, in whose name it is answered, and how. */
type Deed = { signup: SignupView | undefined; reply: Reply | null };

/** Who is to be woken to reply, or what is said at once to somebody whom no row of the ledger can answer. */
type Answer = { campaignId: string } | { words: string } | null;

const replyFor = 5 * 60_000;
const aDay = 24 * 60 * 60;
const spoken = Object.keys(languages) as Language[];
const ofAnyCampaign: Reply[] = ['stopped', 'started', 'help', 'other'];

/** What a text means and does (RULES §6). Everything it changes is one transaction, taken once per message. */
@Injectable()
export class InboundService {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly consent: ConsentService,
    private readonly confirm: ConfirmService,
    private readonly wake: Wake,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  /** @returns the words that a stranger is answered with, if one is; everybody else's replies are the ledger's */
  async receive(text: InboundText): Promise<string | null> {
    const answer = await this.db.transaction((db) => this.take(db, text));
    if (answer && 'words' in answer) return answer.words;
    if (answer) this.wake.deliver({ ...answer, channel: 'sms' });
    return null;
  }

  private async take(db: EntityManager, text: InboundText): Promise<Answer> {
    const texts = new Texts(db, this.keys);
    const phoneKey = await new Signups(db, this.keys).contactKeyOf(text.From);
    await texts.hold(phoneKey);
    const sender = await this.senderOf(db, text.From, phoneKey);
    const echo = await this.isOurOwn(db, text.Body, sender);
    const { meaning, crisis, language } = this.read(text, sender, echo);
    const id = await texts.take({
      messageSid: text.MessageSid,
      phone: text.From,
      phoneKey,
      body: text.Body,
      media: text.NumMedia,
      meaning,
      crisis,
    });
    if (!id) return null;

    const proof = { wording: meaning.toUpperCase(), source: 'text' as const, said: text.Body };
    const { signup, reply } = await this.act(db, meaning, sender, proof);
    const told = crisis ? await this.flag(db, signup?.campaignId) : null;
    const replies: Reply[] = crisis
      ? reply === 'stopped'
        ? ['stopped', 'other']
        : ['other']
      : reply
        ? [reply]
        : [];
    if (text.OptOutType || echo || (await new Receipts(db, this.keys).inReplyLoop(phoneKey))) {
      await texts.settle(id, signup, text.OptOutType ? 'provider' : null);
      return null;
    }
    if (!signup) {
      const isAnswered = crisis && (await this.mayAnswerStranger(db, text, phoneKey));
      await texts.settle(id, undefined, isAnswered ? 'other' : null);
      return isAnswered ? { words: await this.wordsFor(db, told, language) } : null;
    }
    const said = await texts.said(phoneKey);
    const answers = replies.filter((one) => mayAnswer(one, crisis && one === 'other', said));
    await texts.settle(id, signup, answers[0] ?? null);
    if (answers.length === 0) return null;
    const speaker = await this.speaker(db, signup, sender, answers);
    const now = await new CampaignClock(db).now();
    await new Reminders(db).add(
      speaker,
      answers.map((answer) => ({
        kind: 'reply' as const,
        key: `${answer}:${id}`,
        channel: 'sms' as const,
        dueAt: null,
        expiresAt: new Date(now.getTime() + replyFor),
      })),
    );
    return { campaignId: speaker.campaignId };
  }

  /** Once in 24 hours; never a short code, a number of ours, or one that must not be used. */
  private async mayAnswerStranger(
    db: EntityManager,
    { From, To }: InboundText,
    phoneKey: string,
  ): Promise<boolean> {
    if (From === To || 'problem' in parsePhone(From)) return false;
    if ((await new Consents(db, this.keys).reasonsAgainst(phoneKey, 'sms')).length > 0) return false;
    const once = { name: 'answers to a stranger', of: From, most: 1, seconds: aDay };
    return (await new Limits(db, this.keys).take([once])).full === null;
  }

  /** The help named is of the campaign whose organizers were told, if one was. */
  private async wordsFor(
    db: EntityManager,
    campaign: Campaign | null,
    language: Language | undefined,
  ): Promise<string> {
    const [first] = campaign ? await new Campaigns(db).coalitionsOf(campaign.id) : [];
    const contact = campaign?.contact ?? first?.replyTo ?? '';
    return replySms('other', language ?? 'en').fill({ contact }).body;
  }

  private async senderOf(db: EntityManager, phone: string, phoneKey: string): Promise<Sender> {
    const reasons = await new Consents(db, this.keys).reasonsAgainst(phoneKey, 'sms');
    return {
      phoneKey,
      people: await new Signups(db, this.keys).ofPhone(this.keys.contactKeys(phone)),
      sent: await new Texts(db, this.keys).sentTo(phoneKey),
      stopped: reasons.includes('stop') || reasons.includes('opted_out'),
    };
  }

  /** Twilio counts YES among its words for START: to a question that waits, START is a yes, and YES is never a START. */
  private read({ Body, OptOutType }: InboundText, sender: Sender, echo: boolean): TextReading {
    const outstanding = sender.sent[0]?.kind;
    const read = readText(Body, outstanding && { outstanding });
    const { meaning } = read;
    if (OptOutType === 'STOP' || OptOutType === 'HELP')
      return { ...read, meaning: OptOutType.toLowerCase() as 'stop' | 'help' };
    if (echo) return { meaning: meaning === 'stop' ? 'stop' : 'other', crisis: false };
    if (OptOutType !== 'START' && meaning !== 'start') return read;
    const answersUs = !sender.stopped && (outstanding === 'question' || meaning === 'yes');
    return { ...read, meaning: answersUs ? 'yes' : 'start' };
  }

  private async act(db: EntityManager, meaning: TextMeaning, sender: Sender, proof: Proof): Promise<Deed> {
    const { phoneKey, stopped } = sender;
    const addressed = this.addressed(sender);
    switch (meaning) {
      case 'stop':
        await this.consent.stopTexts(db, phoneKey, proof);
        return { signup: addressed, reply: stopped ? null : 'stopped' };
      case 'start': {
        const given = await this.consent.startTexts(db, phoneKey, proof);
        const on = given || sender.people.some(({ smsSince }) => smsSince);
        return { signup: addressed, reply: on ? 'started' : 'help' };
      }
      case 'help':
        return { signup: addressed, reply: 'help' };
      case 'yes':
        return stopped ? { signup: addressed, reply: null } : this.agree(db, sender, addressed, proof);
      case 'done': {
        const deed = await this.done(db, sender, addressed, proof);
        return stopped ? { ...deed, reply: null } : deed;
      }
      default:
        return { signup: addressed, reply: stopped ? null : 'other' };
    }
  }

  /** YES answers the newest question that waits for one; again, when none does, it agrees to nothing more. */
  private async agree(
    db: EntityManager,
    { phoneKey, people, sent }: Sender,
    addressed: SignupView | undefined,
    proof: Proof,
  ): Promise<Deed> {
    const asked: SignupView[] = [];
    for (const { signupId } of sent.filter(({ kind }) => kind === 'question')) {
      // Whoever changed their number since is not agreed for by the old one.
      const person = people.find(({ id, phoneKey: theirs }) => id === signupId && theirs === phoneKey);
      if (!person || asked.includes(person)) continue;
      const campaign = (await new Campaigns(db).byId(person.campaignId))!;
      if (takesSignups(campaign.status)) asked.push(person);
    }
    const signup = asked.find(({ smsSince }) => smsSince === null) ?? asked[0];
    if (!signup) return { signup: addressed, reply: 'help' };
    await this.consent.agreeByText(db, signup, proof);
    return { signup, reply: 'optedIn' };
  }

  /** DONE is said by whom the last reminder addressed; the campaign's texts to the phone end, whoever else uses it. */
  private async done(
    db: EntityManager,
    { people, sent }: Sender,
    addressed: SignupView | undefined,
    proof: Proof,
  ): Promise<Deed> {
    const last = sent.find(({ kind }) => kind === 'reminder');
    const signup = people.find(({ id }) => id === last?.signupId);
    if (!signup) return { signup: addressed, reply: 'whichOne' };
    const campaign = (await new Campaigns(db).byId(signup.campaignId))!;
    const together = people.filter(({ campaignId }) => campaignId === signup.campaignId);
    for (const { id } of together) await new Signups(db, this.keys).hold(id);
    const news = await this.confirm.recordIn(db, campaign, signup.id, outcomeOfDone(campaign.kind), 'text');
    for (const other of together.filter(({ id }) => id !== signup.id)) {
      await new Consents(db, this.keys).withdraw(other, 'sms', proof);
      await new Reminders(db).cancel([other], 'sms', 'revoked');
    }
    return { signup, reply: news ? 'done' : 'alreadyDone' };
  }

  /** Whom our last text addressed, or else the newest signup. */
  private addressed({ people, sent }: Sender): SignupView | undefined {
    for (const { signupId } of sent) {
      const person = people.find(({ id }) => id === signupId);
      if (person) return person;
    }
    return people.toSorted((one, other) => other.signedUpAt.getTime() - one.signedUpAt.getTime())[0];
  }

  /** A paused campaign hands nothing over: what is not about one campaign is said in another's name, if there is one. */
  private async speaker(
    db: EntityManager,
    signup: SignupView,
    { people }: Sender,
    replies: Reply[],
  ): Promise<SignupView> {
    if (!replies.every((reply) => ofAnyCampaign.includes(reply))) return signup;
    for (const person of [signup, ...people]) {
      const { status } = (await new Campaigns(db).byId(person.campaignId))!;
      if (status !== 'paused' && status !== 'draft') return person;
    }
    return signup;
  }

  /** A machine that sends our words back is not answered: all of ours open with the sender's name, or with these. */
  private async isOurOwn(db: EntityManager, body: string, { people }: Sender): Promise<boolean> {
    const said = body.trimStart();
    const openings = new Set(spoken.map((language) => replySms('other', language).template.split('{')[0]!));
    for (const { coalitionId } of people)
      openings.add(`${(await new Coalitions(db).byId(coalitionId))!.shortName}:`);
    return [...openings].some((opening) => said.startsWith(opening));
  }

  /**
   * Organizers are told at once, without a word of the text. A stranger's is shown to those of the newest campaign.
   * @returns the campaign whose organizers were told; null when none is launched
   */
  private async flag(db: EntityManager, campaignId: string | undefined): Promise<Campaign | null> {
    const campaigns = new Campaigns(db);
    const campaign = campaignId
      ? await campaigns.byId(campaignId)
      : (await campaigns.list())
          .filter(({ status }) => status !== 'draft' && status !== 'closed')
          .toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime())[0];
    if (!campaign) return null;
    const language = Object.keys(campaign.texts).find(isLanguage) ?? 'en';
    const { urgent } = pageWords(language).texts;
    await new Notices(db, this.keys).tell(campaign, {
      kind: 'crisis',
      subject: urgent.subject,
      text: urgent.text(
        campaign.wordsIn(language).title,
        `${this.settings.PUBLIC_URL}/console/campaigns/${campaign.id}/texts`,
      ),
    });
    return campaign;
  }
}
