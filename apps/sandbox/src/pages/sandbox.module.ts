import { type DynamicModule, Module } from '@nestjs/common';
import { SandboxAccess } from './access.guard.js';
import { DeskController } from './desk.controller.js';
import { Desk, type SandboxParts } from './parts.js';
import { SandboxPageController } from './page.controller.js';

/** `/sandbox`: what was sent, a way to answer, and the clock. Only `npm start` puts it in. */
@Module({})
export class SandboxModule {
  static with(parts: SandboxParts): DynamicModule {
    return {
      module: SandboxModule,
      controllers: [SandboxPageController, DeskController],
      providers: [{ provide: Desk, useValue: new Desk(parts) }, SandboxAccess],
    };
  }
}
