export { SourceTrouble, type TroubleKind } from './ask.js';
export { FederalRegister, type FederalRegisterSettings } from './federal-register.js';
export { RegulationsGov, type RegulationsGovSettings } from './regulations-gov.js';
