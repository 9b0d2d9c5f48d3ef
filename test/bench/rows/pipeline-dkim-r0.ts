import { generateKeyPairSync } from 'node:crypto';
import { pipeline } from '../pipeline.js';
import { interleaved, type Row, scaled } from '../row.js';
import { connections } from '../stage.js';
import { r0 } from './pipeline-r0.js';

const people = scaled(5_000);
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const domainName = 'drumbeat.example';
const keySelector = 's1';

export const pipelineDkimR0: Row = {
  name: 'pipeline_dkim_r0',
  what: 'the same, both sides signing with DKIM',
  goal: 1.2,
  better: 'more',
  async measure(stage) {
    const database = await stage.database();
    const sink = await stage.sink();
    const env = { DKIM_DOMAIN: domainName, DKIM_SELECTOR: keySelector, DKIM_PRIVATE_KEY: privateKey };
    const measured = await interleaved(stage.say, {
      ours: () => pipeline(stage, { database, sink, people, env }),
      control: () => r0(stage, sink.url, people, { domainName, keySelector, privateKey }),
    });
    await sink.stop();
    await stage.drop(database);
    return { ...measured, people, connections };
  },
};
