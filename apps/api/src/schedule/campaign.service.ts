import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, QueryFailedError } from 'typeorm';
import {
  checkAlerts,
  checkKinds,
  checkLadder,
  checkSmsHours,
  isZone,
  type Problem as RungProblem,
  type Rung,
  transition,
  type Verb,
} from '#domain';
import { type Kit, readKit, writeKit } from '#messages';
import {
  Accounts,
  Audit,
  type Campaign,
  CampaignClock,
  Campaigns,
  type CampaignTexts,
  Coalitions,
  Keyring,
  type LadderRung,
  sealNotify,
  Staff,
  type StaffKey,
  Waves,
} from '#postgres';
import { type Deadline, DeadlineRefused, Deadlines, type Effect, ReplanService } from '#schedule';
import { actorOf } from '../access/access.js';
import { bad, type BadPart, Problem, unknown } from '../problems/problem.js';
import { API_SETTINGS, type ApiSettings } from '../settings.js';
import { kitIn, kitOf } from './campaign-kit.js';
import { ChecklistService } from './checklist.service.js';
import { PaceService } from './pace.service.js';
import { checkWords, refuseStrangers } from './words.js';
import { answerOf, summaryOf } from './campaign.answer.js';
import type { AlertAnswer, AlertForm } from './alerts.schema.js';
import {
  type CampaignAnswer,
  type CampaignForm,
  type CampaignPatch,
  type CampaignSummary,
  type DeadlineForm,
  type DeadlinePreview,
  type LadderChange,
  LadderForm,
  type Turn,
} from './campaign.schema.js';

/** A campaign's life (RULES §1): each change is one transaction with its line in the audit log. */
@Injectable()
export class CampaignService {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly replanning: ReplanService,
    private readonly deadlines: Deadlines,
    private readonly pace: PaceService,
    private readonly checklist: ChecklistService,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  async create(form: CampaignForm, staff: StaffKey): Promise<CampaignAnswer> {
    const kit = form.kitFile ? kitIn(form.kitFile) : form.kit && readKit(form.kit);
    const kind = form.kind ?? kit!.kind;
    const texts = textsOf(form, kit);
    checkHours(form.smsHours);
    refuseStrangers(form.texts ?? {}, kind);
    const wished = form.slug ?? slugOf(Object.values(texts)[0]!.title);
    const slug = form.slug ?? (await new Campaigns(this.db.manager).freeSlug(wished));
    const created = this.db.transaction(async (db) => {
      const campaign = await new Campaigns(db).save({
        slug,
        kind,
        status: 'draft',
        round: 1,
        deadlineAt: form.deadlineAt ?? null,
        deadlineZone: checkedZone(form.deadlineZone, 'deadlineZone'),
        texts,
        official: form.official ?? kit?.official ?? {},
        avoidWords: form.avoidWords ?? kit?.avoidWords ?? [],
        goal: form.goal ?? kit?.goal ?? null,
        ranking: form.ranking ?? false,
        contact: form.contact ?? null,
        notify: sealNotify(this.keys, form.notify ?? []),
        smsOpen: form.smsHours?.open ?? null,
        smsClose: form.smsHours?.close ?? null,
      });
      await this.addCoalitions(db, campaign.id, form.coalitionIds ?? []);
      const ladder = form.ladder ?? LadderForm.parse(kit?.ladder ?? []);
      if (form.ladder || ladder.length > 0) await this.replaceLadder(db, campaign, ladder);
      await new Audit(db).write(actorOf(staff), 'campaign.created', campaign.id, { slug });
      return answerOf(db, this.keys, campaign.id);
    });
    return created.catch((error: unknown) => this.addressTaken(error, slug));
  }

  /** The campaign as a file that another one can begin with. */
  async kit(id: string, staff: StaffKey): Promise<{ name: string; content: string }> {
    const campaigns = new Campaigns(this.db.manager);
    const campaign = await campaigns.byId(id);
    if (!campaign) throw unknown('campaign');
    const content = writeKit(kitOf(campaign, await campaigns.ladderOf(id)));
    await new Audit(this.db.manager).write(actorOf(staff), 'campaign.exported', id);
    return { name: `${campaign.slug}.kit.yaml`, content };
  }

