import type { EntityManager } from 'typeorm';
import type { Finding, Notice } from '#domain';

/** What regulations.gov said of a document when it was heard last; dates in Eastern. */
export type HeardDocument = {
  title: string;
  agency: string | null;
  /** What the Federal Register calls it. */
  notice: string | null;
  opensOn: string | null;
  closesOn: string | null;
  withdrawn: boolean;
};
/** The notice that spoke last for it in the Federal Register. */
export type HeardNotice = Pick<Notice, 'number' | 'title' | 'url' | 'publishedOn' | 'closesOn'> & {
  certain: boolean;
  withdrawn: boolean;
};

/** A campaign's docket as it is watched. What was heard is null where nothing was heard yet. */
export type DocketWatch = {
  campaignId: string;
  /** Whether an agreed extension moves the deadline without a person. */
  byItself: boolean;
  /** What a campaign that waits for its document looks for. */
  agency: string | null;
  words: string | null;
  documentId: string | null;
  docketId: string | null;
  document: HeardDocument | null;
  documentAt: Date | null;
  register: HeardNotice | null;
  registerAt: Date | null;
  finding: Finding | null;
  nextAt: Date;
};
export type Heard = Pick<
  DocketWatch,
  'documentId' | 'docketId' | 'document' | 'documentAt' | 'register' | 'registerAt' | 'finding'
>;

export type ProposalKind = 'opening' | 'extension' | 'correction' | 'conflict' | 'withdrawn';
export type ProposalState = 'open' | 'applied' | 'dismissed' | 'superseded';
export type DocketProposal = {
  id: string;
  kind: ProposalKind;
  /** The campaign's own date then. */
  kept: string | null;
  /** What a person may choose of. */
  closesOn: string[];
  regulationsOn: string | null;
  registerOn: string[];
  agreed: boolean;
  notice: Pick<HeardNotice, 'number' | 'title' | 'url'> | null;
  state: ProposalState;
  madeAt: Date;
  decidedAt: Date | null;
  decidedBy: string | null;
};
export type NewProposal = Omit<DocketProposal, 'id' | 'state' | 'madeAt' | 'decidedAt' | 'decidedBy'>;

export type DocketCandidate = { notice: Notice; state: 'open' | 'accepted' | 'dismissed'; foundAt: Date };

const watched = `w.campaign_id as "campaignId", by_itself as "byItself", agency, words, document_id as "documentId",
  docket_id as "docketId", document, document_at as "documentAt", register, register_at as "registerAt", finding, next_at as "nextAt"`;
const proposed = `id, kind, kept::text, closes_on::text[] as "closesOn", regulations_on::text as "regulationsOn",
  register_on::text[] as "registerOn", agreed, notice, state, made_at as "madeAt", decided_at as "decidedAt", decided_by as "decidedBy"`;

/** Campaigns' dockets: what is watched, what was heard, what is proposed and who decided. By the campaign's clock. */
export class Dockets {
  constructor(private readonly db: EntityManager) {}

  async of(campaignId: string): Promise<DocketWatch | null> {
    const [row] = await this.db.query<DocketWatch[]>(
      `select ${watched} from docket_watches w where campaign_id = $1`,
      [campaignId],
    );
    return row ?? null;
  }

  /** Comment campaigns that are launched and not closed are watched from now on, those that are there already stay. */
  async adopt(): Promise<void> {
    await this.db.query(
      `insert into docket_watches (campaign_id)
       select id from campaigns c where kind = 'regulatory_comment' and status in ('awaiting', 'running', 'paused', 'ended')
         and official ->> 'document' is not null
         and not exists (select from docket_watches w where w.campaign_id = c.id)
       on conflict do nothing`,
    );
  }

  /**
   * Gives each watch that is due, or whose campaign has another document now, to one worker for five minutes; what it does not
   * settle is due again.
   */
  async claim(limit: number): Promise<DocketWatch[]> {
    const [rows] = await this.db.query<[DocketWatch[], number]>(
      `update docket_watches w set next_at = campaign_now() + interval '5 minutes'
       from (
         select w.campaign_id from docket_watches w join campaigns c on c.id = w.campaign_id
         where c.status in ('awaiting', 'running', 'paused', 'ended')
           and (w.next_at <= campaign_now()
             or w.document_at is not null and w.document_id is distinct from (c.official ->> 'document'))
         order by w.next_at limit $1 for update of w skip locked
       ) as due
       where w.campaign_id = due.campaign_id
       returning ${watched}`,
      [limit],
    );
    return rows;
  }

  /** @param nextAt null: nothing is asked any more, unless the deadline moves */
  async settle(campaignId: string, heard: Heard, nextAt: Date | null): Promise<void> {
    await this.db.query(
      `update docket_watches set document_id = $2, docket_id = $3, document = $4, document_at = $5, register = $6,
         register_at = $7, finding = $8, next_at = coalesce($9::timestamptz, campaign_now() + interval '1 day') where campaign_id = $1`,
      [
        campaignId,
        heard.documentId,
        heard.docketId,
        heard.document && JSON.stringify(heard.document),
        heard.documentAt,
        heard.register && JSON.stringify(heard.register),
        heard.registerAt,
        heard.finding && JSON.stringify(heard.finding),
        nextAt,
      ],
    );
  }

