import 'reflect-metadata';
import { startOrSay } from '#boot';
import { startSandbox } from './sandbox.js';

await startOrSay(async () => {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const sandbox = await startSandbox(process.env, say);
  let leaving = false;
  const leave = () => {
    if (leaving) return;
    leaving = true;
    say('Stopping …');
    sandbox.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', leave);
  process.on('SIGTERM', leave);
  say(`
Drumbeat is running. Ctrl-C stops it; what is in it stays.

  Sandbox    ${sandbox.url}/sandbox      mailbox, phones and clock
  Sign up    ${sandbox.signupUrl}
  Console    ${sandbox.signInUrl}
             (press the button there: you are its administrator)
`);
});
