import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { commentsIn, RegulationsGov, SourceTrouble, trackingNumberIn } from '#dockets';
import { Audit, Keyring, type Sweep, Sweeps } from '#postgres';
import { Recurring } from '../recurring.js';

const pageSize = 250;
/** The list goes no further; it is asked for anew from the last change that it showed. */
const mostPages = 20;
const atOnce = 20;

/**
 * Looks at each comment on a campaign's document once, for the tracking numbers that people gave. What stops it (an organizer, a
 * restart, the source's rate) only makes it wait: what was listed and looked at is in rows. One worker at a time sweeps.
 */
@Injectable()
export class SweepService extends Recurring {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly regulations: RegulationsGov,
  ) {
    super(2_000, 'A sweep waits and will go on');
  }

  protected async work(): Promise<void> {
    const turn = this.db.createQueryRunner();
    try {
      const [lock] = (await turn.query(
        `select pg_try_advisory_lock(hashtext('drumbeat.sweep')) as taken`,
      )) as { taken: boolean }[];
      if (!lock!.taken) return;
      try {
        for (const { campaignId } of await this.sweeps.running()) await this.goOn(campaignId);
      } finally {
        await turn.query(`select pg_advisory_unlock(hashtext('drumbeat.sweep'))`);
      }
    } finally {
      await turn.release();
    }
  }

  private async goOn(campaignId: string): Promise<void> {
    try {
      await this.sweeps.hashOld(campaignId);
      for (;;) {
        const sweep = this.stopped ? null : await this.sweeps.byId(campaignId);
        if (sweep?.state !== 'running') return;
        if (sweep.isListed ? await this.look(campaignId) : await this.list(sweep)) return;
      }
    } catch (error) {
      if (!(error instanceof SourceTrouble)) throw error;
      await this.sweeps.waits(campaignId, error.kind, error.retryAt);
    }
  }

  /** A stretch of the list: those that changed since the last one that it showed. @returns whether the sweep is over */
  private async list({ campaignId, objectId, listedTo }: Sweep): Promise<boolean> {
    let last = listedTo;
    for (let page = 1; page <= mostPages; page++) {
      const query = new URLSearchParams({
        'filter[commentOnId]': objectId,
        ...(listedTo && { 'filter[lastModifiedDate][ge]': eastern(listedTo) }),
        sort: 'lastModifiedDate,documentId',
        'page[size]': String(pageSize),
        'page[number]': String(page),
      });
      const { comments, total } = commentsIn(await this.regulations.sweep(`comments?${query}`));
      last = comments.at(-1)?.changedAt ?? last;
      const isListed = comments.length < pageSize;
      const ids = comments.map(({ id }) => id);
      const seen = { listedTo: last, received: listedTo ? null : total, isListed };
      await this.sweeps.listed(campaignId, ids, seen);
      if (isListed) return false;
      if (this.stopped) return true;
    }
    if (last && listedTo && last <= listedTo) {
      await this.end(campaignId, 'stopped', 'too_many_at_once');
      return true;
    }
    return false;
  }

  /** A handful of comments. @returns whether none is left */
  private async look(campaignId: string): Promise<boolean> {
    const ids = await this.sweeps.next(campaignId, atOnce);
    for (const id of ids) {
      if (this.stopped) return true;
      const answer = await this.regulations.sweep(`comments/${encodeURIComponent(id)}`);
      await this.sweeps.looked(campaignId, id, trackingNumberIn(answer));
    }
    if (ids.length > 0) return false;
    await this.end(campaignId, 'done', null);
    return true;
  }

  private async end(campaignId: string, state: 'stopped' | 'done', problem: string | null): Promise<void> {
    if (await this.sweeps.end(campaignId, state, problem))
      await new Audit(this.db.manager).write(
        'system',
        `sweep.${state}`,
        campaignId,
        problem ? { problem } : {},
      );
  }

  private get sweeps(): Sweeps {
    return new Sweeps(this.db.manager, this.keys);
  }
}

/**
 * The list is filtered by Eastern wall time (FACTS §2). In the night's hour that comes twice it begins where that hour does: what is
 * listed again is known already.
 */
function eastern(instant: Date): string {
  const wall = (hours: number) =>
    new Date(instant.getTime() + hours * 3_600_000).toLocaleString('sv-SE', { timeZone: 'America/New_York' });
  const comesTwice = [-1, 1].some((hours) => wall(hours).slice(0, 13) === wall(0).slice(0, 13));
  return comesTwice ? `${wall(0).slice(0, 13)}:00:00` : wall(0);
}
