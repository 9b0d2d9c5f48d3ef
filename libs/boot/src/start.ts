import { BadSettings } from './settings.js';

/** Runs a process's start; what makes it impossible is said in one clear sentence, and the exit code is not 0. */
export async function startOrSay(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    process.stderr.write(`${sentence(error)}\n`);
    process.exit(1);
  }
}

function sentence(error: unknown): string {
  if (error instanceof BadSettings) return error.message;
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'EADDRINUSE')
    return 'The port is taken. Stop what listens there, or set PORT (of a worker METRICS_PORT) to another one.';
  if (code === 'ECONNREFUSED')
    return 'The database does not answer. Check DATABASE_URL and that the server runs.';
  if (code === 'EACCES') return `A file or folder is not writable: ${message ?? ''}`;
  return message ?? 'The start failed for an unknown reason.';
}
