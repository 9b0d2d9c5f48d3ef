export { Audit, type AuditLine } from './audit.js';
export { Campaigns, type LadderRung, type RungTexts } from './campaigns.js';
export { CampaignClock } from './clock.js';
export { Coalitions } from './coalitions.js';
export { Confirmations, type ConfirmationSource } from './confirmations.js';
export { Consents, type Proof, type Scope } from './consents.js';
export { dataSourceOptions, migrate } from './data-source.js';
export { Campaign, type CampaignKind, type CampaignTexts, type Official } from './entities/campaign.js';
export { Coalition } from './entities/coalition.js';
export { Idempotency, ReusedKey } from './idempotency.js';
export { Keyring, newToken, type Purpose, tokenHash } from './keyring.js';
export { missingKeys } from './missing-keys.js';
export { PostgresModule, type PostgresSettings } from './postgres.module.js';
export {
  type ClaimedReminder,
  type PersonalReminder,
  type ProgressRow,
  type ReminderKind,
  Reminders,
  type Settled,
} from './reminders.js';
export { type Arrival, type Contacts, type Person, Signups, type SignupView, type Typed } from './signups.js';
export { type Role, Staff, type StaffKey } from './staff.js';
export { type Figures, Tallies, type Tally } from './tallies.js';
export { Texts } from './texts.js';
export { Ticks } from './ticks.js';
export { type PlannedWave, type UnplannedZone, Waves } from './waves.js';
