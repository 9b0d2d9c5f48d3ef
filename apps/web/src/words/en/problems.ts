/** What the API refuses, by its code, or else `other`. In English the API says it itself. */
export const problems: Record<string, string> = {};
