import { HttpException } from '@nestjs/common';
import { type Fault, type FaultCode, type FaultValues, fault } from '#domain';

/** What was wrong with one part of a request; its code says it on pages in other languages. */
export type BadPart = { path: string; message: string } & Partial<Fault>;
export type WrongPart = Fault & { path: string };

export const bad = (path: string, code: FaultCode, values?: FaultValues): WrongPart => ({
  path,
  ...fault(code, values),
});

/** A refusal that names the thing, the bad part and the next step (RFC 9457 when it leaves as JSON). */
export class Problem extends HttpException {
  constructor(
    status: number,
    /** A word for programs: `campaign_unknown`. */
    readonly code: string,
    readonly detail: string,
    readonly parts: BadPart[] = [],
    /** What a page can show or offer besides: a name that is free, who was faster. */
    readonly more: Record<string, unknown> = {},
  ) {
    super(detail, status);
  }
}

export const unknown = (thing: string) =>
  new Problem(404, `${thing}_unknown`, `There is no such ${thing} here. Check the address or the id.`);
