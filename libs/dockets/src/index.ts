export { SourceTrouble, type TroubleKind } from './ask.js';
export { commentedOn, documentIn, documentsIn, noticeIn, noticesIn } from './read.js';
export { FederalRegister, type FederalRegisterSettings } from './federal-register.js';
export { RegulationsGov, type RegulationsGovSettings } from './regulations-gov.js';
