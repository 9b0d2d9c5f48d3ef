import type { DataSource } from 'typeorm';
import { Audit, Coalitions, type StaffKey } from '#postgres';
import { unknown } from '../problems/problem.js';
import { Id } from '../schedule/campaign.schema.js';
import { actorOf } from './access.js';

/**
 * A leader who guesses another coalition's id learns nothing, not even whether there is one, and leaves a line, whatever
 * transaction the refusal ends.
 * @param thing what they asked of it
 */
export async function refuseForeignCoalition(
  db: DataSource,
  staff: StaffKey,
  coalitionId: string,
  thing = 'coalition',
): Promise<void> {
  if (staff.role !== 'leader') return;
  const isId = Id.safeParse(coalitionId).success;
  if (isId && (await new Coalitions(db.manager).isBelow(coalitionId, staff.coalitionId!))) return;
  await new Audit(db.manager).write(actorOf(staff), 'coalition.refused', null, {
    own: staff.coalitionId,
    ...(isId && { asked: coalitionId }),
  });
  throw unknown(thing);
}
