import fc from 'fast-check';
import type { Answer } from '#domain';
import type { ClaimedReminder } from '#postgres';
import { Lane, type LaneParts } from './lane.js';

const now = new Date('2027-03-01T12:00:00Z');
const turnsLater = async (turns: number) => {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** A ledger in a few lines, and a provider that answers when it is told to. */
function world({
  size = 4,
  answer = { outcome: 'sent' },
  turns = () => 1,
  recording = turns,
  ...more
}: Partial<LaneParts> & {
  answer?: Answer;
  turns?: () => number;
  recording?: () => number;
} = {}) {
  const due = new Map<string, number>();
  const handed: string[] = [];
  let [claimed, inFlight, atRisk] = [0, 0, 0];
  const most = { claimed: 0, inFlight: 0, atRisk: 0 };
  const lane = new Lane({
    size,
    claimsAtRisk: false,
    room: (wanted) => Promise.resolve(wanted),
    allowance: (wanted) => Promise.resolve(wanted),
    giveBack: () => undefined,
    claim: async (campaignId, limit) => {
      await turnsLater(turns());
      const count = Math.min(limit, due.get(campaignId) ?? 0);
      due.set(campaignId, (due.get(campaignId) ?? 0) - count);
      claimed += count;
      most.claimed = Math.max(most.claimed, claimed);
      const reminder = { campaignId, now, deadlineAt: null } as ClaimedReminder;
      return { claimed: Array.from({ length: count }, () => reminder), examined: count };
    },
    handOver: async ({ campaignId }, _, line) => {
      await line.begin();
      most.atRisk = Math.max(most.atRisk, ++atRisk);
      most.inFlight = Math.max(most.inFlight, ++inFlight);
      await turnsLater(turns());
      inFlight--;
      handed.push(campaignId);
      line.answered(answer);
      await turnsLater(recording());
      atRisk--;
      claimed--;
    },
    say: () => undefined,
    ...more,
  });
  return { lane, due, handed, most };
}

it('hands over all that is due, and never more at once than it may', async () => {
  const { lane, due, handed, most } = world();
  due.set('a', 50);
  await lane.drain('a');
  expect(handed).toHaveLength(50);
  expect(most.inFlight).toBe(4);
});

it('puts no more at risk than it has connections, however long it takes to record', async () => {
  const letters = world({ recording: () => 20 });
  letters.due.set('a', 50);
  await letters.lane.drain('a');
  expect(letters.handed).toHaveLength(50);
  expect(letters.most.atRisk).toBe(4);
  expect(letters.most.claimed).toBeGreaterThan(4);

  const texts = world({ recording: () => 20, claimsAtRisk: true });
  texts.due.set('a', 50);
  await texts.lane.drain('a');
  expect(texts.handed).toHaveLength(50);
  expect(texts.most.claimed).toBe(4);
});

it('does not hold up a small campaign behind a large one', async () => {
  const { lane, due, handed } = world();
  due.set('large', 5_000);
  due.set('small', 100);
  const large = lane.drain('large');
  await turnsLater(20);
  await lane.drain('small');
  expect(handed.filter((campaign) => campaign === 'large').length).toBeLessThan(200);
  await large;
  expect(handed).toHaveLength(5_100);
});

it('stops claiming while the provider asks to slow down', async () => {
  const { lane, due, handed } = world({ answer: { outcome: 'later', slowDown: true } });
  due.set('a', 1_000);
  await lane.drain('a');
  expect(handed.length).toBeLessThan(20);
  await lane.drain('a');
  expect(handed.length).toBeLessThan(20);
});

it('says what went wrong to whoever asked, and goes on when asked again', async () => {
  let away = true;
  const { lane, due, handed } = world({
    room: (wanted) => (away ? Promise.reject(new Error('away')) : Promise.resolve(wanted)),
  });
  due.set('a', 3);
  await expect(lane.drain('a')).rejects.toThrow('away');
  away = false;
  await lane.drain('a');
  expect(handed).toHaveLength(3);
});

it('ends what is in flight when it is stopped, and begins nothing more', async () => {
  const { lane, due, handed } = world();
  due.set('a', 1_000);
  void lane.drain('a');
  await turnsLater(10);
  await lane.stop();
  const before = handed.length;
  await lane.drain('a');
  await turnsLater(20);
  expect(handed).toHaveLength(before);
  expect(before).toBeLessThan(100);
});

it('forgets nobody who asks, whenever that is', async () => {
  const asks = fc.array(
    fc.record({ campaign: fc.constantFrom('a', 'b', 'c'), more: fc.nat(6), after: fc.nat(6) }),
    {
      maxLength: 30,
    },
  );
  await fc.assert(
    fc.asyncProperty(asks, fc.infiniteStream(fc.nat(3)), async (history, delays) => {
      const { lane, due, handed } = world({ turns: () => delays.next().value as number });
      const drains: Promise<void>[] = [];
      for (const { campaign, more, after } of history) {
        due.set(campaign, (due.get(campaign) ?? 0) + more);
        drains.push(lane.drain(campaign));
        await turnsLater(after);
      }
      await Promise.all(drains);
      expect(handed).toHaveLength(history.reduce((sum, { more }) => sum + more, 0));
    }),
    { numRuns: 300 },
  );
});
