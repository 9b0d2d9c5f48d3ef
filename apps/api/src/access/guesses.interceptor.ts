import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, from, type Observable } from 'rxjs';
import { DataSource } from 'typeorm';
import { Keyring, Limits } from '#postgres';
import { Problem } from '../problems/problem.js';
import { type Caller, callerMetadata } from './access.js';
import { deadLinks, refuseIfFull } from './guesses.js';

/**
 * Whoever tries tokens that are none is stopped for a while, also when one of them is right. Only stopping goes on:
 * mail providers press that button for thousands of people from few addresses.
 */
@Injectable()
export class GuessesInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly db: DataSource,
    private readonly keys: Keyring,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const caller = this.reflector.getAllAndOverride<Caller | undefined>(callerMetadata, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (caller !== 'link') return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const limits = new Limits(this.db.manager, this.keys);
    const limit = [deadLinks(request.ip)];
    const stopping = request.routeOptions.url?.startsWith('/stop');
    if (!stopping) refuseIfFull(reply, await limits.look(limit));
    const count = async (error: unknown): Promise<never> => {
      if (error instanceof Problem && error.getStatus() === 404)
        refuseIfFull(reply, await limits.take(limit));
      throw error;
    };
    return next.handle().pipe(catchError((error) => from(count(error))));
  }
}
