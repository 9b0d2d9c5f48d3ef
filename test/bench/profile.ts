import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';

/** Imported before a program that is asked to end by a signal, which `--cpu-prof` does not survive. */
const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.start');
process.once('SIGTERM', () => {
  session.post('Profiler.stop', (_, { profile }) =>
    writeFileSync(`${process.env['BENCH_PROF']}/${process.pid}.cpuprofile`, JSON.stringify(profile)),
  );
  // To listen is to be in the way of the signal's own effect.
  if (process.listenerCount('SIGTERM') === 0) process.exit();
});
