import { docketZone, maskPhone, sayMoment } from '#domain';
import { type Language, type PageWords, showHidden } from '#messages';
import type { KeptText } from '#postgres';
import { Page, type Frame } from '../layout/page.js';
import { Post } from '../layout/post.js';

/** One text as a page shows it; `phone` is masked. */
export type TextView = {
  id: string;
  at: string;
  moment: string;
  crisis: boolean;
  body: string;
  media: number;
  phone: string;
  name: string | null;
  answered: boolean;
  read: boolean;
};

export type TextsPageProps = {
  frame: Frame;
  signOutAction: string | null;
  campaignHref: string;
  campaignTitle: string;
  /** `readAction`: where "Mark as read" POSTs; null when somebody did. */
  texts: (TextView & { readAction: string | null })[];
  olderHref: string | null;
};

export const textView = ({ at, phone, readAt, ...text }: KeptText, language: Language): TextView => ({
  ...text,
  at: at.toISOString(),
  moment: sayMoment(at, docketZone, language),
  phone: maskPhone(phone),
  read: readAt !== null,
});

export function TextsPage({ frame, texts, olderHref, ...props }: TextsPageProps) {
  const w = frame.words.texts;
  return (
    <Page frame={frame} title={w.title} staff signOutAction={props.signOutAction}>
      <nav aria-label={frame.words.organizers.campaigns}>
        <a href={props.campaignHref}>{props.campaignTitle}</a>
      </nav>
      <h1>{w.title}</h1>
      {texts.length === 0 && <p>{w.none}</p>}
      <ul className="list">
        {texts.map(({ readAction, ...text }) => (
          <li key={text.id} className="card">
            <Text text={text} words={frame.words} />
            {readAction && <Post action={readAction} label={w.markRead} tone="plain" />}
          </li>
        ))}
      </ul>
      {olderHref && (
        <p>
          <a href={olderHref}>{w.older}</a>
        </p>
      )}
      <p className="quiet-text">
        {w.intro} {w.kept}
      </p>
    </Page>
  );
}

export function Text({
  text,
  words,
  heading: Heading = 'h2',
}: {
  text: TextView;
  words: PageWords;
  heading?: 'h2' | 'h3';
}) {
  const w = words.texts;
  const { crisis, read, answered, media } = text;
  const pieces = showHidden(text.body);
  return (
    <>
      <Heading className="said-by">
        <bdi>{w.from(text.phone, text.name)}</bdi> <time dateTime={text.at}>{text.moment}</time>
      </Heading>
      {crisis && (
        <p className="heed">
          <strong>{w.urgent.tag}.</strong> {w.urgent.hint}
        </p>
      )}
      <p className="said" dir="auto">
        {pieces.length === 0 && w.noWords}
        {pieces.map((piece, index) =>
          piece.hidden ? (
            <code key={index} dir="ltr">
              {piece.text}
            </code>
          ) : (
            piece.text
          ),
        )}
      </p>
      {pieces.some(({ hidden }) => hidden) && <p className="hint">{w.hidden}</p>}
      {media > 0 && <p>{w.media(media)}</p>}
      <p className="quiet-text">
        {answered ? w.answered : w.unanswered}
        {read && ` · ${w.read}`}
      </p>
    </>
  );
}
