import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, QueryFailedError } from 'typeorm';
import { contrastWithWhite, isReadableColour, readableColour } from '#domain';
import { checkLockScreen } from '#messages';
import {
  Accounts,
  Audit,
  Campaigns,
  type Coalition,
  Coalitions,
  Keyring,
  type MergeEffect,
  Merges,
  type StaffKey,
} from '#postgres';
import { actorOf } from '../access/access.js';
import { bad, Problem, unknown } from '../problems/problem.js';
import {
  type CoalitionAnswer,
  type CoalitionForm,
  type CoalitionPatch,
  logoAddress,
  type MergeAnswer,
} from './coalition.schema.js';
import { drawLogo } from './logo.js';

const organizersOnly = ['slug', 'parentId'] as const;
/** How often a merge begins anew when somebody is in its way. */
const mergeTries = 20;

/** Coalitions: each change is one transaction with its line in the audit log. */
@Injectable()
export class CoalitionsService {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
  ) {}

  /** A leader's are their own and those below it. */
  async list({ role, coalitionId }: StaffKey): Promise<CoalitionAnswer[]> {
    const coalitions = new Coalitions(this.db.manager);
    const listed =
      role === 'leader'
        ? await coalitions.byIds((await coalitions.treeBelow(coalitionId!)).map(({ id }) => id))
        : await coalitions.list();
    return listed.map(answer);
  }

  async read(id: string): Promise<CoalitionAnswer> {
    const coalition = await new Coalitions(this.db.manager).byId(id);
    if (!coalition) throw unknown('coalition');
    return answer(coalition);
  }

  async create(form: CoalitionForm, staff: StaffKey): Promise<CoalitionAnswer> {
    const created = this.db.transaction(async (db) => {
      const coalitions = new Coalitions(db);
      const parent = form.parentId ? await this.parent(db, form.parentId) : null;
      checkColour(form.colour);
      const saved = await coalitions.save({
        slug: form.slug,
        name: form.name,
        shortName: form.shortName ?? form.name.slice(0, 30),
        parentId: parent?.id ?? null,
        zone: form.zone ?? parent?.zone ?? 'America/New_York',
        replyTo: form.replyTo ?? parent?.replyTo ?? '',
        postalAddress: form.postalAddress ?? parent?.postalAddress ?? '',
        colour: form.colour ?? parent?.colour ?? '#1f5f8b',
        logo: null,
        mergedInto: null,
      });
      await new Audit(db).write(actorOf(staff), 'coalition.created', null, { coalitionId: saved.id });
      return answer(saved);
    });
    return created.catch((error: unknown) => this.slugTaken(error, form.slug));
  }

  async patch(id: string, form: CoalitionPatch, staff: StaffKey): Promise<CoalitionAnswer> {
    const { version, logo, ...fields } = form;
    const changed = this.change(id, version, staff, async (db, coalition) => {
      for (const field of organizersOnly)
        if (staff.role === 'leader' && fields[field] !== undefined && fields[field] !== coalition[field])
          throw new Problem(
            403,
            'role',
            'Only organizers move a coalition in the tree or change its address. Ask one of them.',
            [bad(field, 'for_organizers')],
          );
      checkColour(fields.colour);
      if (fields.shortName) await this.checkShortName(db, coalition, fields.shortName);
      if (fields.parentId) await this.parent(db, fields.parentId, coalition);
      return { ...fields, ...(logo !== undefined && { logo: await this.formerLogo(db, id, logo) }) };
    });
    return changed.catch((error: unknown) => this.slugTaken(error, form.slug));
  }

  /** @param image a PNG, JPEG or WebP as somebody has it; what is shown is drawn anew */
  async setLogo(id: string, version: number, image: Buffer, staff: StaffKey): Promise<CoalitionAnswer> {
    const { name, png } = await drawLogo(image);
    return this.change(id, version, staff, async (db, coalition) => {
      await new Coalitions(db).keepLogo(coalition, name, png);
      return { logo: name };
    });
  }

  async previewMerge(from: string, into: string): Promise<MergeAnswer> {
    const { one, other } = await this.pair(this.db.manager, from, into);
    if (one.mergedInto) throw alreadyMerged(one);
    return this.effect(
      this.db.manager,
      one,
      other,
      await new Merges(this.db.manager, this.keys).preview(from, into),
    );
  }

  /**
   * Merging makes way: where somebody who signs up just then would have to wait for long, or would be in a deadlock with it, it
   * lets go of everything and begins anew.
   */
  async merge(from: string, into: string, staff: StaffKey): Promise<MergeAnswer> {
    for (let tried = 1; ; tried++) {
      try {
        return await this.db.transaction((db) => this.mergeOnce(db, from, into, staff));
      } catch (error) {
        if (!gaveWay(error)) throw error;
        if (tried === mergeTries)
          throw new Problem(
            503,
            'busy',
            'Many people are signing up through these coalitions just now. Nothing was changed; try again in a few minutes.',
          );
        await wait(100 + Math.random() * 400);
      }
    }
  }

  private async mergeOnce(
    db: EntityManager,
    from: string,
    into: string,
    staff: StaffKey,
  ): Promise<MergeAnswer> {
    await db.query(`set local lock_timeout = '700ms'`);
    const merges = new Merges(db, this.keys);
    await merges.holdBoth([from, into]);
    const { one, other } = await this.pair(db, from, into);
    const nothing = { campaigns: [], hidden: 0, children: [], leaders: 0, slugs: [one.slug] };
    // Pressed twice.
    if (one.mergedInto === into) return this.effect(db, one, other, nothing);
    if (one.mergedInto) throw alreadyMerged(one);
    const effect = await merges.merge(from, into);
    const { campaigns, children, slugs, ...counts } = effect;
    await new Audit(db).write(actorOf(staff), 'coalition.merged', null, {
      coalitionId: from,
      into,
      parentId: one.parentId,
      ...counts,
      people: campaigns.reduce((sum, { people }) => sum + people, 0),
      inBoth: campaigns.reduce((sum, { inBoth }) => sum + inBoth, 0),
      children: children.map(({ id }) => id),
      slugs,
    });
    return this.effect(db, one, other, effect);
  }

  private async pair(db: EntityManager, from: string, into: string) {
    if (from === into)
      throw new Problem(422, 'same', 'A coalition cannot be merged with itself. Choose another.', [
        bad('into', 'same_coalition'),
      ]);
    const coalitions = new Coalitions(db);
    const [one, other] = [await coalitions.byId(from), await coalitions.byId(into)];
    if (!one) throw unknown('coalition');
    if (!other || other.mergedInto)
      throw new Problem(422, 'into', 'The coalition that should stay is not there, or was merged itself.', [
        bad('into', 'of_the_tree'),
      ]);
    return { one, other };
  }

  private async effect(
    db: EntityManager,
    one: Coalition,
    other: Coalition,
    effect: MergeEffect,
  ): Promise<MergeAnswer> {
    const campaigns = new Map((await new Campaigns(db).list()).map((campaign) => [campaign.id, campaign]));
    return {
      from: { id: one.id, name: one.name },
      into: { id: other.id, name: other.name },
      ...effect,
      campaigns: effect.campaigns.flatMap(({ id, people, inBoth }) => {
        const campaign = campaigns.get(id);
        return campaign ? [{ id, title: campaign.wordsIn('en').title, people, inBoth }] : [];
      }),
    };
  }

  private async change(
    id: string,
    version: number,
    staff: StaffKey,
    make: (db: EntityManager, coalition: Coalition) => Promise<Partial<Coalition>>,
  ): Promise<CoalitionAnswer> {
    return this.db.transaction(async (db) => {
      const coalitions = new Coalitions(db);
      const coalition = await coalitions.hold(id);
      if (!coalition) throw unknown('coalition');
      if (coalition.mergedInto) throw alreadyMerged(coalition);
      if (coalition.version !== version) throw await this.changedMeanwhile(db, coalition, version);
      const made = await make(db, coalition);
      const fields = (Object.keys(made) as (keyof Coalition)[]).filter(
        (field) => made[field] !== undefined && made[field] !== coalition[field],
      );
      if (fields.length === 0) return answer(coalition);
      const saved = await coalitions.save({
        ...coalition,
        ...Object.fromEntries(fields.map((field) => [field, made[field]])),
      });
      await new Audit(db).write(actorOf(staff), 'coalition.changed', null, {
        coalitionId: id,
        version: saved.version,
        fields,
      });
      return answer(saved);
    });
  }

  /** Who saves second is told what changed and by whom; what they typed is still theirs. */
  private async changedMeanwhile(
    db: EntityManager,
    { id, version }: Coalition,
    seen: number,
  ): Promise<Problem> {
    const lines = await new Accounts(db, this.keys).named(await new Coalitions(db).changesSince(id, seen));
    const changes = lines.map(({ at, who, fields }) => ({
      at: at.toISOString(),
      by: who,
      fields,
    }));
    const by = [...new Set(changes.map(({ by }) => by))].join(', ');
    return new Problem(
      409,
      'changed_meanwhile',
      `${by || 'Somebody'} changed this coalition while you worked on it. Nothing of yours was saved yet: look at what changed, then save again.`,
      [],
      { version, changes },
    );
  }

  private async parent(db: EntityManager, id: string, child?: Coalition): Promise<Coalition> {
    const parent = await new Coalitions(db).byId(id);
    if (!parent || parent.mergedInto) throw unknown('coalition');
    if (child && (await new Coalitions(db).isBelow(id, child.id)))
      throw new Problem(
        422,
        'parent',
        `"${child.name}" cannot be below "${parent.name}", which is below it.`,
        [bad('parentId', 'below_itself')],
      );
    return parent;
  }

  /** Messages come from this name, and lock screens are public (RULES §9). */
  private async checkShortName(db: EntityManager, { id }: Coalition, shortName: string): Promise<void> {
    for (const campaign of await new Campaigns(db).ofCoalition(id)) {
      const [word] = checkLockScreen(shortName, campaign.avoidWords);
      if (word)
        throw new Problem(
          422,
          'short_name',
          `"${word}" would show on a lock screen: "${campaign.wordsIn('en').title}" keeps it out of names. Choose a neutral short name.`,
          [bad('shortName', 'short_name', { word })],
        );
    }
  }

  private async formerLogo(db: EntityManager, id: string, address: string | null): Promise<string | null> {
    const name = address && logoAddress.exec(address)![1]!;
    if (name && !(await new Coalitions(db).hadLogo(id, name)))
      throw new Problem(422, 'logo', 'This logo is not kept any more. Send the picture again.', [
        bad('logo', 'logo'),
      ]);
    return name;
  }

  /** The unique index decides, so that of two at once the second is told. */
  private async slugTaken(error: unknown, slug: string | undefined): Promise<never> {
    const { code, constraint } = (error instanceof QueryFailedError ? error.driverError : {}) as {
      code?: string;
      constraint?: string;
    };
    if (code !== '23505' || constraint !== 'coalitions_slug_key' || !slug) throw error;
    const suggestion = await new Coalitions(this.db.manager).freeSlug(slug);
    throw new Problem(
      409,
      'slug_taken',
      `A coalition is or was at the address "${slug}", and what is printed leads there. Choose another one: "${suggestion}" is free.`,
      [bad('slug', 'taken', { free: suggestion })],
      { suggestion },
    );
  }
}

