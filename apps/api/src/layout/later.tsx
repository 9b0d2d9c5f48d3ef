import type { PageWords } from '#messages';
import { Post } from './post.js';

/** "Remind me later", as one person may choose it now. */
export type LaterChoices = {
  channel: 'email' | 'sms';
  /** Takes `later`; `none` takes the pending one back. */
  action: string;
  /** "Tonight, 7 pm"; only moments that are possible. */
  choices: { later: string; label: string }[];
  /** The moment that is chosen already. */
  pending: { channel: 'email' | 'sms'; label: string } | null;
};

/** Why a press on one of the buttons planned nothing. */
export type LaterRefusal = keyof PageWords['later']['refused'];

/** The answer to a press that planned nothing; nothing when there was none. */
export function LaterRefused({ refused, words }: { refused: LaterRefusal | null; words: PageWords }) {
  return (
    refused && (
      <p role="status" className="heed">
        {words.later.refused[refused]}
      </p>
    )
  );
}

/** The buttons, and what was chosen with them; nothing when there is nothing to choose. */
export function Later({ later, words }: { later: LaterChoices | null; words: PageWords }) {
  const w = words.later;
  if (!later || (later.choices.length === 0 && !later.pending)) return null;
  const { action, choices, pending } = later;
  return (
    <section id="later">
      <h2>{w.title}</h2>
      {pending && (
        <>
          <p role="status" className="saved">
            {w.pending[pending.channel](pending.label)}
          </p>
          <Post action={action} label={w.undo} name="later" value="none" tone="quiet" />
        </>
      )}
      {choices.length > 0 && (
        <>
          <p>{pending ? w.again : w.text[later.channel]}</p>
          <form method="post" action={action} className="stack">
            {choices.map((choice) => (
              <button className="plain" name="later" value={choice.later} key={choice.later}>
                {choice.label}
              </button>
            ))}
          </form>
        </>
      )}
    </section>
  );
}
