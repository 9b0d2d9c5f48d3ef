import { createHash } from 'node:crypto';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { takesSignups } from '#domain';
import {
  Audit,
  type Campaign,
  CampaignClock,
  Campaigns,
  type Coalition,
  type ImportAnswer,
  type ImportJoin,
  type ImportPerson,
  type ImportProblem,
  Imports,
  Keyring,
  OptInMails,
  Signups,
  type SignupView,
  type StaffKey,
} from '#postgres';
import { PersonalPlans } from '#schedule';
import { actorOf } from '../access/access.js';
import { Problem, unknown } from '../problems/problem.js';
import { type CsvLine, linesOf, piecesOf } from './csv-lines.js';
import { type ImportColumn, readHeader, readLine, refuseForeign } from './read-import.js';
import { ApiMetrics } from '../metrics/api-metrics.js';
import { optInMailsFrom, SignupService } from './signup.service.js';

const chunkSize = 250;
/** Longer than this nobody waits for an answer: the list goes on by itself, and the answer says where to look. */
const patience = 20_000;

type Run = { id: string; run: number; skip: number; campaign: Campaign; coalition: Coalition; actor: string };

/** Lists of people (RULES §6): proof makes a yes by email, and leave to ask a phone; nobody known is overwritten. */
@Injectable()
export class ImportService implements OnModuleDestroy {
  private readonly log = new Logger('Imports');
  private readonly running = new Set<Promise<void>>();
  private closing = false;

  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    private readonly signups: SignupService,
    private readonly plans: PersonalPlans,
    private readonly metrics: ApiMetrics,
  ) {}

  /** The same file again answers what became of it, or goes on where it stopped. */
  async take(campaignId: string, coalitionId: string, bytes: Buffer, staff: StaffKey): Promise<ImportAnswer> {
    const campaigns = new Campaigns(this.db.manager);
    const campaign = await campaigns.byId(campaignId);
    if (!campaign) throw unknown('campaign');
    const coalition = (await campaigns.coalitionsOf(campaignId)).find(({ id }) => id === coalitionId);
    if (!coalition) {
      throw new Problem(422, 'coalition_unknown', 'This coalition does not recruit for this campaign.', [
        { path: 'coalitionId', message: 'is none of the campaign’s coalitionIds' },
      ]);
    }
    refuseForeign(bytes);
    const first = await linesOf(piecesOf(bytes)).next();
    readHeader(first.done || !('cells' in first.value) ? [] : first.value.cells);

    const imports = new Imports(this.db.manager, this.keys);
    const file = this.keys.fingerprints(`file|${createHash('sha256').update(bytes).digest('hex')}`);
    const actor = actorOf(staff);
    if (!takesSignups(campaign.status)) {
      throw new Problem(409, `campaign_${campaign.status}`, 'This campaign takes no signups now.');
    }
    const { id, run, rows } = await imports.open(campaignId, coalitionId, file, actor);
    if (run !== null) {
      const work = this.run({ id, run, skip: rows, campaign, coalition, actor }, bytes);
      this.running.add(work);
      void work.finally(() => this.running.delete(work));
      await Promise.race([work, new Promise((resolve) => setTimeout(resolve, patience).unref())]);
    }
    return this.read(id);
  }

  async read(id: string): Promise<ImportAnswer> {
    const answer = await new Imports(this.db.manager, this.keys).byId(id);
    if (!answer) throw unknown('import');
    return answer;
  }

  /** What is under way stops after its chunk; the same file goes on from there. */
  async onModuleDestroy(): Promise<void> {
    this.closing = true;
    await Promise.all(this.running);
  }

  private async run(run: Run, bytes: Buffer): Promise<void> {
    try {
      await this.takeAll(run, bytes);
    } catch (error) {
      const { name, code } = error as Error & { code?: string };
      this.log.error({
        msg: 'A list stopped in the middle: send the same file again, and it goes on there',
        importId: run.id,
        error: name,
        code,
      });
      await new Imports(this.db.manager, this.keys).stop(run.id, run.run).catch(() => {});
    }
  }

  private async takeAll(run: Run, bytes: Buffer): Promise<void> {
    let header: Map<ImportColumn, number> | undefined;
    let seen = 0;
    let chunk: (CsvLine | { line: number; unclosed: true })[] = [];
    for await (const line of linesOf(piecesOf(bytes))) {
      if (!header) {
        header = readHeader('cells' in line ? line.cells : []);
        continue;
      }
      if (++seen <= run.skip) continue;
      chunk.push(line);
      if (chunk.length < chunkSize) continue;
      await this.takeChunk(run, header, chunk);
      chunk = [];
    }
    if (chunk.length > 0) await this.takeChunk(run, header!, chunk);
    await this.db.transaction(async (db) => {
      const imports = new Imports(db, this.keys);
      if (!(await imports.finish(run.id, run.run))) return;
      const { rows, added, attested, known, refused } = (await imports.byId(run.id))!;
      const figures = {
        importId: run.id,
        coalitionId: run.coalition.id,
        rows,
        added,
        attested,
        known,
        refused,
      };
      await new Audit(db).write(run.actor, 'people.imported', run.campaign.id, figures);
    });
  }

  /** One chunk, with the place where the next begins, in one transaction. */
  private async takeChunk(
    run: Run,
    header: Map<ImportColumn, number>,
    lines: (CsvLine | { line: number; unclosed: true })[],
  ): Promise<void> {
    if (this.closing) throw new Stopped();
    await this.db.transaction(async (db) => {
      const campaign = await new Campaigns(db).byId(run.campaign.id);
      if (!campaign || !takesSignups(campaign.status)) throw new Stopped();
      const now = await new CampaignClock(db).now();
      const people: ImportPerson[] = [];
      const problems: ImportProblem[] = [];
      for (const line of lines) {
        const { person, troubles } =
          'cells' in line ? readLine(line.cells, header, run.coalition.zone, now) : unclosed;
        if (person) people.push(person);
        problems.push(...troubles.map((trouble) => ({ line: line.line, ...trouble })));
      }
      const imports = new Imports(db, this.keys);
      const { joined, added, attested } = await imports.add(campaign.id, run.coalition.id, people, run.actor);
      await this.write(db, campaign, now, joined);
      const counts = {
        added,
        attested,
        known: people.length - added,
        refused: lines.length - people.length,
      };
      if (!(await imports.count(run.id, run.run, counts, problems))) throw new Stopped();
      this.metrics.signedUp('import', joined.length);
    });
    this.signups.wakeFor(run.campaign.id, ['email', 'sms']);
  }

  /** The first messages: a last call for whoever came with proof and late, for the rest the question whether they want any. */
  private async write(db: EntityManager, campaign: Campaign, now: Date, joined: ImportJoin[]): Promise<void> {
    const imports = new Imports(db, this.keys);
    const views = await new Signups(db, this.keys).byIds(joined.map(({ signupId }) => signupId));
    const signupOf = new Map(views.map((signup) => [signup.id, signup]));
    const asked = await imports.askedBefore(
      joined.flatMap(({ person: { typed } }) => (typed.email ? [typed.email.lookup] : [])),
    );
    const late = new Map<string, boolean>();
    const alike = new Map<string, SignupView[]>();
    for (const { signupId, person, known } of joined) {
      const signup = signupOf.get(signupId)!;
      const { email, wantsTexts } = person.typed;
      if (signup.emailSince && !late.has(signup.zone)) {
        const touches = await this.plans.plan(db, campaign, signup, { email: signup.emailSince });
        late.set(
          signup.zone,
          touches.some(({ rung, at }) => rung === 'last_call' && at !== null),
        );
      }
      if (signup.emailSince && late.get(signup.zone)) await this.plans.lastCalls(db, campaign, signup);
      if (known || wantsTexts || !email || asked.has(email.lookup))
        await this.signups.invite(db, campaign, signup, person.typed, true);
      else if (!signup.emailSince) alike.set(signup.zone, [...(alike.get(signup.zone) ?? []), signup]);
    }
    for (const signups of alike.values())
      await new OptInMails(db, this.keys).ask(
        signups.map(({ id }) => id),
        optInMailsFrom(now, now, campaign, signups[0]!),
      );
  }
}

const unclosed = {
  person: null,
  troubles: [
    {
      column: null,
      message: 'A quotation mark opens here or above and never closes: what follows was not read.',
    },
  ],
};

/** Nothing went wrong: the campaign ended, the process ends, or somebody else goes on. */
class Stopped extends Error {
  override readonly name = 'Stopped';
}
