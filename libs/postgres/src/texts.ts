import type { EntityManager } from 'typeorm';
import type { Keyring } from './keyring.js';

/** Texts that people send us; each is taken once, however often the provider repeats it. */
export class Texts {
  constructor(
    private readonly db: EntityManager,
    private readonly keys: Keyring,
  ) {}

  /** @returns the text's id, or null when it was taken before */
  async take(text: {
    messageSid: string;
    phone: string;
    phoneKey: string;
    body: string;
    meaning: string;
    crisis: boolean;
  }): Promise<string | null> {
    const [row] = await this.db.query<{ id: string }[]>(
      `insert into texts (message_sid, phone_key, phone, body, meaning, crisis) values ($1, $2, $3, $4, $5, $6)
       on conflict (message_sid) do nothing returning id`,
      [
        text.messageSid,
        text.phoneKey,
        this.keys.seal('phone', text.phone),
        this.keys.seal('text', text.body),
        text.meaning,
        text.crisis,
      ],
    );
    return row?.id ?? null;
  }

  async attribute(id: string, signup: { supporterId: string; campaignId: string }): Promise<void> {
    await this.db.query(`update texts set supporter_id = $2, campaign_id = $3 where id = $1`, [
      id,
      signup.supporterId,
      signup.campaignId,
    ]);
  }

  /** Whether a text of this meaning from this phone was taken within the last hours, this one aside. */
  async heardBefore(id: string, phoneKey: string, meaning: string, hours: number): Promise<boolean> {
    const rows = await this.db.query<unknown[]>(
      `select from texts where phone_key = $1 and meaning = $2 and id <> $3 and at > campaign_now() - make_interval(hours => $4) limit 1`,
      [phoneKey, meaning, id, hours],
    );
    return rows.length > 0;
  }
}
