import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import statics from '@fastify/static';
import { type DynamicModule, StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { NestLog, openLog } from '#boot';
import { ApiModule } from './api.module.js';
import { Problem } from './problems/problem.js';
import type { ApiSettings } from './settings.js';

const assets = fileURLToPath(new URL('../assets', import.meta.url));

/** The whole api: pages, `/api/v1`, webhooks. @param more modules that join it, such as the sandbox's */
export async function createApi(
  settings: ApiSettings,
  more: DynamicModule[] = [],
  log: Logger = openLog(settings.LOG_LEVEL),
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: 256 * 1024,
    trustProxy: true,
    routerOptions: { maxParamLength: 200 },
  });
  const api = await NestFactory.create<NestFastifyApplication>(ApiModule.with(settings, more), adapter, {
    logger: new NestLog(log),
    abortOnError: false,
  });
  await api.register(cookie);
  await api.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        scriptSrc: ["'self'"],
        connectSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        frameSrc: ["'self'"],
        formAction: ["'self'", 'https:'],
        baseUri: ["'none'"],
        frameAncestors: ["'self'"],
      },
    },
    strictTransportSecurity: settings.PUBLIC_URL.startsWith('https:'),
    referrerPolicy: false,
    crossOriginOpenerPolicy: false,
  });
  await api.register(statics, { root: assets, prefix: '/assets/', maxAge: '1h', index: false });
  const fastify = adapter.getInstance();
  fastify.addHook('preValidation', async (request) => refuseNul(request));
  fastify.addHook('onResponse', async (request, reply) => {
    log.info({
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    });
  });
  api.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: refuseBadParts }));
  describe(api);
  api.enableShutdownHooks();
  return api;
}

function describe(api: NestFastifyApplication): void {
  const document = new DocumentBuilder().setTitle('Drumbeat').setVersion('1').addBearerAuth().build();
  SwaggerModule.setup('openapi', api, () => SwaggerModule.createDocument(api, document), {
    jsonDocumentUrl: 'openapi.json',
    ui: false,
    raw: ['json'],
  });
}

/** Postgres keeps no NUL, and nobody types one. */
async function refuseNul(request: FastifyRequest): Promise<void> {
  const typed = JSON.stringify([request.url, request.body ?? null, request.query ?? null]);
  if (typed.includes('\\u0000') || /%00/.test(request.url)) {
    throw new Problem(
      400,
      'nul',
      'The request holds a character that no text has (NUL). Remove it and send it again.',
    );
  }
}

function refuseBadParts(
  issues: readonly { message: string; path?: readonly unknown[] | undefined }[],
): Problem {
  const parts = issues.map(({ message, path = [] }) => ({
    path: path
      .map((step) => String(typeof step === 'object' && step !== null && 'key' in step ? step.key : step))
      .join('.'),
    message,
  }));
  const first = parts[0];
  return new Problem(
    400,
    'invalid',
    first?.path ? `"${first.path}": ${first.message}` : (first?.message ?? 'The request is not valid.'),
    parts,
  );
}
