import { retryDelay } from './retry.js';
import { readTwilioReceipt } from './receipt.js';
import { readSmtpReply } from './smtp.js';
import { furtherReceipt, rankReceipt, readTwilioAnswer } from './twilio.js';

describe('an SMTP reply', () => {
  it('tells sent, failed, later and ambiguous apart', () => {
    expect(readSmtpReply({ code: 250, bodyConsumed: true })).toEqual({ outcome: 'sent' });
    expect(readSmtpReply({ code: 550, enhanced: '5.1.1', command: 'RCPT TO', bodyConsumed: false })).toEqual({
      outcome: 'failed',
      reason: 'bad_address',
      suppress: 'hard_bounce',
    });
    expect(readSmtpReply({ code: 552, enhanced: '5.2.2', bodyConsumed: true })).toEqual({
      outcome: 'failed',
      reason: 'mailbox_full',
    });
    expect(readSmtpReply({ code: 550, enhanced: '5.7.515', bodyConsumed: true })).toEqual({
      outcome: 'failed',
      reason: 'policy',
      alert: true,
    });
    expect(readSmtpReply({ code: 421, bodyConsumed: false })).toMatchObject({
      outcome: 'later',
      slowDown: true,
    });
    expect(readSmtpReply({ code: 451, bodyConsumed: true })).toMatchObject({ outcome: 'later' });
    expect(readSmtpReply({ code: 535, command: 'AUTH', bodyConsumed: false })).toMatchObject({
      outcome: 'later',
      alert: true,
    });
    expect(readSmtpReply({ code: 554, command: 'CONN', bodyConsumed: false })).toMatchObject({
      outcome: 'later',
      alert: true,
    });
  });

  it('that never came is ambiguous once the body has left', () => {
    expect(readSmtpReply({ network: 'ECONNREFUSED', bodyConsumed: false })).toMatchObject({
      outcome: 'later',
    });
    expect(readSmtpReply({ network: 'ECONNRESET', bodyConsumed: false })).toMatchObject({ outcome: 'later' });
    expect(readSmtpReply({ network: 'ETIMEDOUT', bodyConsumed: true })).toEqual({ outcome: 'ambiguous' });
  });
});

describe("Twilio's answer", () => {
  it.each([
    [{ status: 201 }, { outcome: 'sent' }],
    [
      { status: 400, code: 21211 },
      { outcome: 'failed', reason: 'bad_address', suppress: 'bad_number' },
    ],
    [
      { status: 400, code: 21610 },
      { outcome: 'failed', reason: 'opted_out', suppress: 'opted_out' },
    ],
    [
      { status: 403, code: 21408 },
      { outcome: 'failed', reason: 'region', alert: true },
    ],
    [{ code: 30034 }, { outcome: 'failed', reason: 'policy', alert: true }],
    [{ code: 30003 }, { outcome: 'failed', reason: 'unreachable' }],
    [
      { status: 429, code: 20429 },
      { outcome: 'later', retryAfterSeconds: 5 },
    ],
    [{ status: 429 }, { outcome: 'later' }],
    [
      { status: 400, code: 30027 },
      { outcome: 'later', retryAfterSeconds: 86_400 },
    ],
    [{ status: 500 }, { outcome: 'ambiguous' }],
    [{ network: 'ECONNREFUSED' }, { outcome: 'later' }],
    [{ network: 'ECONNABORTED' }, { outcome: 'ambiguous' }],
    [{}, { outcome: 'ambiguous' }],
    [
      { status: 400, code: 99999 },
      { outcome: 'failed', reason: 'refused' },
    ],
  ])('%j means %j', (answer, meaning) => expect(readTwilioAnswer(answer)).toMatchObject(meaning));

  it('that comes later says too that a number must not be used again', () => {
    expect(readTwilioReceipt('undelivered', '30006')).toEqual({
      state: 'failed',
      reason: 'landline',
      suppress: 'landline',
    });
    expect(readTwilioReceipt('undelivered', '30003')).toEqual({ state: 'failed', reason: 'unreachable' });
    expect(readTwilioReceipt('failed')).toEqual({ state: 'failed', reason: 'refused' });
    expect(readTwilioReceipt('delivered')).toEqual({ state: 'sent' });
  });

  it('only moves forward', () => {
    expect(furtherReceipt('delivered', 'sent')).toBe('delivered');
    expect(furtherReceipt('sent', 'delivered')).toBe('delivered');
    expect(furtherReceipt(null, 'queued')).toBe('queued');
    expect(rankReceipt('constructor')).toBe(0);
  });
});

it('waits longer each time, up to a quarter of an hour', () => {
  expect([1, 2, 3, 20].map((attempt) => retryDelay(attempt, 0))).toEqual([2.5, 5, 10, 450]);
  expect(retryDelay(1, 0.999)).toBeLessThanOrEqual(5);
  expect(retryDelay(10_000, 0.999)).toBeLessThanOrEqual(900);
});
