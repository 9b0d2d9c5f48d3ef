import { isComplaint, readDsn } from './dsn.js';

const report = (...recipients: string[]) =>
  ['Reporting-MTA: dns; mx.example.org\nArrival-Date: Mon, 1 Mar 2027 10:00:00 -0500', ...recipients].join(
    '\n\n',
  );

it.each([
  [
    'a bounce',
    'Final-Recipient: rfc822; ana@example.org\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user',
    { kind: 'bounced', enhanced: '5.1.1', code: '550' },
  ],
  [
    'a bounce whose status says nothing and whose diagnostic does, on a line of its own',
    'Action: Failed (expired)\nStatus: 5.0.0 (other)\nDiagnostic-Code: smtp;\n  452-4.2.2 The mailbox is full',
    { kind: 'bounced', enhanced: '4.2.2', code: '452' },
  ],
  ['a delay', 'Action: delayed\nStatus: 4.4.1', { kind: 'deferred', enhanced: '4.4.1' }],
  [
    'a delivery that was asked about',
    'action: DELIVERED\nstatus: 2.0.0',
    { kind: 'delivered', enhanced: '2.0.0' },
  ],
  ['a message passed on', 'Action: relayed\nStatus: 2.0.0', null],
  ['no action', 'Status: 5.1.1', null],
  ['nothing', '', null],
])('reads %s', (_, recipient, said) => {
  expect(readDsn(report(recipient))).toEqual(said);
  expect(readDsn(report(recipient).replaceAll('\n', '\r\n'))).toEqual(said);
});

it('takes the gravest of several recipients', () => {
  const delayed = 'Action: delayed\nStatus: 4.4.1';
  const failed = 'Action: failed\nStatus: 5.2.1';
  for (const order of [
    [delayed, failed],
    [failed, delayed],
  ])
    expect(readDsn(report(...order))).toEqual({ kind: 'bounced', enhanced: '5.2.1' });
});

it('tells a reader’s complaint from other feedback', () => {
  for (const type of ['abuse', 'Fraud', 'opt-out'])
    expect(isComplaint(`Version: 1\r\nFeedback-Type: ${type}\r\n`)).toBe(true);
  for (const type of ['not-spam', 'auth-failure', 'other', ''])
    expect(isComplaint(`Feedback-Type: ${type}`)).toBe(false);
  expect(isComplaint('Version: 1')).toBe(false);
});
