import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn, VersionColumn } from 'typeorm';

/** A group that recruits supporters; coalitions form a tree. */
@Entity('coalitions')
export class Coalition {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ name: 'parent_id', type: 'uuid', nullable: true })
  parentId!: string | null;

  @Column('text')
  slug!: string;

  @Column('text')
  name!: string;

  /** Neutral: the SMS sender, the name in From and in links, safe on a lock screen. */
  @Column({ name: 'short_name', type: 'text' })
  shortName!: string;

  @Column('text')
  zone!: string;

  @Column({ name: 'reply_to', type: 'text' })
  replyTo!: string;

  @Column({ name: 'postal_address', type: 'text' })
  postalAddress!: string;

  /** `#rrggbb` */
  @Column('text')
  colour!: string;

  /** Its picture's name: `{hash}-{width}x{height}`. */
  @Column({ type: 'text', nullable: true })
  logo!: string | null;

  /** Where its people, links and leaders are now; null while it is a coalition of its own. */
  @Column({ name: 'merged_into', type: 'uuid', nullable: true })
  mergedInto!: string | null;

  @VersionColumn()
  version!: number;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
