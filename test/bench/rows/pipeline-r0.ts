import { pipeline } from '../pipeline.js';
import { interleaved, median, type Row, scaled } from '../row.js';
import { connections, type Stage } from '../stage.js';
import { crowdMail, listOf } from '../words.js';

const people = scaled(10_000);

export const pipelineR0: Row = {
  name: 'pipeline_r0',
  what: 'pipeline ÷ a bare nodemailer pool',
  goal: 1.8,
  better: 'more',
  async measure(stage) {
    const database = await stage.database();
    const sink = await stage.sink();
    const measured = await interleaved(stage.say, {
      ours: () => pipeline(stage, { database, sink, people }),
      control: () => r0(stage, sink.url, people),
    });
    stage.ceiling = median(measured.samples.map(({ ours }) => ours));
    await sink.stop();
    await stage.drop(database);
    return { ...measured, people, connections };
  },
};

/** @returns messages a second */
export async function r0(stage: Stage, url: string, count: number, dkim?: object): Promise<number> {
  const given = { url, connections, people: listOf(count), mail: crowdMail(), dkim };
  return (await stage.control<{ perSecond: number }>('r0', given)).perSecond;
}
