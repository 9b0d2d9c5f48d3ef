import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Key } from '#boot';
import { dataSourceOptions } from './data-source.js';
import { Keyring } from './keyring.js';

export type PostgresSettings = { DATABASE_URL: string; ENCRYPTION_KEYS: Key[]; LOOKUP_KEYS: Key[] };

/** The process's one pool, and the keys that its rows are sealed with. */
@Module({})
export class PostgresModule implements OnApplicationShutdown {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** @param connections the most that this process opens */
  static with(settings: PostgresSettings, connections: number): DynamicModule {
    return {
      module: PostgresModule,
      global: true,
      providers: [
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

  async onApplicationShutdown(): Promise<void> {
    await this.db.destroy();
  }
}
