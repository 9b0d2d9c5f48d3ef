export { areaZoneOf } from './signup/area.js';
export { contrastWithWhite, isReadableColour, readableColour } from './signup/colour.js';
export { parseEmail } from './signup/email.js';
export type { Email, EmailProblem } from './signup/email.js';
export { maskEmail, maskName, maskPhone } from './signup/mask.js';
export { cleanName } from './signup/name.js';
export type { NameProblem } from './signup/name.js';
export { blockOf, neighboursOf } from './signup/neighbours.js';
export { networkOf } from './signup/network.js';
export { roomForOptIn } from './signup/opt-in-mail.js';
export type { OptInMail } from './signup/opt-in-mail.js';
export { parsePhone, textedCountries } from './signup/phone.js';
export type { Phone, PhoneProblem } from './signup/phone.js';
export { placeOf, smsWindowOf } from './signup/place.js';
export type { Place } from './signup/place.js';
export { parseZip, states } from './signup/zip.js';
export type { ZipPlace, ZipProblem } from './signup/zip.js';

export { mayAnswer, type Said } from './consent/answers.js';
export { hasConsent } from './consent/consent.js';
export type { ConsentAction, ConsentChannel, ConsentEvent, ConsentSource } from './consent/consent.js';
export { findHidden, showHidden } from './consent/hidden.js';
export { readText } from './consent/read.js';
export type { TextMeaning, TextReading } from './consent/read.js';

export { fault, faults, fillFault } from './refuse/faults.js';
export type { Fault, FaultCode, FaultValues } from './refuse/faults.js';

export { isCandidate } from './schedule/candidate.js';
export { checkAlerts, checkKinds, checkLadder, checkSmsHours, mostDays } from './schedule/check.js';
export type { Problem } from './schedule/check.js';
export { deadlineOf, docketZone, instantAt, lastDeadline, wallTimeAt } from './schedule/deadline.js';
export { easternDate, parsePasted, readDocument } from './schedule/document.js';
export type { DocketDocument, Pasted } from './schedule/document.js';
export { expiryOf } from './schedule/fit.js';
export { isFederalHoliday } from './schedule/holidays.js';
export { channels, kindOf, minutesOf, opening } from './schedule/ladder.js';
export type { Audience, Channel, Rung, RungKind, WallTime } from './schedule/ladder.js';
export { hasEnded, takesConfirmations, takesSignups, transition } from './schedule/life.js';
export type { Facts, Refusal, RefusalCode, Status, Verb } from './schedule/life.js';
export { planMoved, planPerson, planRound, refit, startsRound } from './schedule/move.js';
export { readNotice, registerWord } from './schedule/notice.js';
export type { Notice, RegisterWord } from './schedule/notice.js';
export { planNudges, planQuestion } from './schedule/nudge.js';
export type { Nudge } from './schedule/nudge.js';
export { joinsBy, needsLastCall, planLadder, planWaves, spacing } from './schedule/plan.js';
export type { Ladder, PlannedTouch, SkippedTouch, Touch } from './schedule/plan.js';
export {
  sameWall,
  sayDay,
  sayMoment,
  sayMomentShort,
  sayTime,
  sayZone,
  zoneChoices,
} from './schedule/say.js';
export type { Language } from './schedule/say.js';
export { laters, planSnooze, snoozesFor } from './schedule/snooze.js';
export type { Later } from './schedule/snooze.js';
export { stateRows } from './schedule/states.js';
export type { Hours, StateRow } from './schedule/states.js';
export { appliesByItself, isOver, planPolls, sources, weigh } from './schedule/watch.js';
export type { DocumentWord, Finding, Source } from './schedule/watch.js';
export { isOpen, nextOpening, openingAt, windowsFor } from './schedule/windows.js';
export type { ChannelWindows, SmsHours, SmsWindow, Span, Windows } from './schedule/windows.js';
export { daysBetween, isZone, wallClockOf } from './schedule/zone.js';

export { type ReminderKind, reminderKinds } from './dispatch/kinds.js';
export { fitLadder, fitWaves } from './dispatch/fit-ladder.js';
export type { Crowd, RungFit, WaveFit } from './dispatch/fit-ladder.js';
export { mayHandOver, validityOf } from './dispatch/pace.js';

export type { Answer } from './deliver/answer.js';
export { reasonsOfTime } from './deliver/reasons.js';
export type { FailReason, PlanSkipReason, SkipReason, SuppressReason } from './deliver/reasons.js';
export { type Breaker, breakerAfter, breakerAllows, closedBreaker } from './deliver/breaker.js';
export { retryDelay, retryIn } from './deliver/retry.js';
export { sharesOf } from './deliver/share.js';
export { isHardBounce, isSoftBounce, readSmtpReply, softBounceLimit } from './deliver/smtp.js';
export type { SmtpReply } from './deliver/smtp.js';
export { isSpike, spikeHours, spikes } from './deliver/spike.js';
export type { Spike } from './deliver/spike.js';
export { furtherReceipt, rankReceipt, readTwilioAnswer, twilioLimits } from './deliver/twilio.js';
export type { TwilioAnswer } from './deliver/twilio.js';

export { dutiesPhrase, dutiesRoom, lengthOf } from './confirm/duties.js';
export {
  alikeTrackingNumber,
  evidenceOrder,
  parseTrackingNumber,
  strongerEvidence,
} from './confirm/evidence.js';
export type { Evidence } from './confirm/evidence.js';
export { missReasons } from './confirm/miss.js';
export type { Miss, MissReason } from './confirm/miss.js';
export { isConfirmed, outcomeOfDone, outcomesOf } from './confirm/outcome.js';
export type { CampaignKind, Outcome } from './confirm/outcome.js';
export { commentLimit, sizeOfComment } from './confirm/comment-size.js';
export type { CommentSize } from './confirm/comment-size.js';
export { likenessTo, tooLike } from './confirm/likeness.js';
export { openingLine } from './confirm/opening.js';
export { findRefused, withoutRefused } from './confirm/refused.js';
export type { Found } from './confirm/refused.js';
export { findTelling } from './confirm/second-look.js';
export type { Remark } from './confirm/second-look.js';

export { startOfDay } from './count/days.js';
export { publicFigures, publicResult, rateOf } from './count/figures.js';
export type { PublicFigures } from './count/figures.js';
export { shownBrought } from './count/referrals.js';
export type { Brought } from './count/referrals.js';
export { roadTo } from './count/road.js';
export type { Road } from './count/road.js';
export { failOrder, readTwilioReceipt } from './deliver/receipt.js';
export { readMailEvent, reminderOf } from './deliver/bounce.js';
export type { Consequence, MailEvent, MailProvider, ReminderName } from './deliver/bounce.js';
export { isComplaint, readDsn } from './deliver/dsn.js';
export { readMailgun } from './deliver/mailgun.js';
export { readPostmark } from './deliver/postmark.js';
export { readSendgrid } from './deliver/sendgrid.js';
export { readSes } from './deliver/ses.js';
