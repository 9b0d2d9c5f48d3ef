import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { checkLadder, type Problem, startsRound, transition } from '#domain';
import { type Campaign, CampaignClock, Campaigns } from '#postgres';
import { ReplanService, type Why } from './replan.service.js';

/** Why a deadline stays where it is, in words that say the next step; `parts` are the rungs that cannot be planned by it. */
export class DeadlineRefused extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly parts: Problem[] = [],
  ) {
    super(message);
  }
}

/** Where a deadline would lead: the campaign's new fields, and what its waves follow by; null when it has none to follow. */
export type Aim = { deadline: Date | null; why: Why | null; change: Partial<Campaign>; now: Date };
/** `zone` is one that exists; both null: the campaign waits for its date. */
export type Deadline = { deadlineAt: Date; deadlineZone: string } | { deadlineAt: null; deadlineZone: null };

/** A campaign's deadline moves, whoever moves it. */
@Injectable()
export class Deadlines {
  constructor(private readonly replanning: ReplanService) {}

  /** Nothing is written. @throws DeadlineRefused */
  async aim(db: EntityManager, campaign: Campaign, { deadlineAt, deadlineZone }: Deadline): Promise<Aim> {
    const now = await new CampaignClock(db).now();
    const next = transition(campaign.status, 'move', { now, deadline: deadlineAt });
    if ('problem' in next) throw new DeadlineRefused(next.problem.code, next.problem.message);
    if (!deadlineAt)
      return { deadline: null, why: null, change: { deadlineAt: null, deadlineZone: null }, now };
    const parts = checkLadder(await new Campaigns(db).ladderOf(campaign.id), {
      deadline: deadlineAt,
      zone: deadlineZone,
    });
    if (parts.length > 0)
      throw new DeadlineRefused('ladder', 'The ladder cannot be planned like this.', parts);
    const { status } = next;
    const moved = { status, deadlineAt, deadlineZone, endedAt: null };
    if (status === 'draft') return { deadline: deadlineAt, why: null, change: moved, now };
    const { deadlineAt: before, round, plan } = campaign;
    const why = before === null ? 'launch' : startsRound(before, deadlineAt) ? 'round' : 'move';
    const change = {
      ...moved,
      round: why === 'round' ? round + 1 : round,
      plan: plan + 1,
      ...(why === 'launch' && { launchedAt: now }),
    };
    return { deadline: deadlineAt, why, change, now };
  }

  /**
   * Everything that follows from a moved deadline, in the caller's transaction: rounds, waves, personal moments (RULES §3). A campaign
   * that waited for its date tells everybody that it is open, and its ladder starts.
   * @param campaign held
   * @returns what the audit log keeps of it
   * @throws DeadlineRefused before anything is written
   */
  async move(db: EntityManager, campaign: Campaign, to: Deadline): Promise<Record<string, unknown>> {
    const campaigns = new Campaigns(db);
    const { deadline, why, change, now } = await this.aim(db, campaign, to);
    const from = campaign.deadlineAt;
    if (!deadline || !why) {
      await campaigns.save({ ...campaign, ...change });
      return { from, to: deadline };
    }
    if (why === 'launch') await campaigns.addOpening(campaign.id, now);
    const saved = await campaigns.save({ ...campaign, ...change });
    await campaigns.startRound(campaign.id, saved.round, deadline);
    const waves = await this.replanning.replan(db, saved, why);
    return { from, to: deadline, round: saved.round, waves };
  }
}
