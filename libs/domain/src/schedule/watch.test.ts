import fc from 'fast-check';
import { appliesByItself, type DocumentWord, type Finding, isOver, planPolls, weigh } from './watch.js';

describe('what two sources say together', () => {
  const today = '2027-03-02';
  const gov = (closesOn: string | null, withdrawn = false): DocumentWord => ({ closesOn, withdrawn });
  const register = (...closesOn: string[]) => ({
    closesOn,
    certain: closesOn.length === 1,
    withdrawn: false,
  });
  const kept = '2027-04-01';

  it.each<[string, string | null, DocumentWord | null, ReturnType<typeof register> | null, Finding]>([
    ['nobody answers', kept, null, null, { kind: 'unknown' }],
    ['both name no date', kept, gov(null), register(), { kind: 'unknown' }],
    ['both name ours', kept, gov(kept), register(kept), { kind: 'agree' }],
    ['one names ours, the other none', kept, gov(null), register(kept), { kind: 'agree' }],
    ['ours has passed', '2027-03-01', gov('2027-03-01'), null, { kind: 'closed' }],
    ['ours is today', today, gov(today), null, { kind: 'agree' }],
    [
      'both name a later one',
      kept,
      gov('2027-05-01'),
      register('2027-05-01'),
      { kind: 'extension', closesOn: '2027-05-01', agreed: true },
    ],
    [
      'only one names a later one',
      kept,
      gov('2027-05-01'),
      null,
      { kind: 'extension', closesOn: '2027-05-01', agreed: false },
    ],
    [
      'the Register alone does',
      kept,
      null,
      register('2027-05-01'),
      { kind: 'extension', closesOn: '2027-05-01', agreed: false },
    ],
    [
      'both name an earlier one',
      kept,
      gov('2027-03-20'),
      register('2027-03-20'),
      { kind: 'correction', closesOn: '2027-03-20', agreed: true },
    ],
    [
      'they differ',
      kept,
      gov('2027-05-01'),
      register('2027-05-02'),
      { kind: 'conflict', closesOn: ['2027-05-01', '2027-05-02'] },
    ],
    [
      'one still names ours',
      kept,
      gov(kept),
      register('2027-05-01'),
      { kind: 'conflict', closesOn: ['2027-05-01'] },
    ],
    [
      'the Register names several, ours not',
      kept,
      null,
      register('2027-05-01', '2027-05-09'),
      { kind: 'conflict', closesOn: ['2027-05-01', '2027-05-09'] },
    ],
    [
      'the Register names several, one of them the other’s',
      kept,
      gov('2027-05-09'),
      register('2027-05-01', '2027-05-09'),
      { kind: 'extension', closesOn: '2027-05-09', agreed: false },
    ],
    [
      'the document was withdrawn, whatever else',
      kept,
      gov('2027-05-01', true),
      register('2027-05-01'),
      { kind: 'withdrawn' },
    ],
    [
      'we wait for a date, and both name one',
      null,
      gov('2027-05-01'),
      register('2027-05-01'),
      { kind: 'opening', closesOn: '2027-05-01', agreed: true },
    ],
    ['we wait for a date, and it has passed', null, gov('2027-03-01'), null, { kind: 'closed' }],
    ['we wait for a date, and nobody has one', null, gov(null), null, { kind: 'unknown' }],
    [
      'the Register alone says that it was taken back',
      kept,
      gov(kept),
      { ...register(), withdrawn: true },
      { kind: 'withdrawn' },
    ],
  ])('%s', (_, ours, document, word, finding) => expect(weigh(ours, document, word, today)).toEqual(finding));

  const date = fc.integer({ min: 0, max: 6 }).map((n) => `2027-03-0${n + 1}`);
  const words = fc.record({
    kept: fc.option(date),
    document: fc.option(fc.record({ closesOn: fc.option(date), withdrawn: fc.boolean() })),
    closesOn: fc.option(fc.uniqueArray(date, { maxLength: 3 })),
    certain: fc.boolean(),
    today: date,
  });

  it('never makes a date up, never doubts silently, and moves nothing by itself but what both say and what is later', () =>
    fc.assert(
      fc.property(words, ({ kept, document, closesOn, certain, today }) => {
        const register = closesOn && { closesOn, certain, withdrawn: false };
        const finding = weigh(kept, document, register, today);
        const said = [document?.closesOn ?? [], closesOn ?? []].flat();
        const proposed = 'closesOn' in finding ? [finding.closesOn].flat() : [];
        expect(said).toEqual(expect.arrayContaining(proposed));
        expect(proposed).not.toContain(kept);
        if (finding.kind === 'conflict') expect(proposed).not.toEqual([]);
        if (new Set(said.filter((date) => date !== kept)).size === 0) expect(proposed).toEqual([]);
        // Two that name one date each and differ are never taken for one word.
        if (
          !document?.withdrawn &&
          document?.closesOn &&
          closesOn?.length === 1 &&
          closesOn[0] !== document.closesOn
        )
          expect(finding.kind).toBe('conflict');
        if (!appliesByItself(finding, true)) return;
        expect([document!.closesOn, closesOn, certain]).toEqual([proposed[0], proposed, true]);
        expect(proposed[0]! > kept!).toBe(true);
        expect(appliesByItself(finding, false)).toBe(false);
      }),
      { numRuns: 2_000 },
    ));

  it.each([
    ['nobody names an end', gov(null), null, false],
    ['all ends have passed', gov('2027-03-01'), register('2027-02-28'), true],
    ['one is ahead', gov('2027-03-01'), register('2027-04-01'), false],
    ['it is today', gov(today), null, false],
  ])('is over when %s: %j %j', (_, document, word, over) => expect(isOver(document, word, today)).toBe(over));
});

