import { Body, Controller, Header, HttpCode, Post, Query, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import twilio from 'twilio';
import { z } from 'zod';
import { Access } from '../access/access.js';
import { InboundService } from './inbound.service.js';
import { ReceiptsService } from './receipts.service.js';
import { TwilioSignature } from './twilio.signature.js';

const Status = z.looseObject({
  MessageSid: z.string().max(64),
  MessageStatus: z.string().max(32),
  ErrorCode: z.string().max(8).optional(),
});
const Text = z.looseObject({
  MessageSid: z.string().max(64),
  From: z.string().max(32),
  To: z.string().max(32).optional(),
  /** 1,600 characters; an emoji is two to JavaScript. */
  Body: z.string().max(4_000).default(''),
  NumMedia: z.coerce.number().int().min(0).max(100).catch(0),
  /** A word of Twilio's that we do not know yet must not cost us a STOP. */
  OptOutType: z.enum(['STOP', 'START', 'HELP']).optional().catch(undefined),
});
/** Which reminder a status is about: `campaignId.id`, as the hand-over asked for. */
const Reference = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.\d{1,18}$/)
  .transform((text) => ({ campaignId: text.slice(0, 36), id: text.slice(37) }));

@ApiExcludeController()
@Access('provider')
@UseGuards(TwilioSignature)
@Controller('hooks/twilio')
export class TwilioController {
  constructor(
    private readonly receipts: ReceiptsService,
    private readonly inbound: InboundService,
  ) {}

  @Post('status')
  @HttpCode(204)
  async status(
    @Body({ schema: Status }) status: z.infer<typeof Status>,
    @Query('r', { schema: Reference }) reference: z.infer<typeof Reference>,
  ): Promise<void> {
    await this.receipts.takeText(status, reference);
  }

  /** Answered with empty TwiML, since our replies are rows of the ledger; only a stranger's is said here. */
  @Post('inbound')
  @HttpCode(200)
  @Header('content-type', 'text/xml')
  async text(@Body({ schema: Text }) text: z.infer<typeof Text>): Promise<string> {
    const words = await this.inbound.receive(text);
    const answer = new twilio.twiml.MessagingResponse();
    if (words) answer.message(words);
    return answer.toString();
  }
}
