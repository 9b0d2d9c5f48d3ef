import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type PageWords, pageWords } from '#messages';
import { Accounts, Keyring, Notices } from '#postgres';
import { API_SETTINGS, type ApiSettings } from '../settings.js';

type Words = PageWords['accounts']['factors'];

/** Tells people by mail that what they sign in with changed, in their language; in the change's own transaction. */
@Injectable()
export class FactorMail {
  private readonly account: string;

  constructor(
    private readonly keys: Keyring,
    @Inject(API_SETTINGS) { PUBLIC_URL }: ApiSettings,
  ) {
    this.account = `${PUBLIC_URL}/console/account`;
  }

  /** By themselves, it seems: with what to do if it was not. */
  changed(db: EntityManager, id: string, say: (words: Words) => string): Promise<void> {
    return this.send(db, id, (words) => words.text(say(words), this.account));
  }

  /** By an administrator, who is named. */
  reset(db: EntityManager, id: string, by: string): Promise<void> {
    return this.send(db, id, (words) => words.reset(by, this.account));
  }

  private async send(db: EntityManager, id: string, text: (words: Words) => string): Promise<void> {
    const { email, language } = (await new Accounts(db, this.keys).byId(id))!;
    const words = pageWords(language).accounts.factors;
    await new Notices(db, this.keys).add([
      {
        ...{ kind: 'sign_in', campaignId: null, channel: 'email', to: email },
        ...{ subject: words.subject, text: text(words) },
      },
    ]);
  }
}
