import type { FaultCode } from '#domain';

/** What is wrong with a field, by its code. In English the API says it itself. */
export const faults: Partial<Record<FaultCode, string>> = {};
