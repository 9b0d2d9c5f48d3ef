import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { documentIn, FederalRegister, noticesIn, RegulationsGov, SourceTrouble } from '#dockets';
import {
  appliesByItself,
  deadlineOf,
  docketZone,
  easternDate,
  type Finding,
  isCandidate,
  type Notice,
  planPolls,
  registerWord,
  type Source,
  weigh,
} from '#domain';
import { docketNotice, isLanguage } from '#messages';
import {
  Audit,
  type Campaign,
  CampaignClock,
  Campaigns,
  Dockets,
  type DocketWatch,
  type Heard,
  Keyring,
  type NewProposal,
  Notices,
} from '#postgres';
import { DeadlineRefused, Deadlines } from '#schedule';
import { Recurring } from '../recurring.js';
import { WORKER_SETTINGS, type WorkerSettings } from '../settings.js';

const atOnce = 5;
/** Seconds: campaigns with one document ask for it together. */
const shared = 60;
/** What a source said longer ago than this is not what it says. */
const stale = 6 * 3_600_000;
/** For how long a candidate may have been published, in days. */
const lookBack = 120;
const retryMs = 120_000;

/**
 * Watches the dockets of launched campaigns. What it finds becomes a proposal, of which organizers are told; by itself it moves nothing but an
 * agreed extension, where the campaign allows it, and pauses what was withdrawn. Each watch is one worker's at a time.
 */
