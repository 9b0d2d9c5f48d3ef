import type { FailReason, SuppressReason } from './reasons.js';

/** What a provider's answer to a hand-over means for the ledger. */
export interface Answer {
  /**
   * `sent`: accepted. `failed`: refused for good. `later`: not accepted, safe to hand over again. `ambiguous`: it may have been
   * accepted; email is handed over again under the same Message-ID, a text never is.
   */
  outcome: 'sent' | 'failed' | 'later' | 'ambiguous';
  reason?: FailReason;
  /** Don't use this address or number again. */
  suppress?: SuppressReason;
  /** The fault is ours (registration, authentication, region, spam): tell people and stop, for every recipient would fail. */
  alert?: true;
  /** For `later`: not before so many seconds. */
  retryAfterSeconds?: number;
  /** For `later`: slow the whole sender down, not just this recipient. */
  slowDown?: true;
}
