export { SourceTrouble, type TroubleKind } from './ask.js';
export {
  commentedOn,
  commentsIn,
  documentIn,
  documentsIn,
  noticeIn,
  noticesIn,
  objectIdIn,
  trackingNumberIn,
} from './read.js';
export { FederalRegister, type FederalRegisterSettings } from './federal-register.js';
export { RegulationsGov, type RegulationsGovSettings } from './regulations-gov.js';
