import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

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

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
