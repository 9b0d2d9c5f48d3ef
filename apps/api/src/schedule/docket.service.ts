import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RegulationsGov } from '#dockets';
import {
  deadlineOf,
  docketZone,
  easternDate,
  type Finding,
  planPolls,
  type Source,
  sources,
  weigh,
} from '#domain';
import {
  Accounts,
  Audit,
  CampaignClock,
  Campaigns,
  Dockets,
  type DocketWatch,
  Keyring,
  Limits,
  Sources,
  type StaffKey,
} from '#postgres';
import { actorOf } from '../access/access.js';
import { Problem, unknown } from '../problems/problem.js';
import { CampaignService } from './campaign.service.js';
import type { CampaignAnswer } from './campaign.schema.js';
import type { ApplyForm, DocketAnswer, DocketForm } from './docket.schema.js';

/** A campaign's docket, as organizers see it and decide about it. The worker asks the sources and proposes. */
@Injectable()
export class DocketService {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly campaigns: CampaignService,
    private readonly regulations: RegulationsGov,
  ) {}

  async read(id: string): Promise<DocketAnswer> {
    const { manager } = this.db;
    const campaign = await new Campaigns(manager).byId(id);
    if (!campaign) throw unknown('campaign');
    const dockets = new Dockets(manager);
    const watch = await dockets.of(id);
    const now = await new CampaignClock(manager).now();
    const proposals = await dockets.proposals(id);
    const named = await new Accounts(manager, this.keys).named(
      proposals.map(({ decidedBy }) => ({ actor: decidedBy ?? '' })),
    );
    const { official } = campaign;
    const isOver =
      planPolls({
        ...{ now, deadline: campaign.deadlineAt, demo: false, restsUntil: {} },
        asked: { regulations_gov: now, federal_register: now },
      }).nextAt === null;
    return {
      watched: watch !== null,
      documentId: official.document ?? null,
      docketId: watch?.docketId ?? official.docket ?? null,
      now: now.toISOString(),
      nextAt: watch && !isOver ? watch.nextAt.toISOString() : null,
      finding: watch && findingNow(watch, campaign.deadlineAt, now),
      sources: await Promise.all(sources.map((source) => this.source(source, watch))),
      sharedKey: this.regulations.isDemo,
      byItself: watch?.byItself ?? false,
      search: watch?.agency && watch.words ? { agency: watch.agency, words: watch.words } : null,
      proposals: proposals.map(({ madeAt, decidedAt, decidedBy, ...proposal }, n) => ({
        ...proposal,
        madeAt: madeAt.toISOString(),
        decidedAt: decidedAt?.toISOString() ?? null,
        decidedBy: decidedBy && named[n]!.who,
      })),
      candidates: (await dockets.candidates(id)).map(({ notice }) => ({
        number: notice.number,
        title: notice.title,
        agency: notice.agencies.at(-1) ?? null,
        documentId: notice.documentId,
        publishedOn: notice.publishedOn,
        closesOn: notice.closesOn,
        url: notice.url,
      })),
    };
  }

  async change(id: string, form: DocketForm, staff: StaffKey): Promise<DocketAnswer> {
    await this.db.transaction(async (db) => {
      if (!(await new Campaigns(db).hold(id))) throw unknown('campaign');
      const dockets = new Dockets(db);
      const watch = await dockets.of(id);
      const search = form.search === undefined ? watch : form.search;
      const how = {
        byItself: form.byItself ?? watch?.byItself ?? false,
        agency: search?.agency ?? null,
        words: search?.words ?? null,
      };
      await dockets.set(id, how);
      await new Audit(db).write(actorOf(staff), 'docket.changed', id, { fields: Object.keys(form) });
    });
    return this.read(id);
  }

  /** The worker asks both sources anew within seconds. */
  async askNow(id: string): Promise<DocketAnswer> {
    if (!(await new Campaigns(this.db.manager).byId(id))) throw unknown('campaign');
    const limit = { name: 'docket_asked', of: id, most: 12, seconds: 3_600 };
    if ((await new Limits(this.db.manager, this.keys).take([limit])).full !== null)
      throw new Problem(
        429,
        'docket_asked_enough',
        'Both sources were asked a dozen times within the hour. They are asked by themselves, too: see when.',
      );
    await new Dockets(this.db.manager).askNow(id);
    return this.read(id);
  }

  /** The deadline moves to what was proposed, as if a person had typed it. */
  apply(id: string, proposalId: string, form: ApplyForm, staff: StaffKey): Promise<CampaignAnswer> {
    return this.campaigns.change(id, form.version, staff, 'deadline.moved', async (db, campaign) => {
      const dockets = new Dockets(db);
      const proposal = await dockets.proposal(id, proposalId);
      if (!proposal) throw unknown('proposal');
      const closesOn = form.closesOn ?? (proposal.closesOn.length === 1 ? proposal.closesOn[0]! : null);
      if (closesOn === null || !proposal.closesOn.includes(closesOn))
        throw new Problem(422, 'not_proposed', 'Say which of the proposed dates it is to be.', [
          { path: 'closesOn', message: `must be one of ${proposal.closesOn.join(', ')}` },
        ]);
      if (!(await dockets.decide(id, proposalId, 'applied', actorOf(staff)))) throw decided;
      const to = { deadlineAt: deadlineOf(closesOn), deadlineZone: docketZone };
      return { ...(await this.campaigns.move(db, campaign, to)), proposalId };
    });
  }

  async dismiss(id: string, proposalId: string, staff: StaffKey): Promise<DocketAnswer> {
    await this.db.transaction(async (db) => {
      if (!(await new Campaigns(db).hold(id))) throw unknown('campaign');
      const dockets = new Dockets(db);
      const proposal = await dockets.proposal(id, proposalId);
      if (!proposal) throw unknown('proposal');
      if (!(await dockets.decide(id, proposalId, 'dismissed', actorOf(staff)))) throw decided;
      await new Audit(db).write(actorOf(staff), 'docket.dismissed', id, { proposalId });
    });
    return this.read(id);
  }

  /** It is the document that the campaign waits for: its form, its date, "it's open", and the ladder starts (RULES §1). */
  accept(id: string, number: string, staff: StaffKey): Promise<CampaignAnswer> {
    return this.campaigns.change(id, undefined, staff, 'document.accepted', async (db, campaign) => {
      const notice = await new Dockets(db).decideCandidate(id, number, 'accepted', actorOf(staff));
      if (!notice) throw unknown('candidate');
      const { documentId, docketIds, commentUrl, url, closesOn } = notice;
      const form = documentId ? `https://www.regulations.gov/commenton/${documentId}` : (commentUrl ?? url);
      const official = {
        ...(form && { url: form }),
        ...(documentId && { document: documentId }),
        ...(docketIds[0] && { docket: docketIds[0] }),
      };
      const saved = await new Campaigns(db).save({ ...campaign, official });
      // Of several dates only a person can tell which is ours: the watch proposes, or somebody types it.
      const [date, another] = closesOn;
      if (!date || another) return { number, ...official };
      const to = { deadlineAt: deadlineOf(date), deadlineZone: docketZone };
      return { number, ...official, ...(await this.campaigns.move(db, saved, to)) };
    });
  }

  async dismissCandidate(id: string, number: string, staff: StaffKey): Promise<DocketAnswer> {
    await this.db.transaction(async (db) => {
      const notice = await new Dockets(db).decideCandidate(id, number, 'dismissed', actorOf(staff));
      if (!notice) throw unknown('candidate');
      await new Audit(db).write(actorOf(staff), 'docket.dismissed', id, { number });
    });
    return this.read(id);
  }

  private async source(source: Source, watch: DocketWatch | null): Promise<DocketAnswer['sources'][number]> {
    const { now, restsUntil, trouble } = await new Sources(this.db.manager).health(source);
    const rests = restsUntil > now;
    const health = rests ? 'resting' : trouble ? 'trouble' : 'fine';
    const how = { source, health, restsUntil: rests ? new Date(restsUntil).toISOString() : null } as const;
    if (source === 'regulations_gov') {
      const { document = null, documentAt = null } = watch ?? {};
      return {
        ...how,
        askedAt: documentAt?.toISOString() ?? null,
        title: document?.title ?? null,
        closesOn: document?.closesOn ? [document.closesOn] : [],
        withdrawn: document?.withdrawn ?? false,
        notice: null,
      };
    }
    const { register = null, registerAt = null } = watch ?? {};
    return {
      ...how,
      askedAt: registerAt?.toISOString() ?? null,
      title: register?.title ?? null,
      closesOn: register?.closesOn ?? [],
      withdrawn: register?.withdrawn ?? false,
      notice: register && { number: register.number, title: register.title, url: register.url },
    };
  }
}

/** Of what was heard last, against the date that the campaign has now: it may have been moved since. */
function findingNow(
  { document, documentAt, register, registerAt }: DocketWatch,
  deadline: Date | null,
  now: Date,
): Finding['kind'] | null {
  if (!documentAt && !registerAt) return null;
  return weigh(deadline && easternDate(deadline), document, register, easternDate(now)).kind;
}

const decided = new Problem(
  409,
  'already_decided',
  'Somebody has decided this already, or the sources say something else by now. Look at what stands.',
);
