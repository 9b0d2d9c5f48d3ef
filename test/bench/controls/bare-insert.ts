/** The same framework's handler with one bare insert: what a signup over HTTP could cost at the least. */
import 'reflect-metadata';
import { Body, Controller, HttpCode, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';

const db = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 16 });

@Controller()
class SignupController {
  @Post('signups')
  @HttpCode(303)
  async signUp(@Body() { email, name }: { email: string; name: string }): Promise<void> {
    await db.query(`insert into bare_signups (email, name) values ($1, $2)`, [email, name]);
  }
}

@Module({ controllers: [SignupController] })
class BareModule {}

const app = await NestFactory.create<NestFastifyApplication>(BareModule, new FastifyAdapter(), {
  logger: false,
});
await app.listen(Number(process.env['PORT']), '127.0.0.1');
