import type { Language } from '#messages';

type Cell = string | number;
/** A table of the report, in its reader's words. */
export type Table = { title: string; head: string[]; rows: Cell[][]; note?: string };
/** What a report says, in the order in which it is read. */
export type Report = {
  language: Language;
  title: string;
  asOf: string;
  /** Sentences, the most important first. */
  summary: string[];
  figures: { label: string; value: string }[];
  /** How many were done at the end of each day. */
  growth: number[];
  tables: Table[];
};
