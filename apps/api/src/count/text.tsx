import { docketZone, maskPhone, sayMoment, showHidden } from '#domain';
import type { Language, PageWords } from '#messages';
import type { KeptText } from '#postgres';

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

export const textView = ({ at, phone, readAt, ...text }: KeptText, language: Language): TextView => ({
  ...text,
  at: at.toISOString(),
  moment: sayMoment(at, docketZone, language),
  phone: maskPhone(phone),
  read: readAt !== null,
});

export function Text({ text, words }: { text: TextView; words: PageWords }) {
  const w = words.texts;
  const { crisis, read, answered, media } = text;
  const pieces = showHidden(text.body);
  return (
    <>
      <h3 className="said-by">
        <bdi>{w.from(text.phone, text.name)}</bdi> <time dateTime={text.at}>{text.moment}</time>
      </h3>
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
