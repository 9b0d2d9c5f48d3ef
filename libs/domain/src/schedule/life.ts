/** A campaign's life: draft → awaiting → running ⇄ paused → ended → closed (RULES §1). */
export type Status = 'draft' | 'awaiting' | 'running' | 'paused' | 'ended' | 'closed';

/**
 * What happens to a campaign. `launch`, `move` (a deadline is set or moved), `pause`, `resume` and `close` are an organizer's; `end` comes by itself at
 * the deadline, `finish` when the last follow-up has expired.
 */
export type Verb = 'launch' | 'move' | 'pause' | 'resume' | 'end' | 'finish' | 'close';

/** What the campaign is like: for `move`, `deadline` is the new one. */
export interface Facts {
  now: Date;
  /** Null: not known yet. */
  deadline: Date | null;
}

export type RefusalCode =
  | 'not_launched'
  | 'already_launched'
  | 'not_running'
  | 'not_paused'
  | 'deadline_missing'
  | 'deadline_past'
  | 'deadline_ahead'
  | 'over';

/** Why a campaign stays as it is, in words that say the next step. */
export interface Refusal {
  code: RefusalCode;
  message: string;
}

/** The status after a verb, or why not. Where the verb changes nothing (a deadline moved while running) the status is the same. */
export function transition(
  status: Status,
  verb: Verb,
  facts: Facts,
): { status: Status } | { problem: Refusal } {
  const ahead = facts.deadline !== null && facts.deadline > facts.now;
  if (status === 'closed') return refuse('over', 'This campaign is closed for good. Start a new one.');
  switch (verb) {
    case 'launch':
      if (status !== 'draft') return refuse('already_launched', 'This campaign is launched already.');
      if (facts.deadline === null) return { status: 'awaiting' };
      return ahead ? { status: 'running' } : pastDeadline();
    case 'move':
      if (facts.deadline === null) {
        if (status === 'draft' || status === 'awaiting') return { status };
        return refuse('deadline_missing', 'A launched campaign keeps a deadline. Give it another date.');
      }
      if (status === 'draft') return { status };
      if (!ahead) return pastDeadline();
      return { status: status === 'paused' ? 'paused' : 'running' };
    case 'pause':
      return status === 'running'
        ? { status: 'paused' }
        : refuse('not_running', `Only a running campaign can be paused; this one is ${status}.`);
    case 'resume':
      if (status !== 'paused')
        return refuse('not_paused', `Only a paused campaign can go on; this one is ${status}.`);
      return ahead ? { status: 'running' } : pastDeadline();
    case 'end':
      if (status !== 'running' && status !== 'paused') {
        return refuse('not_running', `Only a running campaign can end; this one is ${status}.`);
      }
      return ahead || facts.deadline === null
        ? refuse('deadline_ahead', 'The deadline is still ahead. Close the campaign to stop it now.')
        : { status: 'ended' };
    case 'finish':
      return status === 'ended'
        ? { status: 'closed' }
        : refuse('deadline_ahead', `Only an ended campaign closes by itself; this one is ${status}.`);
    case 'close':
      return status === 'draft'
        ? refuse('not_launched', 'This campaign was never launched. Delete the draft instead.')
        : { status: 'closed' };
  }
}

/** Does a campaign take signups and opt-ins? Those that are over do not; they still take confirmations. */
export function takesSignups(status: Status): boolean {
  return status === 'awaiting' || status === 'running' || status === 'paused';
}

/** Does a campaign with a deadline ask how it went? When it is over, too: a late word counts as long as its link lives. */
export function takesConfirmations(status: Status): boolean {
  return status === 'running' || status === 'paused' || hasEnded(status);
}

/** Has its deadline passed, so that people are asked how it went? */
export function hasEnded(status: Status): boolean {
  return status === 'ended' || status === 'closed';
}

function pastDeadline() {
  return refuse('deadline_past', 'The deadline has passed. Move it to a date ahead first.');
}

function refuse(code: RefusalCode, message: string): { problem: Refusal } {
  return { problem: { code, message } };
}
