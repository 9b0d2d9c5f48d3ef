import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type UnknownText, UnknownTexts } from '#postgres';
import { type ListedText, SmsChannel, type TextMessage } from './channels/sms.channel.js';
import { isUnwritable, Letters } from './letters.js';

const atOnce = 10;
const everyMs = 60_000;

/**
 * Once a minute, asks the provider's list what became of texts whose outcome nobody knows (RULES §4). One that it does not
 * list within a day has failed; none is ever handed over again.
 */
@Injectable()
export class UnknownTextsService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(UnknownTextsService.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly db: DataSource,
    private readonly letters: Letters,
    private readonly sms: SmsChannel,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule(0);
  }

  /** Waits for the question that is being asked. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Asks about every text that it is time to ask about; called again meanwhile, it waits for the one under way. */
  resolve(): Promise<void> {
    this.running ??= this.resolveAll().finally(() => (this.running = undefined));
    return this.running;
  }

  private schedule(delay: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.resolve()
        .catch((error: unknown) => this.say(error))
        .finally(() => this.schedule(everyMs));
    }, delay);
  }

  /** A question that fails concerns its text alone; when all of them fail, the provider is asked again in a minute. */
  private async resolveAll(): Promise<void> {
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

  private say(error: unknown): void {
    const { name, status, code } = error as { name?: string; status?: number; code?: string | number };
    this.log.error(
      `What became of some texts could not be asked and will be asked again (${[name, status, code].filter(Boolean).join(' ')})`,
    );
  }
}
