import { type DynamicModule, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FederalRegister, RegulationsGov } from '#dockets';
import { Keyring, LedgerModule, PostgresModule } from '#postgres';
import { QueuesModule } from '#queues';
import { Deadlines, PersonalPlans, ReplanService } from '#schedule';
import { EmailChannel } from './deliver/channels/email.channel.js';
import { SmsChannel } from './deliver/channels/sms.channel.js';
import { DeliverProcessor } from './deliver/deliver.processor.js';
import { DeliverService } from './deliver/deliver.service.js';
import { Letters } from './deliver/letters.js';
import { UnknownTextsService } from './deliver/unknown-texts.service.js';
import { BringForwardService } from './dispatch/bring-forward.service.js';
import { DispatchProcessor } from './dispatch/dispatch.processor.js';
import { DispatchService } from './dispatch/dispatch.service.js';
import { PlannerService } from './dispatch/planner.service.js';
import { TickService } from './dispatch/tick.service.js';
import { KeepService } from './keep/keep.service.js';
import { StatusServer } from './metrics/status.server.js';
import { WorkerMetrics } from './metrics/worker-metrics.js';
import { NotifyService } from './notify/notify.service.js';
import { WORKER_SETTINGS, type WorkerSettings } from './settings.js';
import { SweepService } from './watch/sweep.service.js';
import { WatchService } from './watch/watch.service.js';

/** dispatch → deliver: waves become reminders, reminders become hand-overs. */
@Module({})
export class WorkerModule {
  static with(settings: WorkerSettings): DynamicModule {
    return {
      module: WorkerModule,
      imports: [PostgresModule.with(settings, 10), LedgerModule.with(settings), QueuesModule.with(settings)],
      providers: [
        { provide: WORKER_SETTINGS, useValue: settings },
        WorkerMetrics,
        StatusServer,
        PlannerService,
        BringForwardService,
        DispatchService,
        DispatchProcessor,
        TickService,
        Letters,
        EmailChannel,
        SmsChannel,
        DeliverService,
        DeliverProcessor,
        UnknownTextsService,
        NotifyService,
        KeepService,
        ...[RegulationsGov, FederalRegister].map((Source) => ({
          provide: Source,
          inject: [DataSource, Keyring],
          useFactory: (db: DataSource, keys: Keyring) => new Source(db, keys, settings),
        })),
        PersonalPlans,
        ReplanService,
        Deadlines,
        WatchService,
        SweepService,
      ],
    };
  }
}
