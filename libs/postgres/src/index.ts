export {
  type Account,
  Accounts,
  type Invitation,
  nobodysAddress,
  personActor,
  type Session,
} from './accounts.js';
export { Audit, type AuditLine } from './audit.js';
export { Campaigns, type LadderRung, type RungTexts } from './campaigns.js';
export { CampaignClock } from './clock.js';
export { type CoalitionChange, Coalitions } from './coalitions.js';
export { Confirmations, type ConfirmationSource } from './confirmations.js';
export { Consents, liftable, type Proof, type Scope } from './consents.js';
export { dataCode, DataLinks, type DataRequest, dataToken } from './data-links.js';
export { dataSourceOptions, ledgerOptions, migrate } from './data-source.js';
export { Campaign, type CampaignKind, type CampaignTexts, type Official } from './entities/campaign.js';
export { Coalition } from './entities/coalition.js';
export {
  type DocketCandidate,
  type DocketProposal,
  Dockets,
  type DocketWatch,
  type Heard,
  type HeardDocument,
  type HeardNotice,
  type NewProposal,
} from './dockets.js';
export { type GuideFile, GuideFiles } from './guide-files.js';
export { Health } from './health.js';
export { Idempotency, ReusedKey } from './idempotency.js';
export {
  type ImportAnswer,
  type ImportJoin,
  type ImportPerson,
  type ImportProblem,
  Imports,
} from './imports.js';
export { BadSeal, keyNumber, Keyring, newToken, type Purpose, tokenHash } from './keyring.js';
export { type Limit, Limits, type Taken } from './limits.js';
export { type MergeEffect, Merges } from './merges.js';
export { missingKeys } from './missing-keys.js';
export {
  type ClaimedNotice,
  type Notice,
  type NoticeKind,
  Notices,
  openNotify,
  sealNotify,
  type SettledNotice,
} from './notices.js';
export { type Invited, NextSteps } from './next-steps.js';
export { OptInMails } from './opt-in-mails.js';
export { type Kept, OwnerData } from './owner-data.js';
export { type Pace, Paces } from './paces.js';
export { LEDGER, LedgerModule, PostgresModule, type PostgresSettings } from './postgres.module.js';
export {
  type ClaimedReminder,
  type EndedReminder,
  type PersonalReminder,
  newClaim,
  type ProgressRow,
  Reminders,
  type Settled,
} from './reminders.js';
export { Referrals } from './referrals.js';
export { type Receipt, Receipts } from './receipts.js';
export { type LastTouch, Reports } from './reports.js';
export { type Factors, type Passkey, SecondFactors } from './second-factors.js';
export { type Arrival, type Contacts, type Person, Signups, type SignupView, type Typed } from './signups.js';
export { type SourceAnswer, type SourceHealth, Sources } from './sources.js';
export { type Role, Staff, type StaffKey } from './staff.js';
export { type Sweep, type SweepProgress, Sweeps } from './sweeps.js';
export { type Figures, type Referred, type Step, Tallies, type Tally } from './tallies.js';
export { type KeptText, type SentText, Texts } from './texts.js';
export { Ticks } from './ticks.js';
export { type UnknownText, UnknownTexts } from './unknown-texts.js';
export { type CampaignZone, type Standing, waveName, Waves } from './waves.js';
export { verpAddress, verpOf } from './verp.js';
