/**
 * R0: what a bare nodemailer pool sends in a second. No database, no ledger: recipients from a list in memory, each mail composed
 * by nodemailer as usual. Standard input is `Given`; answers `{ "perSecond" }`.
 */
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';

type Given = {
  url: string;
  connections: number;
  people: { address: string; name: string; token: string }[];
  mail: { from: string; replyTo: string; subject: string; text: string; html: string; headers: object };
  dkim?: { domainName: string; keySelector: string; privateKey: string };
};

const { url, connections, people, mail, dkim } = JSON.parse(readFileSync(0, 'utf8')) as Given;
const transport = createTransport({
  url,
  pool: true,
  maxConnections: connections,
  maxMessages: Infinity,
  ...(dkim && { dkim: { ...dkim, privateKey: createPrivateKey(dkim.privateKey) as never } }),
});

async function send({ address, name, token }: Given['people'][number]): Promise<void> {
  const fill = (words: string) => words.replaceAll('NAME', name).replaceAll('TOKEN', token);
  await transport.sendMail({
    from: mail.from,
    replyTo: mail.replyTo,
    to: address,
    subject: mail.subject,
    text: fill(mail.text),
    html: fill(mail.html),
    textEncoding: 'quoted-printable',
    messageId: `<${token}@drumbeat.example>`,
    headers: {
      ...mail.headers,
      'List-Unsubscribe': { prepared: true, value: `<https://drumbeat.example/stop/${token}>` },
    },
  });
}

const started = performance.now();
const left = people.values();
const sendOnAndOn = async () => {
  for (const person of left) await send(person);
};
await Promise.all(Array.from({ length: 2 * connections }, sendOnAndOn));
const perSecond = (people.length / (performance.now() - started)) * 1_000;
transport.close();
process.stdout.write(JSON.stringify({ perSecond }));
