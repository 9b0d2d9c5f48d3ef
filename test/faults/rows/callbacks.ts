import twilio from 'twilio';
import type { CarrierLine } from '../../support/outside/start.js';
import type { Row } from '../trial.js';
import { account, type World } from '../world.js';

type Said = { status: string; errorCode?: number };

/** What Twilio may say of one text. Whatever the order, and however often, the end is one. */
const stories: { said: Said[]; end: string }[] = [
  { said: [{ status: 'queued' }, { status: 'sent' }, { status: 'delivered' }], end: 'sent' },
  {
    said: [{ status: 'sent' }, { status: 'undelivered', errorCode: 30005 }],
    end: 'failed bad_address',
  },
  {
    said: [{ status: 'queued' }, { status: 'sent' }, { status: 'failed', errorCode: 30006 }],
    end: 'failed landline',
  },
];

export const callbacks: Row = {
  name: 'callbacks',
  fault: 'provider callbacks doubled, reordered, forged',
  run: async (trial) => {
    const world = await trial.world();
    const orders = stories.flatMap(({ said, end }) =>
      permutations(said).flatMap((order) => [
        { order, end },
        { order: order.flatMap((each) => [each, each]), end },
        { order: [...order, ...order], end },
      ]),
    );
    const crowd = await world.crowd({ people: orders.length, by: 'sms' });
    await world.clock('10:00:30');
    const { url } = world.api();
    await world.ready(url);
    const worker = world.worker();
    const settled = await world.settled(90);
    trial.check('everything settled', settled, 'true', settled);
    worker.kill('SIGTERM'); // from here on only callbacks write
    await worker.ended;
    const lines = await world.carrier.lines();
    trial.check(
      'texts whose callback asks for a signature of ours',
      lines.filter(({ callback }) => callback?.startsWith(url)).length,
      `${orders.length}`,
      lines.every(({ callback }) => callback?.startsWith(url)),
    );

    const before = await world.sums();
    const forged = await Promise.all(
      lines.flatMap((line) => [
        call(line, { status: 'delivered' }, 'somebody-elses-token'),
        call(line, { status: 'undelivered', errorCode: 30005 }, ''),
      ]),
    );
    trial.check(
      'answers to forged callbacks',
      [...new Set(forged)],
      '[403]',
      forged.every((status) => status === 403),
    );
    trial.check(
      'tables after forged callbacks',
      (await world.sums()) === before,
      'as before',
      (await world.sums()) === before,
    );

    const answers = await Promise.all(
      orders.map(async ({ order }, at) => {
        const given: number[] = [];
        for (const said of order) given.push(await call(lines[at]!, said, account.authToken));
        return given;
      }),
    );
    trial.check(
      'answers to callbacks',
      [...new Set(answers.flat())],
      '2xx',
      answers.flat().every((status) => status >= 200 && status < 300),
    );
    const judged = await world.judge();
    trial.promises(judged, 0);
    const signups = new Map(crowd.people.map(({ phone, signupId }) => [phone, signupId]));
    const wrong = orders.flatMap(({ order, end }, at) => {
      const { to, sid } = lines[at]!;
      const line = judged.ledger.find(({ signupId }) => signupId === signups.get(to))!;
      const found = [line.state, line.reason].filter(Boolean).join(' ');
      if (found === end && line.providerId === sid) return [];
      return [`${order.map(({ status }) => status).join()} → ${found}, not ${end}`];
    });
    trial.check('ends that depend on the order', wrong, 'none', wrong.length === 0);
    trial.is(
      'receipts: each status of each text once',
      await receipts(world),
      orders.reduce((sum, { order }) => sum + new Set(order.map(({ status }) => status)).size, 0),
    );

    const after = await world.sums();
    await Promise.all(orders.map(({ order }, at) => call(lines[at]!, order[0]!, account.authToken)));
    trial.check(
      'tables after one more of each',
      (await world.sums()) === after,
      'as before',
      (await world.sums()) === after,
    );
  },
};

async function receipts({ db }: World): Promise<number> {
  const { rows } = await db.query<{ n: number }>(`select count(*)::int as n from receipts`);
  return rows[0]!.n;
}

async function call({ callback, sid, to }: CarrierLine, said: Said, token: string): Promise<number> {
  const form = {
    AccountSid: account.accountSid,
    MessageSid: sid,
    MessageStatus: said.status,
    To: to,
    ...(said.errorCode && { ErrorCode: String(said.errorCode) }),
  };
  const signature = token && twilio.getExpectedTwilioSignature(token, callback!, form);
  const answer = await fetch(callback!, {
    method: 'POST',
    headers: { ...(signature && { 'x-twilio-signature': signature }) },
    body: new URLSearchParams(form),
  });
  return answer.status;
}

function permutations<Item>(items: Item[]): Item[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item, at) =>
    permutations(items.filter((_, other) => other !== at)).map((rest) => [item, ...rest]),
  );
}
