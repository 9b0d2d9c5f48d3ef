import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { deadlineOf, docketZone } from '#domain';
import { Kit } from '#messages';
import type { CampaignTexts, StaffKey } from '#postgres';
import { CampaignForm, CoalitionForm } from '../../api/src/schedule/campaign.schema.js';
import type { CampaignService } from '../../api/src/schedule/campaign.service.js';

const daysAhead = 10;

const Coalitions = z.strictObject({
  coalitions: z.array(
    z.intersection(z.looseObject({ parent: z.string().optional() }), z.looseObject({ slug: z.string() })),
  ),
});

/** Adds the invented coalitions and launches both sample campaigns, the docket first. */
export async function addSamples(campaigns: CampaignService, staff: StaffKey, now: Date): Promise<void> {
  const ids = new Map<string, string>();
  for (const { parent, ...form } of Coalitions.parse(read('coalitions.yaml')).coalitions) {
    const coalition = await campaigns.createCoalition(
      CoalitionForm.parse({ ...form, parentId: parent ? ids.get(parent) : null }),
      staff,
    );
    ids.set(form.slug, coalition.id);
  }
  const deadlineAt = deadlineOf(
    new Date(now.getTime() + daysAhead * 86_400_000).toISOString().slice(0, 10),
    docketZone,
  );
  for (const file of ['soc-docket.yaml', 'occupation-entry.yaml']) {
    const form = formOf(Kit.parse(read(file)), deadlineAt, [...ids.values()]);
    const { id } = await campaigns.create(form, staff);
    await campaigns.turn(id, 'launch', staff);
  }
}

function formOf(
  { slug, kind, goal, official, avoidWords, languages, ladder }: Kit,
  deadlineAt: Date,
  coalitionIds: string[],
): CampaignForm {
  const texts: Record<string, CampaignTexts> = {};
  for (const [language, words] of Object.entries(languages)) {
    const { outcomeLabels: _, ...rest } = words;
    texts[language] = rest;
  }
  return CampaignForm.parse({
    slug,
    kind,
    title: (texts.en ?? Object.values(texts)[0]!).title,
    ...(goal && { goal }),
    official,
    avoidWords,
    texts,
    ladder,
    coalitionIds,
    deadlineAt: deadlineAt.toISOString(),
    deadlineZone: docketZone,
  });
}

const read = (file: string): unknown =>
  parse(readFileSync(new URL(`../samples/${file}`, import.meta.url), 'utf8'));