@Injectable()
export class WatchService extends Recurring {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly regulations: RegulationsGov,
    private readonly register: FederalRegister,
    private readonly deadlines: Deadlines,
    @Inject(WORKER_SETTINGS) private readonly settings: WorkerSettings,
  ) {
    super(2_000, 'Dockets wait and will be looked at again');
  }

  protected async work(): Promise<void> {
    const dockets = new Dockets(this.db.manager);
    await dockets.adopt();
    while (!this.stopped) {
      const due = await dockets.claim(atOnce);
      if (due.length === 0) return;
      for (const watch of due) await this.poll(watch);
    }
  }

  private async poll(watch: DocketWatch): Promise<void> {
    const campaign = await new Campaigns(this.db.manager).byId(watch.campaignId);
    if (!campaign) return;
    const documentId = campaign.official.document ?? null;
    const asks =
      watch.documentId === documentId
        ? watch
        : {
            ...watch,
            documentId,
            docketId: null,
            document: null,
            documentAt: null,
            register: null,
            registerAt: null,
          };
    const now = await new CampaignClock(this.db.manager).now();
    const asked = {
      regulations_gov: documentId === null ? now : asks.documentAt,
      federal_register: asks.registerAt,
    };
    const { isDemo: demo } = this.regulations;
    const { due } = planPolls({ now, deadline: campaign.deadlineAt, demo, asked, restsUntil: {} });
    const { heard, restsUntil, found } = await this.ask(campaign, asks, due, now);
    const settled = await this.db.transaction(async (db) => {
      const held = await new Campaigns(db).hold(campaign.id);
      const { agency, words } = (await new Dockets(db).of(campaign.id)) ?? watch;
      // What was heard answers a question that is another by now; the new one is due already.
      if (!held || agency !== watch.agency || words !== watch.words) return null;
      const finding = await this.conclude(db, held, watch, heard, now);
      const after = {
        regulations_gov: documentId === null ? now : heard.documentAt,
        federal_register: heard.registerAt,
      };
      const { deadlineAt: deadline } = (await new Campaigns(db).byId(campaign.id))!;
      const { nextAt } = planPolls({ now, deadline, demo, asked: after, restsUntil });
      await new Dockets(db).settle(campaign.id, { ...heard, finding }, nextAt);
      if (found.length > 0) {
        const fresh = await new Dockets(db).addCandidates(campaign.id, found);
        if (fresh.length > 0) await this.tell(db, held, { kind: 'candidates', count: fresh.length });
      }
      return finding;
    });
    if (settled?.kind === 'conflict' && watch.finding?.kind !== 'conflict')
      this.log.warn(`The sources of campaign ${campaign.id}'s docket differ; its date is kept`);
  }

  /** @returns what was heard, when whoever failed may be asked again, and candidates */
  private async ask(campaign: Campaign, watch: DocketWatch, due: Source[], now: Date) {
    const heard: Heard = { ...watch };
    const found: Notice[] = [];
    const restsUntil: Partial<Record<Source, Date>> = {};
    const asking = async (source: Source, question: () => Promise<void>) => {
      if (due.includes(source))
        await question().catch((error: unknown) => {
          if (!(error instanceof SourceTrouble)) throw error;
          this.log.warn(`Asking went wrong: ${error.message}`);
          const rest = error.retryAt ? error.retryAt.getTime() - Date.now() : 0;
          const wait = Math.max(rest, retryMs * (0.5 + Math.random() / 2));
          restsUntil[source] = new Date(now.getTime() + wait);
        });
    };
    await asking('regulations_gov', async () => {
      if (watch.documentId === null) return;
      const answer = await this.regulations.document(watch.documentId, watch.documentAt ? shared : 0);
      const document = documentIn(answer, now);
      heard.documentAt = now;
      heard.docketId = document?.docketId ?? campaign.official.docket ?? watch.docketId;
      heard.document = document && {
        title: document.title,
        agency: document.agency,
        notice: document.notice,
        opensOn: document.opensAt && easternDate(document.opensAt),
        closesOn: document.closesAt && easternDate(document.closesAt),
        withdrawn: document.withdrawn,
      };
    });
    heard.docketId ??= campaign.official.docket ?? null;
    await asking('federal_register', async () => {
      const maxAge = watch.registerAt ? shared : 0;
      if (watch.documentId === null && watch.agency !== null && watch.words !== null) {
        const { agency, words } = watch;
        const since = easternDate(new Date(now.getTime() - lookBack * 86_400_000));
        const notices = noticesIn(await this.register.search(words, since, maxAge));
        found.push(...notices.filter((notice) => isCandidate(notice, agency, easternDate(now))));
      } else if (heard.docketId !== null) {
        const notices = noticesIn(await this.register.noticesOf(heard.docketId, maxAge));
        const about = {
          documentId: watch.documentId,
          docketId: heard.docketId,
          notice: heard.document?.notice ?? null,
        };
        const word = registerWord(notices, about);
        heard.register = word && {
          ...{ number: word.notice.number, title: word.notice.title, url: word.notice.url },
          ...{ publishedOn: word.notice.publishedOn, closesOn: word.notice.closesOn },
          ...{ certain: word.certain, withdrawn: word.withdrawn },
        };
      }
      heard.registerAt = now;
    });
    return { heard, found, restsUntil };
  }

  /** What the sources say together now, and what follows from it. The campaign is held. */
  private async conclude(
    db: EntityManager,
    campaign: Campaign,
    watch: DocketWatch,
    heard: Heard,
    now: Date,
  ): Promise<Finding> {
    const fresh = (at: Date | null) => at !== null && now.getTime() - at.getTime() < stale;
    const document = fresh(heard.documentAt) ? heard.document : null;
    const register = fresh(heard.registerAt) ? heard.register : null;
    const kept = campaign.deadlineAt && easternDate(campaign.deadlineAt);
    const finding = weigh(kept, document, register, easternDate(now));
    const dockets = new Dockets(db);
    if (finding.kind === 'unknown') return finding;
    if (finding.kind === 'agree' || finding.kind === 'closed') {
      await dockets.supersede(campaign.id);
      return finding;
    }
    const made: NewProposal = {
      kind: finding.kind,
      kept,
      closesOn: 'closesOn' in finding ? [finding.closesOn].flat() : [],
      regulationsOn: document?.closesOn ?? null,
      registerOn: register?.closesOn ?? [],
      agreed: 'agreed' in finding && finding.agreed,
      notice: register && { number: register.number, title: register.title, url: register.url },
    };
    if (finding.kind === 'withdrawn') {
      if (watch.finding?.kind !== 'withdrawn' || watch.documentId !== heard.documentId)
        await this.withdraw(db, campaign, made);
      return finding;
    }
    const known = await dockets.known(campaign.id, made);
    if (known === 'dismissed') await dockets.supersede(campaign.id);
    if (known) return finding;
    const moved =
      appliesByItself(finding, watch.byItself) && (await this.moveByItself(db, campaign, made.closesOn[0]!));
    const proposalId = await dockets.propose(campaign.id, made, moved ? 'system' : null);
    const { kind, closesOn, agreed } = made;
    const line = { proposalId, kind, kept, closesOn, agreed };
    await new Audit(db).write('system', moved ? 'deadline.moved' : 'docket.found', campaign.id, {
      ...moved,
      ...line,
    });
    await this.tell(db, campaign, {
      kind: moved ? 'applied' : kind,
      dates: closesOn.map((date) => deadlineOf(date)),
      kept: campaign.deadlineAt,
    });
    return finding;
  }

  /** @returns what the log keeps of it; null when the campaign cannot be moved there, which a person has to see */
  private async moveByItself(
    db: EntityManager,
    campaign: Campaign,
    date: string,
  ): Promise<Record<string, unknown> | null> {
    const to = { deadlineAt: deadlineOf(date), deadlineZone: docketZone };
    try {
      return await this.deadlines.move(db, campaign, to);
    } catch (error) {
      if (error instanceof DeadlineRefused) return null;
      throw error;
    }
  }

  /** Nobody is sent to a form that takes nothing; whether it goes on, a person decides. */
  private async withdraw(db: EntityManager, campaign: Campaign, made: NewProposal): Promise<void> {
    await new Dockets(db).propose(campaign.id, made, 'system');
    if (campaign.status === 'running')
      await new Campaigns(db).save({ ...campaign, status: 'paused', pausedBecause: 'withdrawn' });
    await new Audit(db).write(
      'system',
      campaign.status === 'running' ? 'campaign.paused' : 'docket.found',
      campaign.id,
      { because: 'withdrawn', kind: 'withdrawn' },
    );
    await this.tell(db, campaign, { kind: 'withdrawn' });
  }

  private async tell(
    db: EntityManager,
    campaign: Campaign,
    news: Parameters<typeof docketNotice>[1],
  ): Promise<void> {
    const language = Object.keys(campaign.texts).find(isLanguage) ?? 'en';
    const { title } = campaign.wordsIn(language);
    const page = `${this.settings.PUBLIC_URL}/console/campaigns/${campaign.id}`;
    await new Notices(db, this.keys).tell(campaign, {
      kind: 'docket',
      ...docketNotice(language, news, { title, page }),
    });
  }
}