function checkColour(colour: string | undefined): void {
  if (!colour || isReadableColour(colour)) return;
  const ratio = Math.floor(contrastWithWhite(colour) * 10) / 10;
  const suggestion = readableColour(colour);
  throw new Problem(
    422,
    'contrast',
    `White words on ${colour} have a contrast of ${ratio} to 1, and need 4.5 to be read. ${suggestion} is the nearest that does.`,
    [
      {
        path: 'colour',
        message: `has a contrast of ${ratio} to 1; ${suggestion} is the nearest that can be read`,
      },
    ],
    { ratio, suggestion },
  );
}

/** A lock was not to be had in time, or two waited for each other. */
const gaveWay = (error: unknown) =>
  error instanceof QueryFailedError &&
  ['55P03', '40P01'].includes((error.driverError as { code?: string }).code ?? '');

const alreadyMerged = ({ name, mergedInto }: Coalition) =>
  new Problem(
    409,
    'merged',
    `"${name}" was merged, and is no longer changed. Its people are in coalition ${mergedInto}.`,
  );

const answer = (coalition: Coalition): CoalitionAnswer => ({
  id: coalition.id,
  parentId: coalition.parentId,
  slug: coalition.slug,
  name: coalition.name,
  shortName: coalition.shortName,
  zone: coalition.zone,
  replyTo: coalition.replyTo,
  postalAddress: coalition.postalAddress,
  colour: coalition.colour,
  logo: coalition.logo && `/assets/logo/${coalition.logo}.png`,
  mergedInto: coalition.mergedInto,
  version: coalition.version,
});