  async patch(id: string, form: CampaignPatch, staff: StaffKey): Promise<CampaignAnswer> {
    const { version, ...given } = form;
    const change = this.change(id, version, staff, 'campaign.changed', async (db, campaign) => {
      const { coalitionIds, smsHours, title, notify, ...rest } = given;
      checkHours(smsHours);
      refuseStrangers(rest.texts ?? {}, campaign.kind);
      if (rest.slug !== undefined && rest.slug !== campaign.slug && campaign.status !== 'draft')
        throw new Problem(
          409,
          'already_launched',
          'The address of a launched campaign stays: people have links with it.',
          [bad('slug', 'address_stays', { slug: campaign.slug })],
        );
      const changed = await new Campaigns(db).save({
        ...campaign,
        ...rest,
        ...(notify && { notify: sealNotify(this.keys, notify) }),
        ...(title && !form.texts && { texts: retitled(campaign.texts, title) }),
        ...hoursOf(smsHours),
      });
      if (coalitionIds && campaign.status === 'draft')
        await new Campaigns(db).dropCoalitions(id, coalitionIds);
      await this.addCoalitions(db, id, coalitionIds ?? []);
      if (smsHours !== undefined) await this.replan(db, changed);
      await this.checkWords(db, changed);
      return { fields: Object.keys(given) };
    });
    return change.catch((error: unknown) => this.addressTaken(error, form.slug ?? ''));
  }

  /** A draft that nobody needs; within the page it can be brought back. */
  async remove(id: string, staff: StaffKey): Promise<void> {
    await this.db.transaction(async (db) => {
      const { status } = await this.held(db, id);
      if (status !== 'draft')
        throw new Problem(
          409,
          'already_launched',
          'A launched campaign stays, with what it sent. Close it to end it.',
        );
      await new Campaigns(db).remove(id);
      await new Audit(db).write(actorOf(staff), 'campaign.removed', id);
    });
  }

  /** Brings a removed draft back; one that is there stays as it is. */
  async restore(id: string, staff: StaffKey): Promise<CampaignAnswer> {
    return this.db.transaction(async (db) => {
      if (await new Campaigns(db).restore(id))
        await new Audit(db).write(actorOf(staff), 'campaign.restored', id);
      return answerOf(db, this.keys, id);
    });
  }

  /** What of its hours and its words to avoid is not given stays. */
  async setLadder(
    id: string,
    { rungs, smsHours, avoidWords, version }: LadderChange,
    staff: StaffKey,
  ): Promise<CampaignAnswer> {
    return this.change(id, version, staff, 'ladder.changed', async (db, campaign) => {
      checkHours(smsHours);
      const changed = await new Campaigns(db).save({
        ...campaign,
        ...hoursOf(smsHours),
        ...(avoidWords && { avoidWords }),
      });
      await this.replaceLadder(db, changed, rungs);
      const fields = [
        'ladder',
        ...(smsHours === undefined ? [] : ['smsHours']),
        ...(avoidWords ? ['avoidWords'] : []),
      ];
      return { fields, rungs: rungs.length, waves: await this.replan(db, changed) };
    });
  }

  async moveDeadline(
    id: string,
    { version, ...deadline }: DeadlineForm,
    staff: StaffKey,
  ): Promise<CampaignAnswer> {
    return this.change(id, version, staff, 'deadline.moved', (db, campaign) =>
      this.move(db, campaign, deadline),
    );
  }

  /** In the caller's transaction, as {@link Deadlines.move}. */
  move(
    db: EntityManager,
    campaign: Campaign,
    deadline: Omit<DeadlineForm, 'version'>,
  ): Promise<Record<string, unknown>> {
    return this.deadlines.move(db, campaign, checkedDeadline(deadline)).catch(sayRefused);
  }

