import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { API_SETTINGS, type ApiSettings } from '../settings.js';
import { callOf, checkFresh, jsonOf, notSetUp, refused } from './hook.js';
import { Sns } from './sns.js';

const text = z.string().max(2_000);
export const Envelope = z.looseObject({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: text,
  TopicArn: text,
  Message: z.string(),
  Timestamp: text,
  SignatureVersion: z.enum(['1', '2']),
  Signature: text,
  SigningCertURL: text,
  Subject: text.nullish().transform((subject) => subject ?? undefined),
  Token: text.optional(),
  SubscribeURL: text.optional(),
});

/** Only what Amazon SNS has signed, of a topic of ours, passes. */
@Injectable()
export class SesSignature implements CanActivate {
  constructor(
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
    private readonly sns: Sns,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const topics = this.settings.SES_TOPIC_ARN;
    if (!topics) throw notSetUp('Amazon SES', 'SES_TOPIC_ARN');
    const read = Envelope.safeParse(jsonOf(callOf(context).body, 403));
    if (!read.success) throw refused('The body is not a message of Amazon SNS.');
    if (!topics.includes(read.data.TopicArn))
      throw refused(
        'The message is of a topic that is not ours. Add the topic to SES_TOPIC_ARN, or unsubscribe.',
      );
    checkFresh(new Date(read.data.Timestamp));
    await this.sns.verify(read.data);
    return true;
  }
}