  /** Both are asked anew within seconds. */
  async askNow(campaignId: string): Promise<void> {
    await this.db.query(
      `insert into docket_watches (campaign_id) values ($1)
       on conflict (campaign_id) do update set next_at = campaign_now(), document_at = null, register_at = null`,
      [campaignId],
    );
  }

  /** How a campaign is watched; what it looks for anew is asked for at once. */
  async set(
    campaignId: string,
    { byItself, agency, words }: Pick<DocketWatch, 'byItself' | 'agency' | 'words'>,
  ): Promise<void> {
    await this.db.query(
      `insert into docket_watches as w (campaign_id, by_itself, agency, words) values ($1, $2, $3, $4)
       on conflict (campaign_id) do update set by_itself = excluded.by_itself, agency = excluded.agency, words = excluded.words,
         next_at = case when (w.agency, w.words) is distinct from (excluded.agency, excluded.words)
           then campaign_now() else w.next_at end,
         register_at = case when (w.agency, w.words) is distinct from (excluded.agency, excluded.words)
           then null else w.register_at end`,
      [campaignId, byItself, agency, words],
    );
  }

  /** The newest first. */
  proposals(campaignId: string, limit = 20): Promise<DocketProposal[]> {
    return this.db.query(
      `select ${proposed} from docket_proposals where campaign_id = $1 order by made_at desc, state = 'open' desc, id limit $2`,
      [campaignId, limit],
    );
  }

  async proposal(campaignId: string, id: string): Promise<DocketProposal | null> {
    const [row] = await this.db.query<DocketProposal[]>(
      `select ${proposed} from docket_proposals where campaign_id = $1 and id = $2`,
      [campaignId, id],
    );
    return row ?? null;
  }

  /** In the transaction that holds the campaign. What was open before is superseded. @param by who applied it already; null: it waits for a person */
  async propose(campaignId: string, made: NewProposal, by: string | null = null): Promise<string> {
    await this.supersede(campaignId);
    const [row] = await this.db.query<{ id: string }[]>(
      `insert into docket_proposals (campaign_id, kind, kept, closes_on, regulations_on, register_on, agreed, notice, state, decided_at, decided_by)
       values ($1, $2, $3, $4::date[], $5, $6::date[], $7, $8, case when $9::text is null then 'open' else 'applied' end,
         case when $9::text is not null then campaign_now() end, $9) returning id`,
      [
        campaignId,
        made.kind,
        made.kept,
        made.closesOn,
        made.regulationsOn,
        made.registerOn,
        made.agreed,
        made.notice && JSON.stringify(made.notice),
        by,
      ],
    );
    return row!.id;
  }

  /** What the sources say no longer needs no decision. */
  async supersede(campaignId: string): Promise<void> {
    await this.db.query(
      `update docket_proposals set state = 'superseded', decided_at = campaign_now(), decided_by = 'system'
       where campaign_id = $1 and state = 'open'`,
      [campaignId],
    );
  }

  /** @returns whether it was open */
  async decide(campaignId: string, id: string, state: 'applied' | 'dismissed', by: string): Promise<boolean> {
    const [rows] = await this.db.query<[unknown[], number]>(
      `update docket_proposals set state = $3, decided_at = campaign_now(), decided_by = $4
       where campaign_id = $1 and id = $2 and state = 'open' returning id`,
      [campaignId, id, state, by],
    );
    return rows.length > 0;
  }

  /** Whether the same is open, or was dismissed while the campaign kept this date; null: it is news. */
  async known(campaignId: string, made: NewProposal): Promise<'open' | 'dismissed' | null> {
    const [row] = await this.db.query<{ state: 'open' | 'dismissed' }[]>(
      `select state from docket_proposals where campaign_id = $1 and kind = $2 and kept is not distinct from $3::date
         and closes_on = $4::date[] and agreed = $5 and state in ('open', 'dismissed')
       order by state desc limit 1`,
      [campaignId, made.kind, made.kept, made.closesOn, made.agreed],
    );
    return row?.state ?? null;
  }

  /** @returns which are new */
  async addCandidates(campaignId: string, notices: Notice[]): Promise<Notice[]> {
    const rows = await this.db.query<{ number: string }[]>(
      `insert into docket_candidates (campaign_id, number, notice)
       select $1, n ->> 'number', n from jsonb_array_elements($2::jsonb) as n on conflict do nothing returning number`,
      [campaignId, JSON.stringify(notices)],
    );
    return notices.filter(({ number }) => rows.some((row) => row.number === number));
  }

  candidates(campaignId: string): Promise<DocketCandidate[]> {
    return this.db.query(
      `select notice, state, found_at as "foundAt" from docket_candidates where campaign_id = $1 and state = 'open'
       order by notice ->> 'publishedOn' desc nulls last, number limit 20`,
      [campaignId],
    );
  }

  /** @returns the notice; null when it was not open */
  async decideCandidate(
    campaignId: string,
    number: string,
    state: 'accepted' | 'dismissed',
    by: string,
  ): Promise<Notice | null> {
    const [rows] = await this.db.query<[{ notice: Notice }[], number]>(
      `update docket_candidates set state = $3, decided_by = $4
       where campaign_id = $1 and number = $2 and state = 'open' returning notice`,
      [campaignId, number, state, by],
    );
    return rows[0]?.notice ?? null;
  }
}
