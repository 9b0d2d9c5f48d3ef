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
  trackingError: false,
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
      later={null}
      laterRefused={null}
      tellResultWording={{ text: 'Email me once with how it turned out.', key: 'updates@1' }}
      actions={{ record: '/done/A', details: '/done/A/details', undo: '/done/A/undo' }}
      {...props}
    />,
  );

describe('the done page', () => {
  it.each<[string, DoneState]>([
    ['asked', { is: 'ask' }],
    ['recorded', recorded],
    ['already', { ...recorded, already: true, when: 'March 3, 4:05 pm', evidence: 'seen_on_docket' }],
    ['saved', { ...recorded, evidence: 'tracking_number', tellResult: true, detailsSaved: true }],
    ['mistyped', { ...recorded, typedTrackingNumber: 'l2z', trackingError: true }],
    ['taken back', { is: 'taken_back' }],
  ])('holds to the rules when %s', (_, state) => {
    for (const frame of [english, spanish]) expect(brokenRules(done({ frame, state }))).toEqual([]);
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

  it('gives back a mistyped number, and never one that is on record', () => {
    expect(done({ state: { ...recorded, typedTrackingNumber: 'l2z', trackingError: true } })).toContain(
      'value="l2z"',
    );
    expect(done({ state: { ...recorded, evidence: 'tracking_number' } })).not.toContain('trackingNumber');
  });
});
