import { readSettings, startOrSay } from '#boot';
import { migrate } from '#postgres';
import { migrateQueues } from '#queues';
import { createApi } from './app.js';
import { ApiSettings } from './settings.js';

/** `npm run start:api`: migrates, then serves. SIGTERM finishes what is under way. */
await startOrSay(async () => {
  const settings = readSettings(ApiSettings);
  await migrate(settings.DATABASE_URL);
  await migrateQueues(settings);
  const api = await createApi(settings);
  await api.listen(settings.PORT, '0.0.0.0');
});
