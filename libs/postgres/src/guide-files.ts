import type { EntityManager } from 'typeorm';

/** A file of a campaign's guide, without its content. */
export type GuideFile = { id: string; name: string; type: string; bytes: number };

const columns = 'id, name, type, length(content) as bytes';
const freePlace = `(select min(n) from generate_series(1, 3) as n
  where n not in (select place from guide_files where campaign_id = $1 and place is not null))`;

/** What people can file with their comment. Whoever adds to them holds the campaign. */
export class GuideFiles {
  constructor(private readonly db: EntityManager) {}

  of(campaignId: string): Promise<GuideFile[]> {
    return this.db.query(
      `select ${columns} from guide_files where campaign_id = $1 and place is not null order by place`,
      [campaignId],
    );
  }

  /** @returns null when all three places are taken */
  async add(
    campaignId: string,
    { name, type, content }: { name: string; type: string; content: Buffer },
  ): Promise<GuideFile | null> {
    const [file] = await this.db.query<GuideFile[]>(
      `insert into guide_files (campaign_id, place, name, type, content)
       select $1, place, $2, $3, $4 from (select ${freePlace} as place) as free where place is not null returning ${columns}`,
      [campaignId, name, type, content],
    );
    return file ?? null;
  }

  /** It is shown no more; the one that was taken off before it is gone for good. @returns false when it was not there */
  async takeOff(campaignId: string, id: string): Promise<boolean> {
    const [taken] = await this.db.query<[unknown[], number]>(
      `update guide_files set place = null where campaign_id = $1 and id = $2 and place is not null returning id`,
      [campaignId, id],
    );
    if (taken.length === 0) return false;
    await this.db.query(`delete from guide_files where campaign_id = $1 and place is null and id <> $2`, [
      campaignId,
      id,
    ]);
    return true;
  }

  /** @returns null when it is not the last one that was taken off, or no place is free */
  async putBack(campaignId: string, id: string): Promise<GuideFile | null> {
    const [[file]] = await this.db.query<[GuideFile[], number]>(
      `update guide_files set place = ${freePlace}
       where campaign_id = $1 and id = $2 and place is null and ${freePlace} is not null returning ${columns}`,
      [campaignId, id],
    );
    return file ?? null;
  }

  /** By the address of its page: the campaign's slug and its own id. */
  async content(
    campaign: string,
    id: string,
  ): Promise<(Pick<GuideFile, 'name' | 'type'> & { content: Buffer }) | null> {
    const [file] = await this.db.query<(Pick<GuideFile, 'name' | 'type'> & { content: Buffer })[]>(
      `select f.name, f.type, f.content from guide_files f join campaigns c on c.id = f.campaign_id
       where c.slug = $1 and c.deleted_at is null and f.id = $2 and f.place is not null`,
      [campaign, id],
    );
    return file ?? null;
  }
}
