/** See compile.mjs. */
export function compile(): Promise<void>;
