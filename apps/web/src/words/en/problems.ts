/** What the API refuses, by its code. In English the API says it itself. */
export const problems: Record<string, string> = {};
