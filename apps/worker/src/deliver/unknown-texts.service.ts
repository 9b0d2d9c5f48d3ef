import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type UnknownText, UnknownTexts } from '#postgres';
import { type ListedText, SmsChannel, type TextMessage } from './channels/sms.channel.js';
import { isUnwritable, Letters } from './letters.js';
import { Recurring } from '../recurring.js';

const atOnce = 10;

/**
 * Once a minute, asks the provider's list what became of texts whose outcome nobody knows (RULES §4). One that it does not
 * list within a day has failed; none is ever handed over again.
 */
@Injectable()
export class UnknownTextsService extends Recurring {
  constructor(
    private readonly db: DataSource,
    private readonly letters: Letters,
    private readonly sms: SmsChannel,
  ) {
    super(60_000, 'What became of some texts could not be asked and will be asked again');
  }

  /** A question that fails concerns its text alone; when all of them fail, the provider is asked again in a minute. */
  protected async work(): Promise<void> {
    const unknown = new UnknownTexts(this.db.manager);
    while (!this.stopped) {
      const texts = await unknown.take(atOnce);
      const asked = await Promise.allSettled(texts.map((text) => this.settle(text, unknown)));
      const failures = asked.filter((each) => each.status === 'rejected');
      if (failures.length > 0) this.say(failures[0]!.reason);
      if (failures.length === texts.length) return;
    }
  }

  private async settle(text: UnknownText, unknown: UnknownTexts): Promise<void> {
    for (const { sid, failed } of await this.listed(text)) {
      if (await unknown.found(text, sid, failed)) return;
    }
    if (text.over) await unknown.missing(text);
  }

  /** The words are those of the hand-over, as far as campaign and person are the same. */
  private async listed({ contact, ...text }: UnknownText): Promise<ListedText[]> {
    if (contact === null) return [];
    let message;
    try {
      message = (await this.letters.write({ ...text, contact })) as TextMessage;
    } catch (error) {
      if (!isUnwritable(error)) throw error;
      return [];
    }
    return this.sms.listed(message, text.checkedAt);
  }
}
