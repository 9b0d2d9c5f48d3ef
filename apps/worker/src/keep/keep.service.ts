import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Accounts, Keyring, Limits, Notices, OwnerData, Receipts, Sources, Texts } from '#postgres';

const everyMs = 3_600_000;

/** What may not be kept any longer goes (RULES §9), once an hour; doing it twice does no harm. */
@Injectable()
export class KeepService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(KeepService.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running = this.purge().catch(({ name, code }: { name?: string; code?: string }) =>
        this.log.error(
          `What is old could not be deleted; it will be tried again in an hour (${[name, code].filter(Boolean).join(' ')})`,
        ),
      );
    }, everyMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  async purge(): Promise<void> {
    const { manager } = this.db;
    await new Receipts(manager, this.keys).purge();
    await new Texts(manager, this.keys).purge();
    await new Notices(manager, this.keys).purge();
    await new Limits(manager, this.keys).purge();
    await new Sources(manager).purge();
    await new Accounts(manager, this.keys).purge();
    while ((await this.db.transaction((db) => new OwnerData(db, this.keys).purge())) > 0);
  }
}
