import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Accounts, Keyring, Limits, Notices, OwnerData, Receipts, Sources, Texts } from '#postgres';
import { Recurring } from '../recurring.js';

/** What may not be kept any longer goes (RULES §9), at the start and once an hour; doing it twice does no harm. */
@Injectable()
export class KeepService extends Recurring {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
  ) {
    super(3_600_000, 'What is old could not be deleted; it will be tried again in an hour');
  }

  protected async work(): Promise<void> {
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
