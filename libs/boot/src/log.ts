import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, pino, type Logger } from 'pino';

/** Nothing that identifies a person is logged; what slips into these places is blanked. */
const redact = {
  paths: [
    'req.headers.authorization',
    'req.headers.cookie',
    'email',
    'phone',
    'name',
    'to',
    'body',
    '*.email',
    '*.phone',
    '*.to',
    '*.body',
  ],
  censor: '[removed]',
};

/** @param to where lines go; left out: to standard output */
export function openLog(level: string, to?: DestinationStream): Logger {
  const options = { level, base: undefined, redact };
  return to ? pino(options, to) : pino(options);
}

/** Nest's own log lines, as JSON. */
export class NestLog implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log(message: unknown, context?: string): void {
    this.pino.debug({ context }, String(message));
  }

  warn(message: unknown, context?: string): void {
    if (typeof message === 'object' && message !== null) this.pino.warn({ context, ...message });
    else this.pino.warn({ context }, String(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (typeof message === 'object' && message !== null) this.pino.error({ context, ...message });
    else this.pino.error({ context }, String(message));
  }
}
