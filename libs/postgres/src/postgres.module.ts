import {
  type DynamicModule,
  Inject,
  Module,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BadSettings, type Key } from '#boot';
import { dataSourceOptions, ledgerOptions } from './data-source.js';
import { Keyring } from './keyring.js';
import { missingKeys } from './missing-keys.js';

export type PostgresSettings = { DATABASE_URL: string; ENCRYPTION_KEYS: Key[]; LOOKUP_KEYS: Key[] };

const SETTINGS = Symbol('PostgresSettings');
/** The connections that claims and results go over. */
export const LEDGER = Symbol('Ledger');

/** The process's one pool, and the keys that its rows are sealed with. */
@Module({})
export class PostgresModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(SETTINGS) private readonly settings: PostgresSettings,
  ) {}

  /** @param connections the most that this process opens */
  static with(settings: PostgresSettings, connections: number): DynamicModule {
    return {
      module: PostgresModule,
      global: true,
      providers: [
        { provide: SETTINGS, useValue: settings },
        {
          provide: DataSource,
          useFactory: () =>
            new DataSource(dataSourceOptions(settings.DATABASE_URL, connections)).initialize(),
        },
        { provide: Keyring, useValue: new Keyring(settings.ENCRYPTION_KEYS, settings.LOOKUP_KEYS) },
      ],
      exports: [DataSource, Keyring],
    };
  }

  /** Refuses to start without a key that rows still need. */
  async onModuleInit(): Promise<void> {
    const missing = await missingKeys(this.db.manager, this.settings);
    if (missing.length > 0) throw new BadSettings(missing);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.db.destroy();
  }
}

/** For workers, which deliver. */
@Module({})
export class LedgerModule implements OnApplicationShutdown {
  constructor(@Inject(LEDGER) private readonly ledger: DataSource) {}

  static with(settings: Pick<PostgresSettings, 'DATABASE_URL'>): DynamicModule {
    const useFactory = () => new DataSource(ledgerOptions(settings.DATABASE_URL)).initialize();
    return {
      module: LedgerModule,
      global: true,
      providers: [{ provide: LEDGER, useFactory }],
      exports: [LEDGER],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.ledger.destroy();
  }
}
