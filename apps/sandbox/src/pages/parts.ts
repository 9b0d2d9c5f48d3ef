import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Docket } from '../docket/docket.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import type { Phones } from '../phones/phones.js';
import type { SandboxClock } from './sandbox-clock.js';

export interface SandboxParts {
  mailbox: Mailbox;
  phones: Phones;
  docket: Docket;
  clock: SandboxClock;
  /** what scripts send as `Authorization: Bearer KEY` */
  key: string;
  /** where a visitor can begin: the sample campaigns' signup pages, the console */
  links: { label: string; href: string }[];
  /** what stands in the address of the page whose button signs in */
  signInToken: string;
  /** Signs the browser in as an administrator. @returns where one goes on: a code may have to follow */
  signIn(request: FastifyRequest, reply: FastifyReply): Promise<string>;
}

/** The parts, and the token that the page carries: random, a new one at each boot. */
export class Desk {
  readonly pageToken = randomBytes(24).toString('base64url');
  constructor(readonly parts: SandboxParts) {}
}
