import os from 'node:os';
import type { Stage } from './stage.js';

export type Machine = {
  cores: number;
  cpu: string;
  memoryGb: number;
  node: string;
  postgres: string;
};

/** What the figures were measured on; nothing that names the machine or its owner. */
export async function machineOf(stage: Stage): Promise<Machine> {
  const { rows } = await stage.onServer((server) =>
    server.query<{ server_version: string }>('show server_version'),
  );
  return {
    cores: os.availableParallelism(),
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    node: process.version,
    postgres: rows[0]!.server_version,
  };
}
