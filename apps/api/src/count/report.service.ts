import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { docketZone, publicFigures, rateOf, sayDay, sayMoment } from '#domain';
import { type Language, pageWords, reportWords } from '#messages';
import {
  Audit,
  type Campaign,
  CampaignClock,
  Campaigns,
  Coalitions,
  type Figures,
  type LastTouch,
  type ProgressRow,
  Reports,
  type StaffKey,
} from '#postgres';
import { actorOf } from '../access/access.js';
import { unknown } from '../problems/problem.js';
import { csvOf } from './csv.js';
import { FiguresService } from './figures.service.js';
import { drawReport } from './report.pdf.js';
import type { Report, Table } from './report.js';
import { TallyService } from './tally.service.js';

/** A campaign told to somebody outside, a funder say: in whole, by coalition and by day, and what worked. No person is in it. */
@Injectable()
export class ReportService {
  constructor(
    private readonly db: DataSource,
    private readonly tallies: TallyService,
    private readonly figures: FiguresService,
  ) {}

  async pdf(
    campaignId: string,
    language: Language,
    staff: StaffKey,
  ): Promise<{ name: string; content: Buffer }> {
    const { campaign, report } = await this.read(campaignId, language);
    const content = await drawReport(report);
    await this.note(campaignId, 'report.pdf', staff);
    return { name: `${campaign.slug}-report.pdf`, content };
  }

  /** The same tables, one after the other, with an empty line between. */
  async csv(campaignId: string, language: Language, staff: StaffKey): Promise<string> {
    const { report } = await this.read(campaignId, language);
    await this.note(campaignId, 'report.csv', staff);
    return csvOf([
      [report.title],
      [report.asOf],
      ...report.summary.map((line) => [line]),
      ...report.tables.flatMap(({ title, head, rows }) => [[], [title], head, ...rows]),
    ]);
  }

  private async read(
    campaignId: string,
    language: Language,
  ): Promise<{ campaign: Campaign; report: Report }> {
    const campaigns = new Campaigns(this.db.manager);
    const campaign = await campaigns.byId(campaignId);
    if (!campaign || campaign.status === 'draft') throw unknown('campaign');
    const words = reportWords(language);
    const zone = campaign.deadlineZone ?? docketZone;
    const now = await new CampaignClock(this.db.manager).now();
    const { total, coalitions } = await this.tallies.of(campaignId);
    const { items: days } = await this.figures.series(campaignId, { by: 'day' });
    const reports = new Reports(this.db.manager);
    const moment = (at: Date) => sayMoment(at, zone, language);
    return {
      campaign,
      report: {
        language,
        title: campaign.wordsIn(language).title,
        asOf: words.asOf(moment(now)),
        summary: [
          words.summary[campaign.kind](total.signups, total.confirmed),
          ...(campaign.goal ? [words.goal(total.confirmed, campaign.goal)] : []),
          ...(campaign.launchedAt ? [`${words.launched}: ${moment(campaign.launchedAt)}`] : []),
          ...(campaign.deadlineAt ? [`${words.deadline}: ${moment(campaign.deadlineAt)}`] : []),
        ],
        figures: namesOf(campaign).map((name) => ({
          label: labelOf(name, campaign, language),
          value: total[name].toLocaleString(language === 'es' ? 'es-US' : 'en-US'),
        })),
        growth: days.map((day) => day.total.confirmed),
        tables: [
          this.byCoalition(campaign, language, total, await this.named(campaignId, coalitions)),
          byMessage(
            language,
            await this.tallies.progress(campaignId),
            await reports.lastTouches(campaignId),
            new Map((await campaigns.ladderOf(campaignId)).map(({ id, name }) => [id, name])),
          ),
          byEvidence(language, await reports.confirmations(campaignId)),
          byMiss(language, await reports.misses(campaignId)),
          {
            title: words.byDay,
            head: [words.day, words.figures.signups, words.figures.confirmed[campaign.kind]],
            rows: days
              .filter(({ step }) => step.signups !== 0 || step.confirmed !== 0)
              .map(({ at, step }) => [sayDay(new Date(at), zone, language), step.signups, step.confirmed]),
            note: words.dayNote,
          },
        ].filter(({ rows }) => rows.length > 0),
      },
    };
  }