describe('the sources are asked', () => {
  const deadline = new Date('2027-04-01T23:59:59-04:00');
  /** Plays the watch from one moment to another. @returns how often each was asked */
  function play(from: string, to: string, { demo = false, ends = deadline } = {}) {
    const asked = { regulations_gov: [] as Date[], federal_register: [] as Date[] };
    for (let now: Date | null = new Date(from); now && now < new Date(to);) {
      const last = {
        regulations_gov: asked.regulations_gov.at(-1) ?? null,
        federal_register: asked.federal_register.at(-1) ?? null,
      };
      for (const source of planPolls({ now, deadline: ends, demo, asked: last, restsUntil: {} }).due)
        asked[source].push(now);
      const after = {
        regulations_gov: asked.regulations_gov.at(-1) ?? null,
        federal_register: asked.federal_register.at(-1) ?? null,
      };
      now = planPolls({ now, deadline: ends, demo, asked: after, restsUntil: {} }).nextAt;
    }
    return [asked.regulations_gov.length, asked.federal_register.length];
  }

  it.each<[string, string, string, object, number[]]>([
    ['hourly', '2027-03-01T00:00-05:00', '2027-03-02T00:00-05:00', {}, [24, 24]],
    [
      'every ten minutes in the last two days',
      '2027-03-31T00:00-04:00',
      '2027-04-01T00:00-04:00',
      {},
      [144, 144],
    ],
    [
      'hourly by the shared key, and the Register between',
      '2027-03-31T00:00-04:00',
      '2027-04-01T00:00-04:00',
      { demo: true },
      [24, 144],
    ],
    ['hourly after the close', '2027-04-02T01:00-04:00', '2027-04-03T01:00-04:00', {}, [24, 24]],
    ['for seven days after it', '2027-04-02T00:00-04:00', '2027-05-01T00:00-04:00', {}, [168, 168]],
    [
      'hourly while there is no date',
      '2027-03-01T00:00-05:00',
      '2027-03-02T00:00-05:00',
      { ends: null },
      [24, 24],
    ],
  ])('%s', (_, from, to, more, times) => expect(play(from, to, more)).toEqual(times));

  it('looks at once when the last two days begin, and not before a source has rested', () => {
    const now = new Date('2027-03-30T23:30:00-04:00');
    const asked = { regulations_gov: now, federal_register: now };
    expect(planPolls({ now, deadline, demo: false, asked, restsUntil: {} }).nextAt).toEqual(
      new Date('2027-03-30T23:59:59-04:00'),
    );
    const later = new Date('2027-03-31T02:00:00-04:00');
    const restsUntil = { regulations_gov: new Date('2027-03-31T02:05:00-04:00') };
    expect(planPolls({ now: later, deadline, demo: false, asked, restsUntil }).due).toEqual([
      'federal_register',
    ]);
  });
});
