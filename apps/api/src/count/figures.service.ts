import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { docketZone, rateOf, roadTo, startOfDay } from '#domain';
import {
  Audit,
  type Campaign,
  CampaignClock,
  Campaigns,
  type Coalition,
  Coalitions,
  type Figures,
  Keyring,
  Receipts,
  type StaffKey,
  type Step,
  Tallies,
  type Tally,
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
  SideBySideAnswer,
  SideBySideQuery,
} from './figures.schema.js';
import { Shared } from './shared.js';
import { TallyService } from './tally.service.js';

const names = ['signups', 'optedIn', 'went', 'confirmed', 'verified', 'pledged'] as const;
const nobody: Figures = { signups: 0, optedIn: 0, went: 0, confirmed: 0, verified: 0, pledged: 0 };
const stages = ['signups', 'optedIn', 'went', 'confirmed', 'verified'] as const;
const pageSize = 20;

type Line = { coalitionId: string; name: string; figures: Figures };

/** The figures as charts, tables and files show them. All come of the tally and its steps at one moment, so they agree. */
@Injectable()
export class FiguresService {
  private readonly heard = new Shared((id) => new Receipts(this.db.manager, this.keys).heardOf(id));
  private readonly lists = new Shared((id) => new Coalitions(this.db.manager).around(id));
  private readonly below = new Shared((of) => {
    const [campaignId, coalitionId] = of.split(' ');
    return this.readBelow(campaignId!, coalitionId!);
  });

  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly tallies: TallyService,
  ) {}

  /** Of everybody; the days are those of the deadline's zone unless the query says otherwise. */
  async series(campaignId: string, query: SeriesQuery): Promise<SeriesAnswer> {
    const campaign = await this.campaign(campaignId);
    if (query.coalitionId) return this.ownSeries(campaign, query.coalitionId, query);
    const { asOf, steps } = await this.tallies.countedOf(campaignId);
    const zone = query.zone ?? campaign.deadlineZone ?? docketZone;
    return this.seriesOf(campaign, { asOf, steps, zone, by: query.by, goal: campaign.goal });
  }

  /** Of one coalition and those below it; the days are its own. */
  async seriesBelow(
    campaignId: string,
    coalitionId: string,
    query: Omit<SeriesQuery, 'coalitionId'>,
  ): Promise<SeriesAnswer> {
    return this.ownSeries(await this.around(campaignId, coalitionId), coalitionId, query);
  }

  private async ownSeries(
    campaign: Campaign,
    coalitionId: string,
    { by, zone }: Omit<SeriesQuery, 'coalitionId'>,
  ): Promise<SeriesAnswer> {
    const { asOf, steps, coalition } = await this.below.of(`${campaign.id} ${coalitionId}`);
    return this.seriesOf(campaign, { asOf, steps, by, zone: zone ?? coalition.zone, goal: null });
  }

  private async seriesOf(
    campaign: Campaign,
    {
      asOf,
      steps,
      by,
      zone,
      goal,
    }: { asOf: Date; steps: Step[]; by: SeriesQuery['by']; zone: string; goal: number | null },
  ): Promise<SeriesAnswer> {
    const days = risen(daily(steps, zone));
    const marks = await new Waves(this.db.manager).marksOf(campaign.id);
    const road = roadTo({
      goal,
      deadline: campaign.deadlineAt,
      now: asOf,
      zone,
      days: days.map(({ at, total }) => ({ at, count: total.confirmed })),
    });
    return {
      by,
      zone,
      asOf: asOf.toISOString(),
      deadlineAt: campaign.deadlineAt?.toISOString() ?? null,
      today: days.find(({ at }) => +at === +startOfDay(asOf, zone))?.step ?? nobody,
      road: road && { ...road, ahead: road.ahead.map(({ at, count }) => ({ at: at.toISOString(), count })) },
      items: (by === 'day' ? days : risen(steps)).map((item) => ({ ...item, at: item.at.toISOString() })),
      marks: marks.map((mark) => ({ ...mark, at: mark.at.toISOString() })),
    };
  }

  async funnel(campaignId: string, coalitionId?: string): Promise<FunnelAnswer> {
    await this.campaign(campaignId);
    const { asOf, tally } = await this.tallies.countedOf(campaignId);
    const figures = coalitionId
      ? tally.coalitions.find((each) => each.coalitionId === coalitionId)
      : tally.total;
    return funnelOf(asOf, figures ?? nobody);
  }

  async funnelBelow(campaignId: string, coalitionId: string): Promise<FunnelAnswer> {
    await this.around(campaignId, coalitionId);
    const { asOf, lines } = await this.below.of(`${campaignId} ${coalitionId}`);
    return funnelOf(asOf, lines[0]!.total);
  }

  /** Coalitions beside each other, best first; nobody has to read two thousand at once. */
  async sideBySide(campaignId: string, { by, search, page }: SideBySideQuery): Promise<SideBySideAnswer> {
    await this.campaign(campaignId);
    const { asOf, tally } = await this.tallies.countedOf(campaignId);
    const wanted = folded(search);
    const found = (await this.linesOf(campaignId, tally))
      .filter(({ name }) => folded(name).includes(wanted))
      .sort(by === 'rate' ? byRate : byNumber);
    return {
      asOf: asOf.toISOString(),
      total: rated(tally.total),
      items: found
        .slice((page - 1) * pageSize, page * pageSize)
        .map(({ coalitionId, name, figures }) => ({ coalitionId, name, ...rated(figures) })),
      found: found.length,
      page,
      pages: Math.max(1, Math.ceil(found.length / pageSize)),
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

  async dashboard(campaignId: string, coalitionId: string, first = Infinity): Promise<DashboardAnswer> {
    const campaign = await this.around(campaignId, coalitionId);
    const { asOf, coalition, lines, overlap } = await this.below.of(`${campaignId} ${coalitionId}`);
    const { name, zone } = coalition;
    return {
      asOf: asOf.toISOString(),
      campaign: {
        id: campaign.id,
        title: campaign.wordsIn('en').title,
        kind: campaign.kind,
        status: campaign.status as DashboardAnswer['campaign']['status'],
        deadlineAt: campaign.deadlineAt?.toISOString() ?? null,
        deadlineZone: campaign.deadlineZone,
      },
      coalition: { id: coalitionId, name, zone },
      coalitions: lines
        .slice(0, first)
        .map(({ total, referred: _, ...line }) => ({ ...line, total: rated(total) })),
      more: Math.max(0, lines.length - first),
      overlap,
      referred: lines[0]!.referred,
      rank: campaign.ranking ? await this.rankOf(campaignId, coalition) : null,
    };
  }

  private readBelow(campaignId: string, coalitionId: string) {
    return this.tallies.atOnce(async (db, asOf) => {
      const [coalitions, tallies] = [new Coalitions(db), new Tallies(db)];
      const coalition = await coalitions.byId(coalitionId);
      if (!coalition) throw unknown('coalition');
      const tree = await coalitions.treeBelow(coalitionId);
      const ids = tree.map(({ id }) => id);
      const total = await tallies.among(campaignId, ids);
      const today = await tallies.since(campaignId, ids, startOfDay(asOf, coalition.zone));
      const referred = await tallies.referred(campaignId);
      return {
        asOf,
        coalition,
        lines: tree.map(({ id, name, depth }) => ({
          coalitionId: id,
          name,
          depth,
          total: total.get(id) ?? nobody,
          today: today.get(id) ?? nobody,
          referred: referred.get(id) ?? { signups: 0, confirmed: 0 },
        })),
        steps: await tallies.steps(campaignId, coalitionId),
        overlap: await tallies.overlap(campaignId, coalitionId),
      };
    });
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
    const tally = await this.tallies.of(campaignId);
    const lines = await this.linesOf(campaignId, tally);
    return this.file(campaignId, 'tally', staff, [
      ['coalition', ...names, 'rate'],
      ['(everybody, each once)', ...row(tally.total)],
      ...lines.sort(byNumber).map(({ name, figures }) => [name, ...row(figures)]),
    ]);
  }

  async seriesFile(campaignId: string, series: SeriesAnswer, staff: StaffKey): Promise<string> {
    const { items } = series;
    return this.file(campaignId, 'series', staff, [
      ['from', ...names, ...names.map((name) => `${name} in all`)],
      ...items.map(({ at, step, total }) => [
        at,
        ...names.map((name) => step[name]),
        ...names.map((name) => total[name]),
      ]),
    ]);
  }

  /** What was done each day, and how many there must be at the end of the days ahead. */
  async roadFile(campaignId: string, query: SeriesQuery, staff: StaffKey): Promise<string> {
    const { items, road } = await this.series(campaignId, { ...query, by: 'day' });
    const needed = new Map(road?.ahead.map(({ at, count }) => [at, count]));
    const done = new Set(items.map(({ at }) => at));
    return this.file(campaignId, 'road', staff, [
      ['day', 'done', 'done in all', 'needed in all'],
      ...items.map(({ at, step, total }) => [at, step.confirmed, total.confirmed, needed.get(at) ?? null]),
      ...[...needed].filter(([at]) => !done.has(at)).map(([at, count]) => [at, null, null, count]),
    ]);
  }

  async funnelFile(campaignId: string, { items }: FunnelAnswer, staff: StaffKey): Promise<string> {
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
    await this.around(campaignId, coalitionId);
    const { lines } = await this.below.of(`${campaignId} ${coalitionId}`);
    const today = names.map((name) => `${name} today`);
    return this.file(campaignId, 'dashboard', staff, [
      ['coalition', ...names, 'rate', ...today, 'signups by a colleague', 'confirmed by a colleague'],
      ...lines.map(({ name, total, today, referred }) => [
        name,
        ...row(total),
        ...names.map((figure) => today[figure]),
        referred.signups,
        referred.confirmed,
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

  /** The coalitions around a campaign with their figures, nobody's too. */
  private async linesOf(campaignId: string, tally: Tally): Promise<Line[]> {
    const figuresOf = new Map(tally.coalitions.map(({ coalitionId, ...figures }) => [coalitionId, figures]));
    return (await this.lists.of(campaignId)).map(({ id, name }) => ({
      coalitionId: id,
      name,
      figures: figuresOf.get(id) ?? nobody,
    }));
  }

  /** By rate, then by number; only neighbours that somebody signed up through stand in it. */
  private async rankOf(campaignId: string, { id: coalitionId, parentId }: Coalition) {
    const { coalitions } = await this.tallies.of(campaignId);
    const figuresOf = new Map<string, Figures>(coalitions.map((each) => [each.coalitionId, each]));
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

const rated = (figures: Figures) => ({ ...figures, rate: rateOf(figures) });
const byNumber = (a: Line, b: Line) =>
  b.figures.confirmed - a.figures.confirmed ||
  b.figures.signups - a.figures.signups ||
  a.name.localeCompare(b.name);
/** Where nobody signed up there is no rate, so it stands last. */
const byRate = (a: Line, b: Line) => (rateOf(b.figures) ?? -1) - (rateOf(a.figures) ?? -1) || byNumber(a, b);

/** A name as people look for it: without case and accents. */
const folded = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const funnelOf = (asOf: Date, figures: Figures): FunnelAnswer => ({
  asOf: asOf.toISOString(),
  items: stages.map((stage) => ({
    stage,
    people: figures[stage],
    share: figures.signups > 0 ? figures[stage] / figures.signups : null,
  })),
});

const row = (figures: Figures) => [...names.map((name) => figures[name]), rateOf(figures)];

const added = (a: Figures, b: Figures): Figures => ({
  signups: a.signups + b.signups,
  optedIn: a.optedIn + b.optedIn,
  went: a.went + b.went,
  confirmed: a.confirmed + b.confirmed,
  verified: a.verified + b.verified,
  pledged: a.pledged + b.pledged,
});

/** Each step beside all that came about until its end. */
function risen(steps: Step[]): { at: Date; step: Figures; total: Figures }[] {
  let total = nobody;
  return steps.map(({ at, ...step }) => ({ at, step, total: (total = added(total, step)) }));
}

/** Hours put together into a zone's days. */
function daily(steps: Step[], zone: string): Step[] {
  const days = new Map<number, Step>();
  for (const step of steps) {
    const at = startOfDay(step.at, zone);
    days.set(+at, { at, ...added(days.get(+at) ?? nobody, step) });
  }
  return [...days.values()];
}