  /** What moving the deadline would do; nothing is written. It says of each rung what `moveDeadline` would then do. */
  async previewDeadline(id: string, form: DeadlineForm): Promise<DeadlinePreview> {
    return this.db.transaction('REPEATABLE READ', async (db) => {
      const campaigns = new Campaigns(db);
      const campaign = await campaigns.byId(id);
      if (!campaign) throw unknown('campaign');
      const { deadline, why, change } = await this.deadlines
        .aim(db, campaign, checkedDeadline(form))
        .catch(sayRefused);
      const would = campaigns.imagine(campaign, change);
      const effects = deadline && why ? await this.replanning.preview(db, would, why) : [];
      const fits = deadline ? await this.pace.of(db, would) : [];
      const names = new Map((await campaigns.ladderOf(id)).map(({ id, name }) => [id, name]));
      const gone = new Set(
        (await new Waves(db).sentRungs(id)).map(({ rungId, channel }) => `${rungId} ${channel}`),
      );
      const rungs = effects.map(({ from, to, ...effect }) => {
        const { rungId, channel } = effect;
        const fit = fits.find((fit) => fit.rung.id === rungId && fit.channel === channel);
        return {
          ...effect,
          name: names.get(rungId) ?? rungId,
          from: from?.toISOString() ?? null,
          to: to?.toISOString() ?? null,
          people: fit?.people ?? 0,
          again: why === 'round' && to !== null && gone.has(`${rungId} ${channel}`),
          fits: fit?.fits ?? true,
        };
      });
      const sum = (part: 'moved' | 'dropped' | 'kept' | 'added') =>
        rungs.reduce((total, rung) => total + rung[part], 0);
      return {
        from: campaign.deadlineAt?.toISOString() ?? null,
        to: deadline?.toISOString() ?? null,
        status: would.status,
        round: would.round,
        newRound: why === 'round',
        waves: { moved: sum('moved'), dropped: sum('dropped'), kept: sum('kept'), added: sum('added') },
        again: rungs.filter(({ again }) => again).length,
        rungs,
      };
    });
  }

  /**
   * News at a moment of its own, from now on a rung of the ladder; its waves follow within seconds. One that goes at once goes in a minute, so
   * that it can be withdrawn.
   */
  async addAlert(
    id: string,
    { sendAt, name, version, ...alert }: AlertForm,
    staff: StaffKey,
  ): Promise<AlertAnswer> {
    const added = { rungId: `alert-${randomBytes(4).toString('hex')}`, sendAt: sendAt ?? new Date(0) };
    await this.change(id, version, staff, 'alert.added', async (db, campaign) => {
      const now = await new CampaignClock(db).now();
      if (!['running', 'paused', 'ended'].includes(campaign.status))
        throw new Problem(
          409,
          'not_running',
          `An alert goes to people of a campaign with a date; this one is ${campaign.status}.`,
        );
      added.sendAt = sendAt ?? new Date(now.getTime() + 60_000);
      const rung = { ...alert, id: added.rungId, name: name ?? 'Alert', sendAt: added.sendAt };
      const past = checkAlerts([rung], now);
      if (past.length > 0)
        throw new Problem(422, 'alert_past', 'This moment has passed; choose one that is ahead.', [
          bad('sendAt', 'ahead'),
        ]);
      const ladder = await new Campaigns(db).ladderOf(id);
      await this.replaceLadder(db, campaign, [...(ladder as LadderForm), rung]).catch((error: unknown) => {
        throw error instanceof Problem ? within(error, `ladder.${ladder.length}.`) : error;
      });
      return {
        rungId: added.rungId,
        channels: alert.channels,
        audience: alert.audience,
        sendAt: added.sendAt,
      };
    });
    return { rungId: added.rungId, sendAt: added.sendAt.toISOString() };
  }

  /** A rung or an alert is not sent any more. What of it has gone out stays; putting the ladder back is the undo. */
  async withdraw(id: string, rungId: string, staff: StaffKey, version?: number): Promise<CampaignAnswer> {
    return this.change(id, version, staff, 'ladder.changed', async (db, campaign) => {
      const ladder = await new Campaigns(db).ladderOf(id);
      const kept = ladder.filter((rung) => rung.id !== rungId);
      if (kept.length === ladder.length) throw unknown('rung');
      await this.replaceLadder(db, campaign, kept);
      return { withdrawn: rungId, waves: await this.replan(db, campaign) };
    });
  }

