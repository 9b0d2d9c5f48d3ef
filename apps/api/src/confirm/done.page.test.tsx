import { brokenRules } from '../layout/page-rules.js';
import { renderPage } from '../layout/render.js';
import { english, inMarch, spanish } from '../layout/sample-frames.js';
import { DonePage, type DonePageProps, type DoneState } from './done.page.js';

const recorded: Extract<DoneState, { is: 'recorded' }> = {
  is: 'recorded',
  outcome: 'filed',
  already: false,
  when: null,
  evidence: 'said',
  tellResult: false,
  typedTrackingNumber: '',
  trackingError: null,
  detailsSaved: false,
};

const done = (props: Partial<DonePageProps>): string =>
  renderPage(
    <DonePage
      frame={english}
      kind="regulatory_comment"
      campaignTitle="Count us in the 2028 job list"
      coalitionName="Harbor City Coalition"
      deadline={inMarch}
      maskedName="M••• R•••"
      signupHref="/c/count-us/harbor"
      guideHref="/guide/BBBBBBBBBBBBBBBBBBBBBB"
      state={{ is: 'ask' }}
      over={false}
      result={null}
      passOn={null}
      later={null}
      laterRefused={null}
      tellResultWording={{ text: 'Email me once with how it turned out.', key: 'updates@1' }}
      actions={{
        record: '/done/A',
        details: '/done/A/details',
        undo: '/done/A/undo',
        missed: '/done/A/missed',
      }}
      {...props}
    />,
  );

describe('the done page', () => {
  it.each<[string, DoneState]>([
    ['asked', { is: 'ask' }],
    ['recorded', recorded],
    ['already', { ...recorded, already: true, when: 'March 3, 4:05 pm', evidence: 'seen_on_docket' }],
    ['saved', { ...recorded, evidence: 'tracking_number', tellResult: true, detailsSaved: true }],
    ['mistyped', { ...recorded, typedTrackingNumber: 'l2z', trackingError: 'malformed' }],
    ['given twice', { ...recorded, typedTrackingNumber: 'l2z-02tq-bsbu', trackingError: 'taken' }],
    ['taken back', { is: 'taken_back' }],
    ['missed', { is: 'missed', missed: 'no', because: null }],
    ['missed, and why', { is: 'missed', missed: 'tried', because: 'site' }],
  ])('holds to the rules when %s', (_, state) => {
    for (const frame of [english, spanish])
      for (const over of [false, true])
        expect(brokenRules(done({ frame, state, over, result: { total: 1_205, coalition: 40 } }))).toEqual(
          [],
        );
  });

  it('shows three ways to pass it on, and counts only from three on', () => {
    const passOn = {
      link: 'https://drumbeat.example/c/count-us/harbor?by=AAAAAAAAAAAAAAAAAAAAAA',
      qr: { side: 21, path: 'M0 0h1v1h-1z' },
      words: 'Will you comment? https://drumbeat.example/c/count-us/harbor?by=AAAAAAAAAAAAAAAAAAAAAA',
      joined: null,
      done: null,
    };
    for (const frame of [english, spanish])
      for (const brought of [{}, { joined: 10 }, { joined: 10, done: 5 }])
        expect(brokenRules(done({ frame, state: recorded, passOn: { ...passOn, ...brought } }))).toEqual([]);
    expect(done({ state: recorded, passOn })).toContain('From 3 people on, you see here');
    const html = done({ state: recorded, passOn: { ...passOn, joined: 3 } });
    expect(html).toContain('At least 3 people came by your link and said yes to reminders.');
    expect(html).not.toContain('of them are done');
    expect(done({ state: recorded, passOn: { ...passOn, joined: 5, done: 3 } })).toContain(
      'At least 3 of them are done.',
    );
    expect(done({ state: { is: 'ask' }, passOn: null })).not.toContain('Pass it on');
  });

  it('shows whose page it is, masked, with a way out', () => {
    const html = done({});
    expect(html).toContain('This page is for M••• R•••.');
    expect(html).toContain('Not you?');
  });

  it('asks no tracking number of a pledge', () => {
    const html = done({
      kind: 'census_occupation',
      state: { ...recorded, outcome: 'pledged', evidence: null },
    });
    expect(html).not.toContain('trackingNumber');
    expect(html).toContain('If a form comes, you will write it in.');
  });

  it('offers no mail when none is sent any more', () => {
    const last = { tellResultWording: null, over: true };
    const filed = done({ ...last, state: recorded });
    expect(filed).not.toContain('name="tellResult"');
    expect(filed).toContain('name="trackingNumber"');
    const saved = done({
      ...last,
      state: { ...recorded, evidence: 'tracking_number', detailsSaved: true },
    });
    expect(saved).toContain('role="status" class="saved"');
    expect(saved).not.toContain('/done/A/details');
    for (const html of [filed, saved]) expect(brokenRules(html)).toEqual([]);
    expect(done({ ...last, kind: 'custom', state: recorded })).not.toContain('If you like');
  });

  it('gives back a mistyped number, and never one that is on record', () => {
    expect(
      done({ state: { ...recorded, typedTrackingNumber: 'l2z', trackingError: 'malformed' } }),
    ).toContain('value="l2z"');
    expect(done({ state: { ...recorded, evidence: 'tracking_number' } })).not.toContain('trackingNumber');
  });
});