  private byCoalition(
    campaign: Campaign,
    language: Language,
    total: Figures,
    lines: { name: string; figures: Figures }[],
  ): Table {
    const words = reportWords(language);
    const { figures: labels } = words;
    return {
      title: words.byCoalition,
      head: [words.coalition, labels.signups, labels.confirmed[campaign.kind], labels.rate],
      rows: [
        [words.everybody, total.signups, total.confirmed, percent(rateOf(total))],
        ...lines.map(({ name, figures }) => {
          const shown = publicFigures(figures);
          return shown
            ? [name, shown.signups, shown.confirmed, percent(shown.rate)]
            : [name, words.few, words.few, words.none];
        }),
      ],
      note: words.coalitionNote,
    };
  }

  private async named(campaignId: string, coalitions: ({ coalitionId: string } & Figures)[]) {
    const names = new Map(
      (await new Coalitions(this.db.manager).around(campaignId)).map(({ id, name }) => [id, name]),
    );
    return coalitions
      .flatMap(({ coalitionId, ...figures }) => {
        const name = names.get(coalitionId);
        return name ? [{ name, figures }] : [];
      })
      .sort((a, b) => b.figures.confirmed - a.figures.confirmed || a.name.localeCompare(b.name));
  }

  private note(campaignId: string, what: string, staff: StaffKey): Promise<void> {
    return new Audit(this.db.manager).write(actorOf(staff), 'figures.exported', campaignId, { what });
  }
}

/** The figures that a campaign of this kind has something in. */
function namesOf({ kind }: Campaign): (keyof Figures)[] {
  const last = { regulatory_comment: 'verified', census_occupation: 'pledged', custom: 'went' } as const;
  return ['signups', 'optedIn', 'confirmed', last[kind]];
}

function labelOf(name: keyof Figures, { kind }: Campaign, language: Language): string {
  const label = reportWords(language).figures[name];
  return typeof label === 'string' ? label : label[kind];
}

const percent = (rate: number | null) => (rate === null ? '–' : `${Math.round(100 * rate)}%`);
const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, n) => all + n, 0);

/** What was sent, and who was done with it as the last they had; first what nobody had to be sent for. */
function byMessage(
  language: Language,
  progress: ProgressRow[],
  touches: LastTouch[],
  rungs: Map<string, string>,
): Table {
  const words = reportWords(language);
  const nameOf = ({ kind, rungId }: Pick<ProgressRow, 'kind' | 'rungId'>) =>
    (rungId && rungs.get(rungId)) ?? words.kinds[kind];
  const after = ({ kind, rungId, channel }: ProgressRow) =>
    touches.find((touch) => touch.kind === kind && touch.rungId === rungId && touch.channel === channel)
      ?.confirmed ?? 0;
  const untouched = touches.find(({ kind }) => kind === null);
  return {
    title: words.reminders,
    head: [words.message, words.channel, words.sent, words.skipped, words.failed, words.unknown, words.after],
    rows: [
      ...progress.map((row) => [
        nameOf(row),
        words.channels[row.channel],
        row.sent,
        sum(row.skipped),
        sum(row.failed),
        row.unknown,
        after(row),
      ]),
      ...(untouched ? [[words.nothing, words.none, 0, 0, 0, 0, untouched.confirmed]] : []),
    ],
    note: words.afterNote,
  };
}

function byEvidence(language: Language, confirmations: Awaited<ReturnType<Reports['confirmations']>>): Table {
  const words = reportWords(language);
  return {
    title: words.evidence,
    head: [words.evidence, words.source, words.people],
    rows: confirmations
      .sort((a, b) => b.people - a.people)
      .map(({ evidence, source, people }) => [
        words.evidenceOf[evidence ?? 'said'],
        words.sources[source],
        people,
      ]),
  };
}

function byMiss(language: Language, misses: Awaited<ReturnType<Reports['misses']>>): Table {
  const words = reportWords(language);
  const { missed } = pageWords(language);
  return {
    title: words.missed,
    head: [words.answer, words.reason, words.people],
    rows: misses.map(({ missed: answer, because, people }) => [
      missed[answer],
      because ? missed.because[because] : words.unsaid,
      people,
    ]),
    note: words.missedNote,
  };
}
