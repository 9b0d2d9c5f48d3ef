import { enhancedIn, type MailEvent, readMailEvent, reminderOf } from './bounce.js';
import { readMailgun } from './mailgun.js';
import { readPostmark } from './postmark.js';
import { readSendgrid } from './sendgrid.js';
import { readSes } from './ses.js';

const campaignId = '0b6fbb5e-3a1c-4c38-9c4e-6f7d2f6a1f10';
const messageId = `<42.${campaignId}@mail.example.org>`;
const reminder = { campaignId, id: '42' };
const to = 'ana@example.org';

describe('an event of a mail provider', () => {
  it.each<[string, MailEvent[], object]>([
    [
      'SES, a notification without a word on which code',
      readSes({
        notificationType: 'Bounce',
        bounce: { bounceType: 'Transient', feedbackId: 'f1', bouncedRecipients: [{ emailAddress: to }] },
        mail: { messageId: 'm1', commonHeaders: { messageId } },
      }),
      { providerId: 'f1', kind: 'bounced', lasting: false, reminder, messageId, recipient: to },
    ],
    [
      'SES, a published event with the headers as a list',
      readSes({
        eventType: 'Delivery',
        mail: { messageId: 'm1', headers: [{ name: 'MESSAGE-ID', value: messageId }] },
      }),
      { providerId: 'm1', kind: 'delivered', reminder, messageId },
    ],
    [
      'SES, of a delay',
      readSes({
        eventType: 'DeliveryDelay',
        deliveryDelay: { delayType: 'MailboxFull' },
        mail: { messageId: 'm1' },
      }),
      { providerId: 'm1', kind: 'deferred', code: 'MailboxFull' },
    ],
    [
      'SendGrid, a bounce whose reason is more exact than its status',
      readSendgrid([
        {
          event: 'bounce',
          type: 'bounce',
          status: '5.0.0',
          reason: '550 5.1.10 no such user',
          sg_event_id: 'e1',
          'smtp-id': messageId,
          email: to,
        },
      ]),
      {
        providerId: 'e1',
        kind: 'bounced',
        enhanced: '5.1.10',
        code: 'bounce',
        reminder,
        messageId,
        recipient: to,
      },
    ],
    [
      'SendGrid, what it drops because it bounced before',
      readSendgrid([{ event: 'dropped', reason: 'Bounced Address', sg_event_id: 'e2', email: to }]),
      { providerId: 'e2', kind: 'bounced', lasting: true, recipient: to },
    ],
    [
      'Mailgun, a permanent failure',
      readMailgun({
        'event-data': {
          id: 'g1',
          event: 'failed',
          severity: 'permanent',
          reason: 'bounce',
          recipient: to,
          'delivery-status': { code: 550, 'enhanced-code': '5.1.1', message: 'x' },
          message: { headers: { 'message-id': messageId.slice(1, -1) } },
        },
      }),
      {
        providerId: 'g1',
        kind: 'bounced',
        enhanced: '5.1.1',
        code: '550',
        lasting: true,
        reminder,
        messageId,
        recipient: to,
      },
    ],
    [
      'Mailgun, a failure that it tries to mend',
      readMailgun({
        'event-data': { id: 'g2', event: 'failed', severity: 'temporary', 'delivery-status': { code: 421 } },
      }),
      { providerId: 'g2', kind: 'deferred', code: '421' },
    ],
    [
      'Postmark, a complaint about a message that names its reminder',
      readPostmark({
        RecordType: 'SpamComplaint',
        Type: 'SpamComplaint',
        ID: 7,
        Email: to,
        Metadata: { reminder: `42.${campaignId}` },
      }),
      { providerId: '7', kind: 'complained', code: 'SpamComplaint', reminder, recipient: to },
    ],
    [
      'Postmark, a delivery',
      readPostmark({ RecordType: 'Delivery', MessageID: 'aa-bb', Recipient: to }),
      { providerId: 'aa-bb', kind: 'delivered', recipient: to },
    ],
  ])('is read: %s', (_, events, event) => {
    expect(events).toEqual([{ provider: events[0]?.provider, ...event }]);
  });

  it('that makes no sense is none, and harms nobody', () => {
    const read = [readSes, readSendgrid, readMailgun, readPostmark];
    const nonsense = [
      null,
      0,
      'x',
      [],
      {},
      [null],
      [[[]]],
      { event: 'bounce' },
      { event: ['bounce'], sg_event_id: {} },
      { 'event-data': { event: 'failed', severity: 'permanent', id: 'x'.repeat(5_000) } },
      { RecordType: 'constructor', ID: 1 },
      { notificationType: 'toString', mail: { messageId: 'm' } },
      { notificationType: 'Bounce', bounce: { bouncedRecipients: 'all' }, mail: 7 },
      { RecordType: 'Bounce', Type: 'HardBounce', ID: '\u0000' },
      { RecordType: 'Bounce', Type: 'HardBounce', ID: '\ud800' },
    ];
    for (const reader of read) for (const one of nonsense) expect(reader(one)).toEqual([]);
  });

  it.each<[Partial<MailEvent>, object]>([
    [{ kind: 'delivered' }, { state: 'sent' }],
    [{ kind: 'deferred', enhanced: '4.4.1' }, { state: null }],
    [{ kind: 'complained' }, { state: 'sent', suppress: 'complaint' }],
    ...['5.1.1', '5.1.2', '5.1.10', '5.2.1'].map(
      (enhanced) =>
        [{ enhanced }, { state: 'failed', reason: 'bad_address', suppress: 'hard_bounce' }] as [
          object,
          object,
        ],
    ),
    ...['4.2.2', '4.4.7', '5.2.2'].map(
      (enhanced) =>
        [
          { enhanced, lasting: true },
          { state: 'failed', reason: 'mailbox_full', soft: true },
        ] as [object, object],
    ),
    ...['5.7.1', '5.7.515', '4.7.0'].map(
      (enhanced) =>
        [
          { enhanced, lasting: true },
          { state: 'failed', reason: 'policy', alert: true },
        ] as [object, object],
    ),
    [
      { enhanced: '5.0.0', lasting: true },
      { state: 'failed', reason: 'bad_address', suppress: 'hard_bounce' },
    ],
    [
      { enhanced: '5.3.4', lasting: true },
      { state: 'failed', reason: 'refused' },
    ],
    [{ lasting: false }, { state: 'failed', reason: 'mailbox_full', soft: true }],
    [{}, { state: 'failed', reason: 'refused' }],
  ])('%j means %j', (event, meaning) => {
    expect(readMailEvent({ provider: 'ses', providerId: '1', kind: 'bounced', ...event })).toEqual(meaning);
  });
});

it('finds our reminder in a Message-ID of ours alone', () => {
  expect(reminderOf(messageId)).toEqual(reminder);
  expect(reminderOf(`42.${campaignId}`)).toEqual(reminder);
  for (const other of [
    undefined,
    '',
    '<42@x.example>',
    `<x${messageId}`,
    `${messageId}>`,
    `<-1.${campaignId}@x>`,
    `<42.${campaignId}x@y>`,
  ])
    expect(reminderOf(other)).toBeUndefined();
});

it('finds an enhanced code among a host’s words, and no address of a machine', () => {
  expect(enhancedIn('smtp; 550-5.1.1 The email account does not exist')).toBe('5.1.1');
  expect(enhancedIn('550 relay 5.1.1.9 refused')).toBeUndefined();
  expect(enhancedIn('connected to 74.125.1.27: 452-4.2.2 full')).toBe('4.2.2');
  expect(enhancedIn(undefined)).toBeUndefined();
});
