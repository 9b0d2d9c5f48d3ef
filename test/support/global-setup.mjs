// One Postgres for the whole run. Plain JavaScript: Jest loads this outside its own resolver, where `#postgres`
// would mean an older build.
import { chmod, mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startPostgres } from '../../apps/sandbox/embedded-postgres.mjs';

export default async function start() {
  if (globalThis.testPostgres) return;
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'drumbeat-test-'));
  await chmod(dataDir, 0o755); // under root Postgres runs as another user, who must get in
  const postgres = await startPostgres({ dataDir, durable: false, settings: { max_connections: 200 } });
  globalThis.testPostgres = postgres;
  process.env.DRUMBEAT_TEST_POSTGRES = postgres.url;
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
}
