import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { deadlineOf, docketZone } from '#domain';
import type { StaffKey } from '#postgres';
import { CoalitionForm } from '../../api/src/coalitions/coalition.schema.js';
import type { CoalitionsService } from '../../api/src/coalitions/coalitions.service.js';
import { CampaignForm } from '../../api/src/schedule/campaign.schema.js';
import type { CampaignService } from '../../api/src/schedule/campaign.service.js';

const daysAhead = 10;

const Coalitions = z.strictObject({
  coalitions: z.array(
    z.intersection(z.looseObject({ parent: z.string().optional() }), z.looseObject({ slug: z.string() })),
  ),
});

/** The day on which both samples end, `2027-03-15`. */
export const sampleDate = (now: Date) =>
  new Date(now.getTime() + daysAhead * 86_400_000).toISOString().slice(0, 10);

/** Adds the invented coalitions and launches both sample campaigns, the docket first. */
export async function addSamples(
  { campaigns, coalitions }: { campaigns: CampaignService; coalitions: CoalitionsService },
  staff: StaffKey,
  now: Date,
): Promise<void> {
  const ids = new Map<string, string>();
  for (const { parent, ...form } of Coalitions.parse(read('coalitions.yaml')).coalitions) {
    const coalition = await coalitions.create(
      CoalitionForm.parse({ ...form, parentId: parent ? ids.get(parent) : null }),
      staff,
    );
    ids.set(form.slug, coalition.id);
  }
  const deadlineAt = deadlineOf(sampleDate(now), docketZone);
  for (const kit of ['soc-docket', 'occupation-entry']) {
    const coalitionIds = [...ids.values()];
    const form = {
      kit,
      slug: kit,
      coalitionIds,
      deadlineAt: deadlineAt.toISOString(),
      deadlineZone: docketZone,
    };
    const { id } = await campaigns.create(CampaignForm.parse(form), staff);
    await campaigns.turn(id, 'launch', staff);
  }
}

const read = (file: string): unknown =>
  parse(readFileSync(new URL(`../samples/${file}`, import.meta.url), 'utf8'));
