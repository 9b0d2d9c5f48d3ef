export { areaZoneOf } from './signup/area.js';
export { parseEmail } from './signup/email.js';
export type { Email, EmailProblem } from './signup/email.js';
export { maskEmail, maskName, maskPhone } from './signup/mask.js';
export { cleanName } from './signup/name.js';
export type { NameProblem } from './signup/name.js';
export { parsePhone, textedCountries } from './signup/phone.js';
export type { Phone, PhoneProblem } from './signup/phone.js';
export { placeOf, smsWindowOf } from './signup/place.js';
export type { Place } from './signup/place.js';
export { parseZip } from './signup/zip.js';
export type { ZipPlace, ZipProblem } from './signup/zip.js';

export { hasConsent } from './consent/consent.js';
export type { ConsentAction, ConsentChannel, ConsentEvent, ConsentSource } from './consent/consent.js';
export { readText } from './consent/read.js';
export type { TextMeaning, TextReading } from './consent/read.js';

export { checkLadder } from './schedule/check.js';
export type { Problem } from './schedule/check.js';
export { deadlineOf, docketZone, lastDeadline } from './schedule/deadline.js';
export { expiryOf } from './schedule/fit.js';
export { isFederalHoliday } from './schedule/holidays.js';
export { channels, kindOf, minutesOf } from './schedule/ladder.js';
export type { Audience, Channel, Rung, RungKind, WallTime } from './schedule/ladder.js';
export { takesConfirmations, takesSignups, transition } from './schedule/life.js';
export type { Facts, Refusal, RefusalCode, Status, Verb } from './schedule/life.js';
export { planMoved, startsRound } from './schedule/move.js';
export { planNudges, planQuestion } from './schedule/nudge.js';
export type { Nudge } from './schedule/nudge.js';
export { joinsBy, needsLastCall, planLadder, planLastCall, planWaves, spacing } from './schedule/plan.js';
export type { Ladder, PlannedTouch, SkippedTouch, Touch } from './schedule/plan.js';
export { sameWall, sayDay, sayMoment, sayMomentShort, sayTime, sayZone } from './schedule/say.js';
export type { Language } from './schedule/say.js';
export { stateRows } from './schedule/states.js';
export type { Hours, StateRow } from './schedule/states.js';
export { isOpen, nextOpening, openingAt, windowsFor } from './schedule/windows.js';
export type { ChannelWindows, SmsHours, SmsWindow, Span, Windows } from './schedule/windows.js';
export { isZone } from './schedule/zone.js';

export { fitPace, mayHandOver, validityOf } from './dispatch/pace.js';
export type { Fit } from './dispatch/pace.js';

export type { Answer } from './deliver/answer.js';
export { reasonsOfTime } from './deliver/reasons.js';
export type { FailReason, PlanSkipReason, SkipReason, SuppressReason } from './deliver/reasons.js';
export { retryDelay } from './deliver/retry.js';
export { isHardBounce, isSoftBounce, readSmtpReply, softBounceLimit } from './deliver/smtp.js';
export type { SmtpReply } from './deliver/smtp.js';
export { furtherReceipt, rankReceipt, readTwilioAnswer, twilioLimits } from './deliver/twilio.js';
export type { TwilioAnswer } from './deliver/twilio.js';

export { evidenceOrder, parseTrackingNumber, strongerEvidence } from './confirm/evidence.js';
export type { Evidence } from './confirm/evidence.js';
export { isConfirmed, outcomeOfDone, outcomesOf } from './confirm/outcome.js';
export type { CampaignKind, Outcome } from './confirm/outcome.js';

export { publicFigures, rateOf, roadTo } from './count/figures.js';
export type { PublicFigures } from './count/figures.js';
export { readTwilioReceipt } from './deliver/receipt.js';
