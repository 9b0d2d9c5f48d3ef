import { STATUS_CODES } from 'node:http';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createElement } from 'react';
import { ReusedKey } from '#postgres';
import { type ProblemKind, ProblemPage } from '../layout/problem.page.js';
import { sendPage } from '../layout/send.js';
import { frameOf } from '../layout/view.js';
import { Problem } from './problem.js';

/** The one place where an error becomes an answer: problem+json for programs, a page for people. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = this.problemOf(error, request);
    const status = problem.getStatus();
    if (wantsPage(request)) {
      const kind = problem.code === 'second_factor' ? problem.code : kindOf(status);
      void sendPage(
        reply,
        createElement(ProblemPage, {
          frame: frameOf(request),
          kind,
          nextHref: nextHrefs[kind] ?? null,
          reference: request.id,
        }),
        status,
      );
      return;
    }
    void reply
      .status(status)
      .type('application/problem+json')
      .send({
        type: 'about:blank',
        title: STATUS_CODES[status],
        status,
        code: problem.code,
        detail: problem.detail,
        ...(problem.parts.length > 0 && { errors: problem.parts }),
        ...problem.more,
      });
  }

  private problemOf(error: unknown, request: FastifyRequest): Problem {
    if (error instanceof Problem) return error;
    if (error instanceof ReusedKey) return new Problem(422, 'idempotency_key', error.message);
    const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
    if (status < 500)
      return new Problem(
        status,
        codes[status] ?? 'refused',
        details[status] ??
          (error instanceof HttpException ? error.message : 'The request was not understood.'),
      );
    this.log.error({
      msg: 'A request failed for a fault of ours: look at where it broke',
      route: request.routeOptions.url,
      ...traceOf(error),
    });
    return new Problem(
      500,
      'unexpected',
      'Something went wrong on our side. Nothing was recorded; please try again.',
    );
  }
}

/** Where it broke and of what kind. Not its message: Postgres and JSON quote the value that they stumble over. */
function traceOf(error: unknown) {
  const { name, stack } = error instanceof Error ? error : new Error('unknown');
  const { code, constraint } = error as { code?: string; constraint?: string };
  const frames = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { error: name, code, constraint, stack: frames.join('\n') };
}

const codes: Record<number, string> = {
  400: 'bad_request',
  404: 'unknown',
  405: 'method',
  409: 'conflict',
  413: 'too_large',
  415: 'media_type',
  429: 'too_many',
};
const details: Record<number, string> = {
  400: 'The request could not be read. Check its form and send it again.',
  404: 'There is nothing at this address.',
  413: 'This is more than we take at once. Shorten it and send it again.',
  415: 'Send JSON or an ordinary form.',
  429: 'That was a lot at once. Wait a minute and try again.',
};

const statusOf = (error: unknown) =>
  typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : 500;

const pageStatuses: readonly number[] = [400, 401, 403, 404, 409, 410, 413, 429, 500] satisfies ProblemKind[];
const kindOf = (status: number) =>
  (pageStatuses.includes(status) ? status : status < 500 ? 400 : 500) as ProblemKind;
const nextHrefs: Partial<Record<ProblemKind, string>> = {
  401: '/console/sign-in',
  second_factor: '/console',
};

const wantsPage = (request: FastifyRequest) =>
  !/^\/(api|hooks|sandbox|health|metrics|queues\/api|openapi)/.test(request.url) &&
  !/application\/(problem\+)?json/.test(request.headers.accept ?? '');