  /** Launch, pause, resume or close. Pressed again it answers what is already so. */
  async turn(id: string, verb: Turn, staff: StaffKey): Promise<CampaignAnswer> {
    const settled = {
      launch: ['awaiting', 'running'],
      pause: ['paused'],
      resume: ['running'],
      close: ['closed'],
    }[verb];
    if (verb === 'launch') await this.askSources(id);
    return this.db.transaction(async (db) => {
      const campaign = await this.held(db, id);
      if (settled.includes(campaign.status)) return answerOf(db, this.keys, id);
      const now = await new CampaignClock(db).now();
      const status = this.next(campaign, verb, now, campaign.deadlineAt);
      if (verb === 'launch') await this.checkReady(db, campaign, now);
      await new Campaigns(db).save({
        ...campaign,
        status,
        ...(verb === 'launch' && { launchedAt: now }),
        ...(verb === 'resume' && { pausedBecause: null }),
        ...(verb === 'close' && { closedAt: now }),
      });
      if (status === 'running' && verb === 'launch')
        await new Campaigns(db).startRound(id, campaign.round, campaign.deadlineAt!);
      await new Audit(db).write(actorOf(staff), `campaign.${pastOf[verb]}`, id);
      return answerOf(db, this.keys, id);
    });
  }

  /** With what is unwise about its messages, line by line. */
  async read(id: string): Promise<CampaignAnswer> {
    const campaign = await new Campaigns(this.db.manager).byId(id);
    if (!campaign) throw unknown('campaign');
    const warnings = await this.checkWords(this.db.manager, campaign).catch((error: unknown) => {
      if (error instanceof Problem) return error.parts;
      throw error;
    });
    return { ...(await answerOf(this.db.manager, this.keys, id)), warnings };
  }

  /** A leader's are those around their coalition, with only their own coalitions in them, and no ladder. */
  async list({ role, coalitionId }: StaffKey): Promise<CampaignSummary[]> {
    const campaigns = new Campaigns(this.db.manager);
    const listed = role === 'leader' ? await campaigns.around(coalitionId!) : await campaigns.list();
    const summaries = await Promise.all(listed.map((campaign) => summaryOf(this.db.manager, campaign)));
    if (role !== 'leader') return summaries;
    const tree = await new Coalitions(this.db.manager).treeBelow(coalitionId!);
    const own = new Set(tree.map(({ id }) => id));
    return summaries.map((summary) => ({
      ...summary,
      pausedBecause: null,
      coalitionIds: summary.coalitionIds.filter((id) => own.has(id)),
      ladder: [],
    }));
  }

  /**
   * A change by a person, with its line in the log.
   * @param seen the version that the caller's page shows; left out, whatever stands is changed
   */
  async change(
    id: string,
    seen: number | undefined,
    staff: StaffKey,
    action: string,
    make: (db: EntityManager, campaign: Campaign) => Promise<Record<string, unknown>>,
  ): Promise<CampaignAnswer> {
    return this.db.transaction(async (db) => {
      const campaign = await this.held(db, id);
      const { version } = campaign;
      if (seen !== undefined && seen !== version) throw await this.changedMeanwhile(db, campaign, seen);
      const detail = await make(db, campaign);
      await new Campaigns(db).raise(id, version);
      await new Audit(db).write(actorOf(staff), action, id, detail);
      return answerOf(db, this.keys, id);
    });
  }

  /** Two edit the same campaign: the second is told what the first one did, and keeps what was typed. */
  private async changedMeanwhile(
    db: EntityManager,
    { id, version }: Campaign,
    seen: number,
  ): Promise<Problem> {
    const lines = await new Accounts(db, this.keys).named(await new Audit(db).since(id, seen));
    const changes = lines.map(({ at, who, action, detail }) => ({
      at: at.toISOString(),
      by: who,
      action,
      fields: detail.fields ?? [],
    }));
    const by = [...new Set(changes.map(({ by }) => by))].join(', ');
    return new Problem(
      409,
      'changed_meanwhile',
      `${by || 'Somebody'} changed this campaign while you worked on it. Nothing of yours was saved yet: look at what changed, then save again.`,
      [],
      { version, changes },
    );
  }

