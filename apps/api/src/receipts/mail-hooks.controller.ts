import { Body, Controller, HttpCode, Logger, Post, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { readMailgun, readPostmark, readSendgrid, readSes } from '#domain';
import { Access } from '../access/access.js';
import { jsonOf } from './hook.js';
import { MailgunSignature, Signed } from './mailgun.signature.js';
import { PostmarkSignature } from './postmark.signature.js';
import { ReceiptsService } from './receipts.service.js';
import { SendgridSignature } from './sendgrid.signature.js';
import { Envelope, SesSignature } from './ses.signature.js';
import { Sns } from './sns.js';

const Raw = z.instanceof(Buffer);

/** Bounces, complaints and deliveries, as mail providers tell them. What passes a guard here is its provider's own word. */
@ApiExcludeController()
@Access('provider')
@Controller('hooks')
export class MailHooksController {
  private readonly log = new Logger(MailHooksController.name);

  constructor(
    private readonly receipts: ReceiptsService,
    private readonly sns: Sns,
  ) {}

  @Post('ses')
  @HttpCode(200)
  @UseGuards(SesSignature)
  async ses(@Body({ schema: Raw }) body: Buffer): Promise<void> {
    const envelope = Envelope.parse(jsonOf(body, 400));
    if (envelope.Type === 'SubscriptionConfirmation') return this.sns.subscribe(envelope);
    if (envelope.Type === 'UnsubscribeConfirmation') {
      this.log.warn(
        'Amazon SNS has ended a subscription: bounces and complaints do not come any more. Subscribe /hooks/ses again',
      );
      return;
    }
    const events = readSes(messageOf(envelope.Message));
    await this.receipts.takeMail('ses', body, events, envelope.MessageId);
  }

  @Post('sendgrid')
  @HttpCode(200)
  @UseGuards(SendgridSignature)
  async sendgrid(@Body({ schema: Raw }) body: Buffer): Promise<void> {
    await this.receipts.takeMail('sendgrid', body, readSendgrid(jsonOf(body, 400)));
  }

  @Post('mailgun')
  @HttpCode(200)
  @UseGuards(MailgunSignature)
  async mailgun(@Body({ schema: Raw }) body: Buffer): Promise<void> {
    const json = jsonOf(body, 400);
    await this.receipts.takeMail('mailgun', body, readMailgun(json), Signed.parse(json).signature.token);
  }

  @Post('postmark')
  @HttpCode(200)
  @UseGuards(PostmarkSignature)
  async postmark(@Body({ schema: Raw }) body: Buffer): Promise<void> {
    await this.receipts.takeMail('postmark', body, readPostmark(jsonOf(body, 400)));
  }
}

/** SES sends JSON; SNS itself says a plain sentence now and then, which is about no message. */
function messageOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
