import { ApiExcludeController } from '@nestjs/swagger';
import { Access } from '../../../api/src/access/access.js';
import {
  BadGatewayException,
  BadRequestException,
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Inject,
  NotFoundException,
  Param,
  Post,
  Query,
  UseGuards,
} from '@nestjs/common';
import { z } from 'zod';
import type { KeptMail } from '../mailbox/mailbox.js';
import type { TextMessage } from '../phones/text-message.js';
import { SandboxAccess } from './access.guard.js';
import { Desk, type SandboxParts } from './parts.js';

const NewText = z.strictObject({
  from: z.string().regex(/^\+[1-9]\d{7,14}$/, 'Write the number like +15551234567.'),
  body: z.string().min(1).max(1600),
});
const DocketChange = z.union([
  z.strictObject({ closesOn: z.iso.date(), everywhere: z.boolean().default(true) }),
  z.strictObject({ withdrawn: z.boolean() }),
]);
const Move = z.strictObject({ to: z.union([z.literal('next'), z.iso.datetime({ offset: true })]) });
const Shown = z.object({ find: z.string().max(200).optional() });

const shownMail = 300;
const shownTexts = 600;

/** What was sent, as JSON, and what a visitor can do: text back, move the clock, and be the agency whose docket it is. */
@ApiExcludeController()
@Access('public')
@Controller('sandbox')
@UseGuards(SandboxAccess)
export class DeskController {
  private readonly parts: SandboxParts;

  constructor(@Inject(Desk) desk: Desk) {
    this.parts = desk.parts;
  }

  /** Every message to a supporter, newest last. `at` is the campaign's clock. */
  @Get('messages')
  @Header('cache-control', 'no-store')
  async messages() {
    const { mailbox, phones } = this.parts;
    const mail = await Promise.all(
      mailbox.list().map(async (kept) => ({ kept, letter: await mailbox.read(kept.id) })),
    );
    const emails = mail.flatMap(({ kept: { id, at, arrivedAt, envelope }, letter }) =>
      envelope.to.map((to) => ({
        order: arrivedAt.getTime(),
        item: {
          ...{ id, channel: 'email' as const, to, at: at.toISOString() },
          ...{ subject: letter?.subject, text: letter?.text ?? '', html: letter?.html },
          headers: byName(letter?.headers ?? []),
        },
      })),
    );
    const texts = phones
      .list()
      .filter(({ direction }) => direction !== 'inbound')
      .map(({ sid, to, at, createdAt, body }) => ({
        order: Date.parse(createdAt),
        item: { id: sid, channel: 'sms' as const, to, at, text: body },
      }));
    return { items: [...emails, ...texts].sort((a, b) => a.order - b.order).map(({ item }) => item) };
  }

  /** What the page shows: the newest, without bodies of mail. */
  @Get('desk')
  @Header('cache-control', 'no-store')
  async desk(@Query({ schema: Shown }) { find = '' }: z.infer<typeof Shown>) {
    const { mailbox, phones, clock } = this.parts;
    const wanted = find.trim().toLowerCase();
    const mail = mailbox
      .list()
      .filter(({ envelope }) => envelope.to.some((to) => to.toLowerCase().includes(wanted)))
      .slice(-shownMail);
    const texts = phones
      .list()
      .filter((text) => wanted === '' || theirs(text).includes(wanted))
      .slice(-shownTexts);
    const [now, next] = await Promise.all([clock.now(), clock.next()]);
    return {
      now: now.toISOString(),
      realNow: new Date().toISOString(),
      next: next?.toISOString() ?? null,
      docket: this.docketNow(),
      mail: await Promise.all(mail.map((kept) => this.row(kept))),
      texts: texts.map((text) => ({
        ...{ id: text.sid, phone: theirs(text), at: text.at, body: text.body, status: text.status },
        inbound: text.direction === 'inbound',
      })),
    };
  }

  @Get('mail/:id')
  @Header('cache-control', 'no-store')
  async letter(@Param('id', { schema: z.uuid() }) id: string) {
    const kept = this.parts.mailbox.find(id);
    const letter = await this.parts.mailbox.read(id);
    if (!kept || !letter)
      throw new NotFoundException('This message is no longer kept: the mailbox holds the newest ones.');
    const { html, ...rest } = letter;
    return { id, at: kept.at.toISOString(), ...rest, hasHtml: html !== undefined };
  }

  @Post('texts')
  @HttpCode(200)
  async text(@Body({ schema: NewText }) { from, body }: z.infer<typeof NewText>) {
    const { sid, answer } = await this.parts.phones.text(from, body);
    if (answer.status < 200 || answer.status > 299) {
      throw new BadGatewayException(
        `The text was sent, but the inbound webhook answered ${answer.status || 'nothing'}: look at the log of the api.`,
      );
    }
    return { id: sid };
  }

  @Post('clock')
  @HttpCode(200)
  async move(@Body({ schema: Move }) { to }: z.infer<typeof Move>) {
    const { clock } = this.parts;
    if (to !== 'next' && new Date(to) < (await clock.now())) {
      throw new BadRequestException(`The clock only goes forward: ${to} has passed.`);
    }
    const now = await clock.moveTo(to === 'next' ? 'next' : new Date(to));
    return { now: now.toISOString() };
  }

  /** The agency moves the end of its comment period, withdraws the document or brings it back. */
  @Post('docket')
  @HttpCode(200)
  async docket(@Body({ schema: DocketChange }) change: z.infer<typeof DocketChange>) {
    const { docket } = this.parts;
    if ('withdrawn' in change) docket.withdraw(change.withdrawn);
    else await docket.move(change);
    return this.docketNow();
  }

  private docketNow() {
    const { documentId, title, closesOn, withdrawn, notices } = this.parts.docket.state;
    return {
      ...{ documentId, title, closesOn, withdrawn },
      notices: notices.map((notice) => ({
        number: notice.document_number,
        action: (notice['action'] as string | undefined) ?? 'Notice; request for comments.',
        publishedOn: notice['publication_date'] as string,
        closesOn: notice['comments_close_on'] as string,
      })),
    };
  }

  private async row({ id, at, envelope }: KeptMail) {
    return {
      id,
      at: at.toISOString(),
      to: envelope.to,
      subject: (await this.parts.mailbox.subject(id)) ?? '',
    };
  }
}

/** The supporter's number, whichever way the text went. */
const theirs = ({ direction, from, to }: TextMessage): string =>
  direction === 'inbound' ? (from ?? '') : to;

/** By the name as it came; of a name that occurs twice, both values, each on a line. */
function byName(headers: { name: string; value: string }[]): Record<string, string> {
  const all: Record<string, string> = {};
  for (const { name, value } of headers) all[name] = name in all ? `${all[name]}\n${value}` : value;
  return all;
}
