import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { FederalRegister, RegulationsGov } from '#dockets';
import { Keyring, LedgerModule, PostgresModule } from '#postgres';
import { QueuesModule } from '#queues';
import { Deadlines, PersonalPlans, ReplanService } from '#schedule';
import { AccessGuard } from './access/access.guard.js';
import { GuessesInterceptor } from './access/guesses.interceptor.js';
import { AccountsService } from './accounts/accounts.service.js';
import { CodesService } from './accounts/codes.service.js';
import { FactorMail } from './accounts/factor-mail.js';
import { MeController } from './accounts/me.controller.js';
import { PasskeysService } from './accounts/passkeys.service.js';
import { SecondFactorController } from './accounts/second-factor.controller.js';
import { Sessions } from './accounts/sessions.service.js';
import { SignInController } from './accounts/sign-in.controller.js';
import { InvitationController, StaffController } from './accounts/staff.controller.js';
import { VisitsService } from './access/visits.service.js';
import { CoalitionsController } from './coalitions/coalitions.controller.js';
import { CoalitionsService } from './coalitions/coalitions.service.js';
import { ConfirmService } from './confirm/confirm.service.js';
import { DoneController } from './confirm/done.controller.js';
import { EntryController } from './confirm/entry.controller.js';
import { GuideController } from './confirm/guide.controller.js';
import { FileController, GuideFilesController } from './confirm/guide-files.controller.js';
import { GuideFilesService } from './confirm/guide-files.service.js';
import { PublicGuideController } from './confirm/public-guide.controller.js';
import { SweepController } from './confirm/sweep.controller.js';
import { ClockController } from './schedule/clock.controller.js';
import { GuidePreviewController } from './confirm/guide-preview.controller.js';
import { ConsoleController } from './console/console.controller.js';
import { MovedController } from './console/moved.controller.js';
import { ConsentService } from './consent/consent.service.js';
import { DataController, DataRequestController } from './consent/data.controller.js';
import { DataService } from './consent/data.service.js';
import { LaterService } from './consent/later.service.js';
import { OptInController } from './consent/opt-in.controller.js';
import { PreferencesController } from './consent/preferences.controller.js';
import { StopController } from './consent/stop.controller.js';
import { LeaderController } from './count/leader.controller.js';
import { LeaderLinkController } from './count/leader-link.controller.js';
import { PublicCountController } from './count/public.controller.js';
import { DashboardController } from './count/dashboard.controller.js';
import { FiguresController } from './count/figures.controller.js';
import { FiguresService } from './count/figures.service.js';
import { PeopleService } from './count/people.service.js';
import { ReportController } from './count/report.controller.js';
import { ReportService } from './count/report.service.js';
import { TallyController } from './count/tally.controller.js';
import { TallyService } from './count/tally.service.js';
import { HealthController } from './health/health.controller.js';
import { ApiMetrics } from './metrics/api-metrics.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { InvitationsController } from './invite/invitations.controller.js';
import { InviteService } from './invite/invite.service.js';
import { JoinController } from './invite/join.controller.js';
import { AssetsController } from './layout/assets.controller.js';
import { PrivacyController } from './privacy.controller.js';
import { ProblemFilter } from './problems/problem.filter.js';
import { QueuesController } from './queues/queues.controller.js';
import { InboundService } from './receipts/inbound.service.js';
import { BounceReceiver } from './receipts/bounce.receiver.js';
import { MailHooksController } from './receipts/mail-hooks.controller.js';
import { ReceiptsService } from './receipts/receipts.service.js';
import { Sns } from './receipts/sns.js';
import { TextsController } from './receipts/texts.controller.js';
import { TwilioController } from './receipts/twilio.controller.js';
import { CampaignService } from './schedule/campaign.service.js';
import { CampaignsController } from './schedule/campaigns.controller.js';
import { AlertsController } from './schedule/alerts.controller.js';
import { ChecklistService } from './schedule/checklist.service.js';
import { DocketController } from './schedule/docket.controller.js';
import { DocketService } from './schedule/docket.service.js';
import { DocketsController } from './schedule/dockets.controller.js';
import { PaceService } from './schedule/pace.service.js';
import { RehearsalController } from './schedule/rehearsal.controller.js';
import { RehearsalService } from './schedule/rehearsal.service.js';
import { WatchController } from './schedule/watch.controller.js';
import { WordsController } from './schedule/words.controller.js';
import { API_SETTINGS, type ApiSettings } from './settings.js';
import { ShareController } from './share/share.controller.js';
import { ShareService } from './share/share.service.js';
import { SignupLimits } from './signup/limits.service.js';
import { ImportService } from './signup/imports.service.js';
import { ImportsController } from './signup/imports.controller.js';
import { SignupController } from './signup/signup.controller.js';
import { SignupService } from './signup/signup.service.js';
import { SignupsController } from './signup/signups.controller.js';
import { WelcomeController } from './signup/welcome.controller.js';

/** signup → consent → schedule → receipts → confirm → count, each a folder. */
@Module({})
export class ApiModule {
  static with(settings: ApiSettings, more: DynamicModule[]): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        PostgresModule.with(settings, 20),
        LedgerModule.with(settings),
        QueuesModule.with(settings),
        ...more,
      ],
      controllers: [
        SignupController,
        WelcomeController,
        SignupsController,
        OptInController,
        StopController,
        PreferencesController,
        DataRequestController,
        DataController,
        GuideController,
        PublicGuideController,
        FileController,
        GuideFilesController,
        GuidePreviewController,
        ClockController,
        DoneController,
        SweepController,
        EntryController,
        RehearsalController,
        InvitationsController,
        ImportsController,
        JoinController,
        WordsController,
        CoalitionsController,
        ShareController,
        AlertsController,
        WatchController,
        CampaignsController,
        DocketsController,
        DocketController,
        TallyController,
        FiguresController,
        ReportController,
        DashboardController,
        PublicCountController,
        LeaderController,
        LeaderLinkController,
        SignInController,
        MeController,
        SecondFactorController,
        StaffController,
        InvitationController,
        ConsoleController,
        MovedController,
        TextsController,
        TwilioController,
        MailHooksController,
        HealthController,
        MetricsController,
        QueuesController,
        AssetsController,
        PrivacyController,
      ],
      providers: [
        { provide: API_SETTINGS, useValue: settings },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: GuessesInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
        ApiMetrics,
        Sessions,
        AccountsService,
        CodesService,
        FactorMail,
        PasskeysService,
        VisitsService,
        SignupLimits,
        SignupService,
        InviteService,
        ImportService,
        ConsentService,
        LaterService,
        DataService,
        PersonalPlans,
        ReplanService,
        Deadlines,
        DocketService,
        PaceService,
        ChecklistService,
        ...[RegulationsGov, FederalRegister].map((Source) => ({
          provide: Source,
          inject: [DataSource, Keyring],
          useFactory: (db: DataSource, keys: Keyring) => new Source(db, keys, settings),
        })),
        RehearsalService,
        CoalitionsService,
        ShareService,
        CampaignService,
        ConfirmService,
        GuideFilesService,
        InboundService,
        ReceiptsService,
        Sns,
        BounceReceiver,
        TallyService,
        FiguresService,
        PeopleService,
        ReportService,
      ],
    };
  }
}