  /** The unique index decides, so that of two at once the second is told, with an address that is free. */
  private async addressTaken(error: unknown, slug: string): Promise<never> {
    if (!isTaken(error)) throw error;
    const suggestion = await new Campaigns(this.db.manager).freeSlug(slug);
    throw new Problem(
      409,
      'slug_taken',
      `A campaign is at the address "${slug}" already. Choose another one: "${suggestion}" is free.`,
      [bad('slug', 'taken', { free: suggestion })],
      { suggestion },
    );
  }

  private async held(db: EntityManager, id: string): Promise<Campaign> {
    const campaign = await new Campaigns(db).hold(id);
    if (!campaign) throw unknown('campaign');
    return campaign;
  }

  private next(campaign: Campaign, verb: Verb, now: Date, deadline: Date | null) {
    const next = transition(campaign.status, verb, { now, deadline });
    if ('problem' in next) throw new Problem(409, next.problem.code, next.problem.message);
    return next.status;
  }

  /** The ladder or its hours changed under the same deadline. */
  private async replan(db: EntityManager, campaign: Campaign): Promise<Effect | null> {
    if (!campaign.deadlineAt || !campaign.launchedAt) return null;
    const saved = await new Campaigns(db).save({ ...campaign, plan: campaign.plan + 1 });
    return this.replanning.replan(db, saved, 'move');
  }

  private async addCoalitions(db: EntityManager, campaignId: string, ids: string[]): Promise<void> {
    const known = new Set((await new Coalitions(db).list()).map(({ id }) => id));
    const stranger = ids.findIndex((id) => !known.has(id));
    if (stranger >= 0) {
      throw new Problem(422, 'coalition_unknown', 'One of the coalitions does not exist.', [
        bad(`coalitionIds.${stranger}`, 'coalition_unknown'),
      ]);
    }
    const { tokenKey } = this.keys;
    for (const id of await new Campaigns(db).addCoalitions(campaignId, ids, tokenKey)) {
      const token = this.keys.token(tokenKey, `${campaignId}/${id}`, 'leader');
      await new Staff(db).openLeaderLink(token, campaignId, id);
    }
  }

  private async replaceLadder(db: EntityManager, campaign: Campaign, rungs: LadderForm): Promise<void> {
    const ladder = rungs.map((rung) => ({
      ...rung,
      name: rung.name ?? rung.id,
      messages: rung.messages ?? {},
    })) as LadderRung[];
    checkRungs(
      ladder,
      campaign.deadlineAt && campaign.deadlineZone
        ? { deadline: campaign.deadlineAt, zone: campaign.deadlineZone }
        : undefined,
    );
    if (campaign.status === 'draft') refuseLadder(checkAlerts(ladder, await new CampaignClock(db).now()));
    else refuseLadder(checkKinds(ladder, await new Waves(db).sentAs(campaign.id, ladder)));
    await new Campaigns(db).setLadder(campaign.id, ladder);
    await this.checkWords(db, campaign);
  }

  /** Words that cannot be sent are refused when they are saved, with line and column. @returns what is only unwise */
  private async checkWords(db: EntityManager, campaign: Campaign): Promise<BadPart[]> {
    const campaigns = new Campaigns(db);
    const { problems, warnings } = checkWords(
      await campaigns.ladderOf(campaign.id),
      campaign,
      await campaigns.coalitionsOf(campaign.id),
      this.settings.PUBLIC_URL,
    );
    if (problems.length > 0)
      throw new Problem(422, 'words', 'Some messages cannot be sent like this.', problems);
    return warnings;
  }

