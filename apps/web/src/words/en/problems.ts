/** What the API refuses, by its code, or else `other`. In English the API says it itself, but where it speaks of keys. */
export const problems: Record<string, string> = { sign_in: 'Sign in first.' };
