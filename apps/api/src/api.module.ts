import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { PostgresModule } from '#postgres';
import { QueuesModule } from '#queues';
import { AccessGuard } from './access/access.guard.js';
import { VisitsService } from './access/visits.service.js';
import { ConfirmService } from './confirm/confirm.service.js';
import { DoneController } from './confirm/done.controller.js';
import { GuideController } from './confirm/guide.controller.js';
import { ConsentService } from './consent/consent.service.js';
import { OptInController } from './consent/opt-in.controller.js';
import { PreferencesController } from './consent/preferences.controller.js';
import { StopController } from './consent/stop.controller.js';
import { LeaderController } from './count/leader.controller.js';
import { PublicCountController } from './count/public.controller.js';
import { TallyController } from './count/tally.controller.js';
import { TallyService } from './count/tally.service.js';
import { HealthController } from './health/health.controller.js';
import { AssetsController } from './layout/assets.controller.js';
import { CampaignPagesController } from './organizers/campaign-pages.controller.js';
import { SignInController } from './organizers/sign-in.controller.js';
import { PrivacyController } from './privacy.controller.js';
import { ProblemFilter } from './problems/problem.filter.js';
import { InboundService } from './receipts/inbound.service.js';
import { TwilioController } from './receipts/twilio.controller.js';
import { CampaignService } from './schedule/campaign.service.js';
import { CampaignsController } from './schedule/campaigns.controller.js';
import { PersonalPlans } from './schedule/personal-plans.js';
import { API_SETTINGS, type ApiSettings } from './settings.js';
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
      imports: [PostgresModule.with(settings, 20), QueuesModule.with(settings), ...more],
      controllers: [
        SignupController,
        WelcomeController,
        SignupsController,
        OptInController,
        StopController,
        PreferencesController,
        GuideController,
        DoneController,
        CampaignsController,
        TallyController,
        PublicCountController,
        LeaderController,
        SignInController,
        CampaignPagesController,
        TwilioController,
        HealthController,
        AssetsController,
        PrivacyController,
      ],
      providers: [
        { provide: API_SETTINGS, useValue: settings },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        VisitsService,
        SignupService,
        ConsentService,
        PersonalPlans,
        CampaignService,
        ConfirmService,
        InboundService,
        TallyService,
      ],
    };
  }
}
