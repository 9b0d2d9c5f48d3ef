import type { PageWords } from '#messages';

type RecipientProps = {
  words: PageWords;
  /** Masked: "M••• R•••". */
  maskedName: string;
  /** How the page says whose it is. */
  says?: (maskedName: string) => string;
  /** Where somebody who was sent this link by a friend can sign up. */
  signupHref: string | null;
};

/** Says whose page this is, so that a forwarded link does not act for its sender unseen. */
export function Recipient({ words, maskedName, says = words.frame.recipient, signupHref }: RecipientProps) {
  return (
    <div className="recipient">
      <p>{says(maskedName)}</p>
      <details>
        <summary>{words.frame.notYou}</summary>
        <p>{words.frame.notYouText}</p>
        {signupHref && (
          <p>
            <a href={signupHref}>{words.frame.notYouLink}</a>
          </p>
        )}
      </details>
    </div>
  );
}
