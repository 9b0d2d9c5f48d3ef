import 'reflect-metadata';
import { existsSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import statics from '@fastify/static';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { NestLog, openLog } from '#boot';
import { ApiModule } from './api.module.js';
import { evenOut } from './access/even-out.js';
import { consoleFolder } from './console/console.controller.js';
import { ApiMetrics } from './metrics/api-metrics.js';
import { drainAtClose } from './drain.js';
import { sendChanges } from './unchanged.js';
import { Problem } from './problems/problem.js';
import { ValidationPipe } from './problems/validation.pipe.js';
import { keepRaw } from './receipts/raw-body.js';
import type { ApiSettings } from './settings.js';
import { holdPart, takeUploads } from './signup/uploads.js';

/** What pages load: what is written by hand, and what `npm run build` made of their scripts, beside us or in `dist`. */
const assets = ['../assets', '../scripts', '../../../dist/apps/api/scripts']
  .map((folder) => fileURLToPath(new URL(folder, import.meta.url)))
  .filter(existsSync);

/** The whole api: pages, `/api/v1`, webhooks. @param more modules that join it, such as the sandbox's */
export async function createApi(
  settings: ApiSettings,
  more: DynamicModule[] = [],
  log: Logger = openLog(settings.LOG_LEVEL),
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: 256 * 1024,
    trustProxy: settings.TRUST_PROXY,
    // Longer than any address that Node takes in, so that our own checks answer and not the router.
    routerOptions: { maxParamLength: 100_000 },
    rewriteUrl: ({ url }: IncomingMessage) => readable(url ?? '/'),
  });
  const api = await NestFactory.create<NestFastifyApplication>(ApiModule.with(settings, more), adapter, {
    logger: new NestLog(log),
    abortOnError: false,
  });
  await api.register(cookie);
  // Mail apps may press the unsubscribe button in either form (RFC 8058, 3.1).
  await api.register(multipart, {
    attachFieldsToBody: 'keyValues',
    onFile: holdPart,
    limits: { files: 0, fields: 20, fieldSize: 10_000 },
  });
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
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: false,
  });
  await api.register(statics, { root: assets, prefix: '/assets/', maxAge: '1h', index: false });
  if (consoleFolder)
    await api.register(statics, {
      root: path.join(consoleFolder, 'assets'),
      prefix: '/console/assets/',
      decorateReply: false,
      preCompressed: true,
      immutable: true,
      maxAge: '1y',
      index: false,
    });
  const fastify = adapter.getInstance();
  takeUploads(fastify);
  drainAtClose(fastify);
  keepRaw(fastify);
  evenOut(fastify);
  sendChanges(fastify);
  fastify.addHook('preValidation', async (request) => refuseNul(request));
  const metrics = api.get(ApiMetrics);
  fastify.addHook('onResponse', async ({ method, routeOptions }, { statusCode: status, elapsedTime }) => {
    const route = routeOptions.url ?? 'unknown';
    log.info({ method, route, status, ms: Math.round(elapsedTime) });
    metrics.answered(method, route, status, elapsedTime);
  });
  api.useGlobalPipes(new ValidationPipe());
  describe(api);
  api.enableShutdownHooks();
  return api;
}

/** An address that cannot be decoded becomes one where nothing is; the router would answer it in words of its own. */
function readable(url: string): string {
  try {
    decodeURIComponent(url.split('?')[0]!);
    return url;
  } catch {
    return `${url.split('%')[0]}~`;
  }
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
  const body = Buffer.isBuffer(request.body) ? null : request.body;
  const typed = JSON.stringify([request.url, body ?? null, request.query ?? null]);
  if (typed.includes('\\u0000') || /%00/.test(request.url)) {
    throw new Problem(
      400,
      'nul',
      'The request holds a character that no text has (NUL). Remove it and send it again.',
    );
  }
}
