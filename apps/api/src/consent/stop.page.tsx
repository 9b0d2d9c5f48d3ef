import { Page, type Frame } from '../layout/page.js';
import { Post } from '../layout/post.js';
import { Recipient } from '../layout/recipient.js';
import type { ChannelState } from './consent.service.js';

export type StopPageProps = {
  frame: Frame;
  campaignTitle: string;
  coalitionName: string;
  /** Masked email address, phone number, or both. */
  maskedContact: string;
  signupHref: string | null;
  state: 'ask' | 'stopped_all' | 'stopped_campaign' | 'lifted';
  /** Where each channel stands now; null when there is no such contact. */
  channels: { email: ChannelState | null; sms: ChannelState | null };
  /** The number that START goes to, as people would type it; null when it is not known here. */
  smsNumber: string | null;
  settingsHref: string;
  /** Every button POSTs here, with `scope` = all, campaign or undo. */
  action: string;
};

export function StopPage(props: StopPageProps) {
  const { frame, state, campaignTitle, action } = props;
  const w = frame.words.stop;
  const said = {
    ask: { title: w.title, text: campaignTitle },
    stopped_all: { title: w.stoppedAll, text: w.stoppedAllText },
    stopped_campaign: { title: w.stoppedCampaign, text: w.stoppedCampaignText(campaignTitle) },
    lifted: { title: w.lifted, text: w.liftedText(campaignTitle) },
  }[state];
  return (
    <Page frame={frame} title={said.title} sender={props.coalitionName}>
      <h1>{said.title}</h1>
      <p className="lede">{said.text}</p>
      <Recipient
        words={frame.words}
        maskedName={props.maskedContact}
        says={w.forContact}
        signupHref={props.signupHref}
      />
      {state === 'ask' ? (
        <>
          <p>{w.allText}</p>
          <Post action={action} label={w.all} name="scope" value="all" />
          <p>{w.campaignText(campaignTitle)}</p>
          <Post action={action} label={w.campaign} name="scope" value="campaign" tone="plain" />
        </>
      ) : (
        <>
          <Back {...props} />
          {state !== 'stopped_all' && (
            <section>
              <h2>{w.title}</h2>
              <Post action={action} label={w.all} name="scope" value="all" tone="plain" />
            </section>
          )}
        </>
      )}
    </Page>
  );
}

/** The way back, only as far as there is one: email by a button, texts by START alone, or by a new YES. */
function Back({ frame, state, campaignTitle, channels, smsNumber, settingsHref, action }: StopPageProps) {
  const w = frame.words.stop;
  const { email, sms } = channels;
  const offers = [email === 'off' || email === 'blocked', sms === 'start' || sms === 'off'];
  if (!offers.some(Boolean)) return null;
  return (
    <section>
      <h2>{state === 'lifted' ? w.textsOff : w.backTitle}</h2>
      {email === 'off' && (
        <>
          <p>{w.backEmail(campaignTitle)}</p>
          <Post action={action} label={w.undo} name="scope" value="undo" tone="plain" />
        </>
      )}
      {email === 'blocked' && <p>{w.backEmailBlocked}</p>}
      {sms === 'start' && <p>{smsNumber ? w.backSms(smsNumber) : w.backSmsPlain}</p>}
      {sms === 'off' && (
        <>
          <p>{w.backSmsSettings}</p>
          <p>
            <a href={settingsHref}>{w.settings}</a>
          </p>
        </>
      )}
    </section>
  );
}
