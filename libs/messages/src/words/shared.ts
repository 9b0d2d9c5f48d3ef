/** What words to pass on are made of; the strings arrive ready in their language. */
export type Shared = {
  coalition: string;
  shortName: string;
  /** "comment on the federal job list" */
  deed: string;
  /** Plain text. */
  summary: string;
  minutes: number;
  /** "Monday, March 15, 11:59 pm Eastern"; null while there is no date. */
  deadline: string | null;
  /** The same in the coalition's zone, where that differs. */
  local: string | null;
  link: string;
};