  /** Before the transaction: nobody who changes the campaign waits for somebody outside. */
  private async askSources(id: string): Promise<void> {
    const campaign = await new Campaigns(this.db.manager).byId(id);
    if (campaign?.status === 'draft')
      await this.checklist.ask(campaign, await new CampaignClock(this.db.manager).now());
  }

  private async checkReady(db: EntityManager, campaign: Campaign, now: Date): Promise<void> {
    const items = await this.checklist.missing(db, campaign, now);
    const missing = items.map(({ path, message }) => ({ path, message }));
    if (missing.length > 0)
      throw new Problem(422, 'not_ready', 'The campaign cannot be launched yet.', missing);
  }
}

/** The same refusal, of one rung alone: its parts are named as in the form that it came from. */
const within = (problem: Problem, prefix: string) =>
  new Problem(
    problem.getStatus(),
    problem.code,
    problem.detail,
    problem.parts.map(({ path, ...what }) => ({ path: path.replace(prefix, ''), ...what })),
  );

/** Whether it was refused because somebody has the slug: the unique index decides. */
function isTaken(error: unknown): boolean {
  const { code, constraint } = (error instanceof QueryFailedError ? error.driverError : {}) as {
    code?: string;
    constraint?: string;
  };
  return code === '23505' && constraint === 'campaigns_slug_key';
}

const pastOf = { launch: 'launched', pause: 'paused', resume: 'resumed', close: 'closed' };

function checkedDeadline({ deadlineAt, deadlineZone }: Omit<DeadlineForm, 'version'>): Deadline {
  return deadlineAt && deadlineZone
    ? { deadlineAt, deadlineZone: checkedZone(deadlineZone, 'deadlineZone')! }
    : { deadlineAt: null, deadlineZone: null };
}

/** What a deadline is refused for, over HTTP. */
function sayRefused(error: unknown): never {
  if (!(error instanceof DeadlineRefused)) throw error;
  throw new Problem(error.code === 'ladder' ? 422 : 409, error.code, error.message, error.parts);
}

function checkedZone(zone: string | undefined, path = 'zone'): string | null {
  if (zone === undefined) return null;
  if (isZone(zone)) return zone;
  throw new Problem(422, 'zone', `"${zone}" is not a time zone. Use a name like America/New_York.`, [
    bad(path, 'zone'),
  ]);
}

const hoursOf = (hours: CampaignForm['smsHours'] | null) =>
  hours === undefined ? {} : { smsOpen: hours?.open ?? null, smsClose: hours?.close ?? null };

function checkHours(hours: CampaignForm['smsHours']): void {
  const parts = hours ? checkSmsHours(hours) : [];
  if (parts.length > 0) throw new Problem(422, 'sms_hours', 'Texts cannot be sent at these hours.', parts);
}

function checkRungs(rungs: Rung[], deadline?: { deadline: Date; zone: string }): void {
  refuseLadder(checkLadder(rungs, deadline));
}

function refuseLadder(parts: RungProblem[]): void {
  if (parts.length > 0) throw new Problem(422, 'ladder', 'The ladder cannot be planned like this.', parts);
}

const plainTexts = (title: string): CampaignTexts => ({
  title,
  deed: title,
  summary: title,
  why: '',
  steps: [],
  minutes: { from: 5, to: 20 },
  doneLabel: 'I did it',
  officialLabel: 'Open the form',
  sources: [],
});

/** What a new campaign says: its own words, else its kit's under its own title, else hardly any. */
function textsOf({ texts, title }: CampaignForm, kit: Kit | undefined): Record<string, CampaignTexts> {
  if (texts) return texts;
  if (!kit) return { en: plainTexts(title!) };
  const words = Object.entries(kit.languages).map(([language, { outcomeLabels: _, ...rest }]) => [
    language,
    rest,
  ]);
  const ofKit = Object.fromEntries(words) as Record<string, CampaignTexts>;
  return title ? retitled(ofKit, title) : ofKit;
}

const retitled = (texts: Record<string, CampaignTexts>, title: string) =>
  Object.fromEntries(Object.entries(texts).map(([language, words]) => [language, { ...words, title }]));

const slugOf = (title: string) =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60) || 'campaign';
