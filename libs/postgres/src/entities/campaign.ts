import {
  Column,
  CreateDateColumn,
  DeleteDateColumn,
  Entity,
  PrimaryGeneratedColumn,
  VersionColumn,
} from 'typeorm';
import type { Status } from '#domain';

export type CampaignKind = 'regulatory_comment' | 'census_occupation' | 'custom';

/** Where the act is done, on somebody else's site. */
export type Official = {
  url?: string | undefined;
  document?: string | undefined;
  docket?: string | undefined;
};

/** What somebody writes on a form that asks for their occupation, and what to know about it; `asked` and `ways` are Markdown. */
export type EntryTexts = {
  occupation: string;
  /** Tasks first. */
  duties: { tick: string; write: string }[];
  asked: string;
  ways: { paper: string; online: string; phone: string };
};

/** A campaign's words in one language, as its kit gives them. */
export type CampaignTexts = {
  title: string;
  deed: string;
  summary: string;
  why: string;
  public?: string | undefined;
  need?: string[] | undefined;
  steps: string[];
  minutes: { from: number; to: number };
  doneLabel: string;
  officialLabel: string;
  sources: { words: string; url?: string | undefined }[];
  /** From here on: of the comment workshop, and at the end of a census. */
  opening?: string | undefined;
  prompts?: { title: string; help: string }[] | undefined;
  facts?: { words: string; source: string; url?: string | undefined }[] | undefined;
  sample?: string | undefined;
  entry?: EntryTexts | undefined;
};

/** One ask with one deadline. */
@Entity('campaigns')
export class Campaign {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('text')
  slug!: string;

  @Column('text')
  kind!: CampaignKind;

  @Column('text')
  status!: Status;

  @Column({ name: 'deadline_at', type: 'timestamptz', nullable: true })
  deadlineAt!: Date | null;

  @Column({ name: 'deadline_zone', type: 'text', nullable: true })
  deadlineZone!: string | null;

  @Column('integer')
  round!: number;

  /** Rises when the deadline, the ladder or the hours change. */
  @Column('integer')
  plan!: number;

  /** Why it paused by itself; null when a person did it, or nothing did. */
  @Column({ name: 'paused_because', type: 'text', nullable: true })
  pausedBecause!: string | null;

  /** Sealed addresses of organizers who are told what cannot wait. */
  @Column('text', { array: true })
  notify!: string[];

  @Column({ type: 'integer', nullable: true })
  goal!: number | null;

  /** Whether leaders see where their coalition stands among its neighbours. */
  @Column('boolean')
  ranking!: boolean;

  @Column('jsonb')
  official!: Official;

  @Column({ name: 'avoid_words', type: 'text', array: true })
  avoidWords!: string[];

  @Column({ type: 'text', nullable: true })
  contact!: string | null;

  @Column({ name: 'sms_open', type: 'time', nullable: true })
  smsOpen!: string | null;

  @Column({ name: 'sms_close', type: 'time', nullable: true })
  smsClose!: string | null;

  /** The organizer's wider hours for texts, `HH:mm`; null: the default. */
  get smsHours(): { open: string; close: string } | null {
    return this.smsOpen && this.smsClose
      ? { open: this.smsOpen.slice(0, 5), close: this.smsClose.slice(0, 5) }
      : null;
  }

  @Column('jsonb')
  texts!: Record<string, CampaignTexts>;

  /** Its words in a language; where nobody wrote them, in English, else in the first there are. */
  wordsIn(language: string): CampaignTexts {
    return this.texts[language] ?? this.texts.en ?? Object.values(this.texts)[0]!;
  }

  /** Rises with every change, so that of two editors the second is told. */
  @VersionColumn()
  version!: number;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'launched_at', type: 'timestamptz', nullable: true })
  launchedAt!: Date | null;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt!: Date | null;

  @Column({ name: 'closed_at', type: 'timestamptz', nullable: true })
  closedAt!: Date | null;

  /** A draft that was taken away: it is found no more until it is brought back. */
  @DeleteDateColumn({ name: 'deleted_at', type: 'timestamptz' })
  deletedAt!: Date | null;
}
