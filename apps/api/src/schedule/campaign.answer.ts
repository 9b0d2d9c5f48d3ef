import type { EntityManager } from 'typeorm';
import { type Campaign, Campaigns, type Keyring, openNotify } from '#postgres';
import { unknown } from '../problems/problem.js';
import type { CampaignAnswer, CampaignSummary } from './campaign.schema.js';

/** A campaign as scripts see it (DESIGN §6). */
export async function summaryOf(db: EntityManager, campaign: Campaign): Promise<CampaignSummary> {
  const campaigns = new Campaigns(db);
  const { id, slug, kind, status, deadlineAt, deadlineZone, round, pausedBecause, goal, texts } = campaign;
  return {
    id,
    slug,
    title: Object.values(texts)[0]?.title ?? slug,
    kind,
    status,
    deadlineAt: deadlineAt?.toISOString() ?? null,
    deadlineZone,
    round,
    pausedBecause,
    goal,
    coalitionIds: await campaigns.coalitionIdsOf(id),
    ladder: (await campaigns.ladderOf(id)).map((rung) =>
      'sendAt' in rung
        ? { ...rung, sendAt: rung.sendAt.toISOString(), audience: rung.audience ?? 'open' }
        : rung,
    ),
  };
}

/** The same with all that can be edited. */
export async function answerOf(db: EntityManager, keys: Keyring, id: string): Promise<CampaignAnswer> {
  const campaign = await new Campaigns(db).byId(id);
  if (!campaign) throw unknown('campaign');
  const { version, texts, official, avoidWords, ranking, contact, notify, smsHours, createdAt, launchedAt } =
    campaign;
  return {
    ...(await summaryOf(db, campaign)),
    version,
    texts,
    official,
    avoidWords,
    ranking,
    contact,
    notify: openNotify(keys, notify),
    smsHours,
    createdAt: createdAt.toISOString(),
    launchedAt: launchedAt?.toISOString() ?? null,
  };
}
