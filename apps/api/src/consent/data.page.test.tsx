import { brokenRules } from '../layout/page-rules.js';
import { renderPage } from '../layout/render.js';
import { english, spanish } from '../layout/sample-frames.js';
import { DataAskedPage, type DataAskedPageProps, DataDeletedPage, DataPage } from './data.page.js';

const asked = (props: Partial<DataAskedPageProps>): string =>
  renderPage(
    <DataAskedPage
      frame={english}
      coalitionName="Harbor City Coalition"
      channel="sms"
      maskedContact="•••-•••-0123"
      signupHref="/c/count-us/harbor"
      state="sent"
      codeAction="/me/A/code"
      againAction="/me/A/data"
      settingsHref="/me/A"
      {...props}
    />,
  );

describe('the pages of one’s own data', () => {
  it.each(['sent', 'unreachable', 'wrong', 'over'] as const)('hold to the rules when asked: %s', (state) => {
    for (const frame of [english, spanish])
      for (const channel of state === 'wrong' || state === 'over'
        ? ['sms' as const]
        : (['email', 'sms'] as const))
        expect(brokenRules(asked({ frame, channel, state }))).toEqual([]);
  });

  it.each([english, spanish])('hold to the rules when shown and deleted ($language)', (frame) => {
    const shared = { frame, coalitionName: 'Harbor City Coalition', signupHref: '/c/count-us/harbor' };
    for (const unsure of [false, true])
      expect(
        brokenRules(
          renderPage(
            <DataPage
              {...shared}
              maskedName="M••• R•••"
              facts={[{ name: 'email', value: 'm•••@e•••.org' }]}
              unsure={unsure}
              actions={{ download: '/data/A/download', delete: '/data/A/delete' }}
            />,
          ),
        ),
      ).toEqual([]);
    expect(brokenRules(renderPage(<DataDeletedPage {...shared} hadPhone />))).toEqual([]);
  });

  it('ask for no code that counts no more', () => {
    expect(asked({ state: 'wrong' })).toContain('name="code"');
    expect(asked({ state: 'over' })).not.toContain('name="code"');
    expect(asked({ channel: 'email' })).not.toContain('name="code"');
  });
});
