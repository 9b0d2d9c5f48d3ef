import { crowd, expandCrowd } from '../../support/crowd.js';
import { pipeline } from '../pipeline.js';
import { interleaved, type Row, scaled } from '../row.js';
import { connections, keys, secrets } from '../stage.js';
import { crowdMail } from '../words.js';

const people = scaled(3_000);

/** The control's reminders are there already: it need not expand a wave. */
export const pipelinePerJob: Row = {
  name: 'pipeline_per_job',
  what: 'pipeline ÷ one BullMQ job per recipient, on Postgres',
  goal: 2.5,
  better: 'more',
  async measure(stage) {
    const database = await stage.database();
    const sink = await stage.sink();
    const measured = await interleaved(stage.say, {
      ours: () => pipeline(stage, { database, sink, people }),
      control: async () => {
        const ready = await crowd({ db: database.db, keys, people });
        await expandCrowd(database.db, ready);
        await database.db.query(`analyze`);
        const { campaignId } = ready;
        const given = {
          url: sink.url,
          connections,
          database: database.url,
          secrets,
          campaignId,
          mail: crowdMail(),
        };
        return (await stage.control<{ perSecond: number }>('per-job', given)).perSecond;
      },
    });
    await sink.stop();
    await stage.drop(database);
    return { ...measured, people, connections };
  },
};
