import { InjectQueue } from '@nestjs/bullmq';
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Queue } from 'bullmq';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Deliver, ExpandWave, QueueLink } from '#queues';
import { Access } from '../access/access.js';
import { Problem, unknown } from '../problems/problem.js';
import { Board, boardFiles } from './board.js';

const Rest = z.string().max(300);
const Asked = z.record(z.string().max(50), z.union([z.string().max(300), z.array(z.string().max(300))]));

/** Bull Board, to look at only: the ledger decides what is sent, and jobs carry ids alone. */
@ApiExcludeController()
@Access('administrator')
@Controller('queues')
export class QueuesController {
  private readonly board: Board;

  constructor(
    @InjectQueue(ExpandWave.queue) dispatch: Queue,
    @InjectQueue(Deliver.queue) deliver: Queue,
    private readonly link: QueueLink,
  ) {
    this.board = new Board([dispatch, deliver], '/queues');
  }

  @Get()
  home(@Res() reply: FastifyReply) {
    return this.show(reply);
  }

  @Get('queue/*')
  queue(@Res() reply: FastifyReply) {
    return this.show(reply);
  }

  @Get('static/*')
  file(@Param('*', { schema: Rest }) rest: string, @Res() reply: FastifyReply) {
    return reply.sendFile(rest, boardFiles);
  }

  @Get('api/*')
  async read(
    @Param('*', { schema: Rest }) rest: string,
    @Query({ schema: Asked }) query: z.infer<typeof Asked>,
    @Res() reply: FastifyReply,
  ) {
    const [trouble] = await this.link.troubles();
    if (trouble) throw new Problem(503, trouble.code, trouble.detail);
    const answer = await this.board.read(`/api/${rest}`, query);
    if (!answer) throw unknown('route');
    return reply.status(answer.status).header('cache-control', 'no-store').send(answer.body);
  }

  private show(reply: FastifyReply) {
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(this.board.page);
  }
}
