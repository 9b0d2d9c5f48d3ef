import { Body, Controller, Header, HttpCode, Post, Query, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { readTwilioReceipt, type SuppressReason } from '#domain';
import { Consents, Keyring, Reminders } from '#postgres';
import { Access } from '../access/access.js';
import { InboundService } from './inbound.service.js';
import { TwilioSignature } from './twilio.signature.js';

const Status = z.looseObject({
  MessageSid: z.string().max(64),
  MessageStatus: z.string().max(32),
  ErrorCode: z.string().max(8).optional(),
});
const Text = z.looseObject({
  MessageSid: z.string().max(64),
  From: z.string().max(32),
  Body: z.string().max(2_000).default(''),
  OptOutType: z.enum(['STOP', 'START', 'HELP']).optional(),
});
/** Which reminder a status is about: `campaignId.id`, as the hand-over asked for. */
const Reference = z
  .string()
  .regex(/^[0-9a-f-]{36}\.\d{1,18}$/)
  .transform((text) => ({ campaignId: text.slice(0, 36), id: text.slice(37) }));

@ApiExcludeController()
@Access('provider')
@UseGuards(TwilioSignature)
@Controller('hooks/twilio')
export class TwilioController {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly inbound: InboundService,
  ) {}

  @Post('status')
  @HttpCode(204)
  async status(
    @Body({ schema: Status }) status: z.infer<typeof Status>,
    @Query('r', { schema: Reference }) reference: z.infer<typeof Reference>,
  ): Promise<void> {
    const { suppress, ...read } = readTwilioReceipt(status.MessageStatus, status.ErrorCode);
    await this.db.transaction(async (db) => {
      const ours = await new Reminders(db).receive(
        'twilio',
        {
          providerId: status.MessageSid,
          status: status.MessageStatus,
          code: status.ErrorCode,
          ...read,
        },
        reference,
      );
      if (ours && suppress) await this.suppress(db, reference, suppress);
    });
  }

  /** Answered with empty TwiML: our replies are rows of the ledger like every other message. */
  @Post('inbound')
  @HttpCode(200)
  @Header('content-type', 'text/xml')
  async text(@Body({ schema: Text }) text: z.infer<typeof Text>): Promise<string> {
    await this.inbound.receive(text);
    return '<?xml version="1.0" encoding="UTF-8"?><Response/>';
  }

  /** The phone that a reminder went to is not written to again. */
  private async suppress(
    db: EntityManager,
    { campaignId, id }: z.infer<typeof Reference>,
    reason: SuppressReason,
  ): Promise<void> {
    const [reminder] = await db.query<{ phoneKey: string }[]>(
      `select phone_key as "phoneKey" from reminders where campaign_id = $1 and id = $2 and channel = 'sms'`,
      [campaignId, id],
    );
    if (reminder) await new Consents(db, this.keys).suppress(reminder.phoneKey, 'sms', reason, 'provider');
  }
}
