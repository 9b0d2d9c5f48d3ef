import { Page, type Frame } from '../layout/page.js';
import { Post } from '../layout/post.js';

export type StopPageProps = {
  frame: Frame;
  campaignTitle: string;
  coalitionName: string;
  /** Masked email address or phone number. */
  maskedContact: string;
  /** Whether there is a phone, whose texts no button brings back. */
  hasPhone: boolean;
  state: 'ask' | 'stopped_all' | 'stopped_campaign' | 'lifted';
  /** Every button POSTs here, with `scope` = all, campaign or undo. */
  action: string;
  /** How to come back: a button (email), START by text, or not from here (complaint, hard bounce). */
  back: { by: 'button' } | { by: 'start'; number: string | null } | { by: 'none' };
};

export function StopPage(props: StopPageProps) {
  const { frame, state, campaignTitle, action } = props;
  const w = frame.words.stop;
  const said = {
    ask: { title: w.title, text: w.forContact(props.maskedContact) },
    stopped_all: { title: w.stoppedAll, text: w.stoppedAllText },
    stopped_campaign: { title: w.stoppedCampaign, text: w.stoppedCampaignText(campaignTitle) },
    lifted: { title: w.lifted, text: w.liftedText },
  }[state];
  return (
    <Page frame={frame} title={said.title} sender={props.coalitionName}>
      <h1>{said.title}</h1>
      <p className="lede">{said.text}</p>
      {state === 'ask' ? (
        <>
          <p>{w.allText}</p>
          <Post action={action} label={w.all} name="scope" value="all" />
          <p>{w.campaignText(campaignTitle)}</p>
          <Post action={action} label={w.campaign} name="scope" value="campaign" tone="plain" />
        </>
      ) : (
        <>
          {state === 'lifted' && props.hasPhone && <p>{w.textsStayOff}</p>}
          <p className="quiet-text">{w.forContact(props.maskedContact)}</p>
          {state !== 'lifted' && <Back {...props} />}
          {state !== 'stopped_all' && (
            <Post action={action} label={w.all} name="scope" value="all" tone="plain" />
          )}
        </>
      )}
    </Page>
  );
}

function Back({ frame, back, action }: StopPageProps) {
  const w = frame.words.stop;
  return (
    <section>
      <h2>{w.backTitle}</h2>
      {back.by === 'button' && (
        <>
          <p>{w.backEmail}</p>
          <Post action={action} label={w.undo} name="scope" value="undo" tone="plain" />
        </>
      )}
      {back.by === 'start' && <p>{back.number ? w.backSms(back.number) : w.backSmsPlain}</p>}
      {back.by === 'none' && <p>{w.blocked}</p>}
    </section>
  );
}
