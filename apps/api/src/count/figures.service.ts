import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { docketZone, rateOf, startOfDay } from '#domain';
import {
  Audit,
  type Campaign,
  CampaignClock,
  Campaigns,
  Coalitions,
  type Figures,
  Keyring,
  Receipts,
  type StaffKey,
  type Step,
  Tallies,
  Waves,
} from '#postgres';
import { actorOf } from '../access/access.js';
import { unknown } from '../problems/problem.js';
import { csvOf } from './csv.js';
import type {
  DashboardAnswer,
  DeliverabilityAnswer,
  FunnelAnswer,
  SeriesAnswer,
  SeriesQuery,
} from './figures.schema.js';
import { Shared } from './shared.js';
import { TallyService } from './tally.service.js';

const names = ['signups', 'optedIn', 'went', 'confirmed', 'verified', 'pledged'] as const;
const nobody: Figures = { signups: 0, optedIn: 0, went: 0, confirmed: 0, verified: 0, pledged: 0 };
const stages = ['signups', 'optedIn', 'went', 'confirmed', 'verified'] as const;

/** The figures as charts, tables and files show them. All come of the tally and its steps, so they agree. */
@Injectable()
export class FiguresService {
  private readonly steps = new Shared((of) => {
    const [campaignId, coalitionId] = of.split(' ');
    return new Tallies(this.db.manager).steps(campaignId!, coalitionId ?? null);
  });
  private readonly heard = new Shared((id) => new Receipts(this.db.manager, this.keys).heardOf(id));
  private readonly today = new Shared((of) => {
    const [campaignId, from] = of.split(' ');
    return new Tallies(this.db.manager).since(campaignId!, new Date(from!));
  });

  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly tallies: TallyService,
  ) {}

  async series(
    campaignId: string,
    { by, zone, coalitionId }: SeriesQuery,
    coalitionZone?: string,
  ): Promise<SeriesAnswer> {
    const campaign = await this.campaign(campaignId);
    const inZone = zone ?? coalitionZone ?? campaign.deadlineZone ?? docketZone;
    const steps = await this.steps.of(coalitionId ? `${campaignId} ${coalitionId}` : campaignId);
    let total = nobody;
    const marks = await new Waves(this.db.manager).marksOf(campaignId);
    return {
      by,
      zone: inZone,
      asOf: (await this.now()).toISOString(),
      deadlineAt: campaign.deadlineAt?.toISOString() ?? null,
      goal: coalitionId ? null : campaign.goal,
      items: (by === 'day' ? daily(steps, inZone) : steps).map(({ at, ...step }) => ({
        at: at.toISOString(),
        step,
        total: (total = added(total, step)),
      })),
      marks: marks.map((mark) => ({ ...mark, at: mark.at.toISOString() })),
    };
  }

  async funnel(campaignId: string, coalitionId?: string): Promise<FunnelAnswer> {
    await this.campaign(campaignId);
    const { total, coalitions } = await this.tallies.of(campaignId);
    const figures = coalitionId
      ? (coalitions.find((each) => each.coalitionId === coalitionId) ?? nobody)
      : total;
    return {
      asOf: (await this.now()).toISOString(),
      items: stages.map((stage) => ({
        stage,
        people: figures[stage],
        share: figures.signups > 0 ? figures[stage] / figures.signups : null,
      })),
    };
  }

  async deliverability(campaignId: string): Promise<DeliverabilityAnswer> {
    await this.campaign(campaignId);
    const progress = await this.tallies.progress(campaignId);
    const heard = await this.heard.of(campaignId);
    return {
      asOf: (await this.now()).toISOString(),
      items: (['email', 'sms'] as const).map((channel) => {
        const rows = progress.filter((row) => row.channel === channel);
        const failed: Record<string, number> = {};
        for (const row of rows)
          for (const [reason, n] of Object.entries(row.failed)) failed[reason] = (failed[reason] ?? 0) + n;
        const { delivered, bounced, complained } = heard.find((each) => each.channel === channel) ?? {
          delivered: 0,
          bounced: 0,
          complained: 0,
        };
        return {
          channel,
          sent: rows.reduce((sum, { sent }) => sum + sent, 0),
          delivered,
          bounced,
          complained,
          failed,
          unknown: rows.reduce((sum, { unknown }) => sum + unknown, 0),
        };
      }),
    };
  }

  async dashboard(campaignId: string, coalitionId: string): Promise<DashboardAnswer> {
    const campaign = await this.around(campaignId, coalitionId);
    const coalitions = new Coalitions(this.db.manager);
    const { name, zone, parentId } = (await coalitions.byId(coalitionId))!;
    const now = await this.now();
    const tally = await this.tallies.of(campaignId);
    const figuresOf = new Map(tally.coalitions.map(({ coalitionId: id, ...figures }) => [id, figures]));
    const today = await this.today.of(`${campaignId} ${startOfDay(now, zone).toISOString()}`);
    const rated = (figures: Figures) => ({ ...figures, rate: rateOf(figures) });
    return {
      asOf: now.toISOString(),
      campaign: {
        id: campaign.id,
        title: campaign.wordsIn('en').title,
        kind: campaign.kind,
        status: campaign.status as DashboardAnswer['campaign']['status'],
        deadlineAt: campaign.deadlineAt?.toISOString() ?? null,
        deadlineZone: campaign.deadlineZone,
      },
      coalition: { id: coalitionId, name, zone },
      coalitions: (await coalitions.treeBelow(coalitionId)).map((line) => ({
        coalitionId: line.id,
        name: line.name,
        depth: line.depth,
        total: rated(figuresOf.get(line.id) ?? nobody),
        today: today.get(line.id) ?? nobody,
      })),
      overlap: await this.tallies.overlap(campaignId, coalitionId),
      rank: campaign.ranking ? await this.rankOf(coalitionId, parentId, figuresOf) : null,
    };
  }

  /** A campaign that a coalition's leaders may know of. */
  async around(campaignId: string, coalitionId: string): Promise<Campaign> {
    const campaign = (await new Campaigns(this.db.manager).around(coalitionId)).find(
      ({ id }) => id === campaignId,
    );
    if (!campaign) throw unknown('campaign');
    return campaign;
  }

  /** The whole tally by coalition, as a file. */
  async tallyFile(campaignId: string, staff: StaffKey): Promise<string> {
    await this.campaign(campaignId);
    const { total, coalitions } = await this.tallies.of(campaignId);
    const listed = await new Coalitions(this.db.manager).byIds(
      coalitions.map(({ coalitionId }) => coalitionId),
    );
    const nameOf = new Map(listed.map(({ id, name }) => [id, name]));
    return this.file(campaignId, 'tally', staff, [
      ['coalition', ...names, 'rate'],
      ['(everybody, each once)', ...row(total)],
      ...coalitions.map(({ coalitionId, ...figures }) => [nameOf.get(coalitionId) ?? '', ...row(figures)]),
    ]);
  }

  async seriesFile(campaignId: string, query: SeriesQuery, staff: StaffKey, zone?: string): Promise<string> {
    const { items } = await this.series(campaignId, query, zone);
    return this.file(campaignId, 'series', staff, [
      ['from', ...names, ...names.map((name) => `${name} in all`)],
      ...items.map(({ at, step, total }) => [
        at,
        ...names.map((name) => step[name]),
        ...names.map((name) => total[name]),
      ]),
    ]);
  }

  async funnelFile(campaignId: string, staff: StaffKey, coalitionId?: string): Promise<string> {
    const { items } = await this.funnel(campaignId, coalitionId);
    return this.file(campaignId, 'funnel', staff, [
      ['stage', 'people', 'share of signups'],
      ...items.map(({ stage, people, share }) => [stage, people, share]),
    ]);
  }

  async deliverabilityFile(campaignId: string, staff: StaffKey): Promise<string> {
    const { items } = await this.deliverability(campaignId);
    return this.file(campaignId, 'deliverability', staff, [
      ['channel', 'what', 'messages'],
      ...items.flatMap(({ channel, failed, ...counts }) => [
        ...Object.entries(counts).map(([what, n]) => [channel, what, n]),
        ...Object.entries(failed).map(([reason, n]) => [channel, `failed: ${reason}`, n]),
      ]),
    ]);
  }

  async dashboardFile(campaignId: string, coalitionId: string, staff: StaffKey): Promise<string> {
    const { coalitions } = await this.dashboard(campaignId, coalitionId);
    return this.file(campaignId, 'dashboard', staff, [
      ['coalition', ...names, 'rate', ...names.map((name) => `${name} today`)],
      ...coalitions.map(({ name, total, today }) => [
        name,
        ...row(total),
        ...names.map((figure) => today[figure]),
      ]),
    ]);
  }

  private async file(
    campaignId: string,
    what: string,
    staff: StaffKey,
    rows: (string | number | null)[][],
  ): Promise<string> {
    await new Audit(this.db.manager).write(actorOf(staff), 'figures.exported', campaignId, { what });
    return csvOf(rows);
  }

  /** By rate, then by number; only neighbours that somebody signed up through stand in it. */
  private async rankOf(coalitionId: string, parentId: string | null, figuresOf: Map<string, Figures>) {
    const neighbours = (await new Coalitions(this.db.manager).list()).filter(
      ({ id, parentId: above }) => above === parentId && (figuresOf.get(id)?.signups ?? 0) > 0,
    );
    const own = figuresOf.get(coalitionId);
    if (!own || neighbours.length < 2) return null;
    const ahead = neighbours.filter(({ id }) => {
      const other = figuresOf.get(id)!;
      return (rateOf(other)! - rateOf(own)! || other.confirmed - own.confirmed) > 0;
    });
    return { place: ahead.length + 1, of: neighbours.length };
  }

  private async campaign(id: string): Promise<Campaign> {
    const campaign = await new Campaigns(this.db.manager).byId(id);
    if (!campaign) throw unknown('campaign');
    return campaign;
  }

  private now(): Promise<Date> {
    return new CampaignClock(this.db.manager).now();
  }
}

const row = (figures: Figures) => [...names.map((name) => figures[name]), rateOf(figures)];

const added = (a: Figures, b: Figures): Figures => ({
  signups: a.signups + b.signups,
  optedIn: a.optedIn + b.optedIn,
  went: a.went + b.went,
  confirmed: a.confirmed + b.confirmed,
  verified: a.verified + b.verified,
  pledged: a.pledged + b.pledged,
});

/** Hours put together into a zone's days. */
function daily(steps: Step[], zone: string): Step[] {
  const days = new Map<number, Step>();
  for (const step of steps) {
    const at = startOfDay(step.at, zone);
    days.set(+at, { at, ...added(days.get(+at) ?? nobody, step) });
  }
  return [...days.values()];
}
