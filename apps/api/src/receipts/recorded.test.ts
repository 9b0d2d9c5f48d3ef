import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readSettings, Settings } from '#boot';
import { readMailEvent, readPostmark, readSendgrid, readSes } from '#domain';
import { signedBySendgrid } from './sendgrid.signature.js';

const folder = process.env['RECORDED_DIR'];
(folder ? describe : describe.skip)('what providers really sent (RECORDED_DIR)', () => {
  const recorded = (name: string): unknown => JSON.parse(readFileSync(path.join(folder!, name), 'utf8'));

  it('SES: a permanent bounce of another sender’s message', () => {
    const [event, ...more] = readSes(recorded('ses-bounce-permanent.json'));
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      kind: 'bounced',
      enhanced: '5.1.1',
      lasting: true,
      recipient: 'joe.doe@example.com',
    });
    expect(event).not.toHaveProperty('reminder');
    expect(readMailEvent(event!)).toMatchObject({ suppress: 'hard_bounce' });
  });

  it('SES: a complaint', () => {
    const [event, ...more] = readSes(recorded('ses-complaint.json'));
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      providerId: expect.stringContaining('000001378603177f-18c07c78') as unknown,
      kind: 'complained',
      code: 'abuse',
      recipient: 'recipient1@example.com',
    });
  });

  it('Postmark: a hard bounce', () => {
    const [event, ...more] = readPostmark(recorded('postmark-bounce.json'));
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      providerId: '42',
      kind: 'bounced',
      lasting: true,
      recipient: 'john@example.com',
    });
    expect(readMailEvent(event!)).toMatchObject({ suppress: 'hard_bounce' });
  });

  it('SendGrid: a signature that holds, and not for another moment or other words', () => {
    const { publicKey, headers, rawBody } = recorded('sendgrid-signed-event.json') as {
      publicKey: string;
      headers: Record<string, string>;
      rawBody: string;
    };
    const { SENDGRID_WEBHOOK_KEY: key } = readSettings(Settings.pick({ SENDGRID_WEBHOOK_KEY: true }), {
      SENDGRID_WEBHOOK_KEY: publicKey,
    });
    const signature = headers['X-Twilio-Email-Event-Webhook-Signature']!;
    const timestamp = headers['X-Twilio-Email-Event-Webhook-Timestamp']!;
    const holds = (at: string, body: string) => signedBySendgrid(key!, at, Buffer.from(body), signature);
    expect(holds(timestamp, rawBody)).toBe(true);
    expect(holds(`${timestamp}0`, rawBody)).toBe(false);
    expect(holds(timestamp, rawBody.replace('test_event', 'bounce'))).toBe(false);
    expect(readSendgrid(JSON.parse(rawBody))).toEqual([]);
  });
});
