import type { EntityManager } from 'typeorm';
import { Coalition } from './entities/coalition.js';

export class Coalitions {
  constructor(private readonly db: EntityManager) {}

  byId(id: string): Promise<Coalition | null> {
    return this.db.findOneBy(Coalition, { id });
  }

  list(): Promise<Coalition[]> {
    return this.db.find(Coalition, { order: { createdAt: 'ASC' } });
  }

  save(coalition: Partial<Coalition>): Promise<Coalition> {
    return this.db.save(Coalition, this.db.create(Coalition, coalition));
  }

  /** The coalition and every one below it, in the tree's order; depth 0 is the coalition itself. */
  treeBelow(id: string): Promise<{ id: string; name: string; depth: number }[]> {
    return this.db.query(
      `with recursive tree as (
         select id, name, 0 as depth, array[name] as path from coalitions where id = $1
         union all
         select c.id, c.name, tree.depth + 1, tree.path || c.name from coalitions c join tree on c.parent_id = tree.id
       )
       select id, name, depth from tree order by path`,
      [id],
    );
  }

  /** Whether it is that coalition or lies below it. */
  async isBelow(id: string, above: string): Promise<boolean> {
    const [row] = await this.db.query<{ below: boolean }[]>(
      `select exists (select from coalition_lines where coalition_id = $1 and ancestor_id = $2) as below`,
      [id, above],
    );
    return row!.below;
  }
}
