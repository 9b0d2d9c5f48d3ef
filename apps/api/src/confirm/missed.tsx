import { type Miss, type MissReason, missReasons } from '#domain';
import type { PageWords } from '#messages';
import type { CampaignKind } from '../layout/deadline.js';
import { Outcomes } from '../layout/outcomes.js';

/** How the campaign turned out, as everybody may see it: rounded down, null when too few. */
export type Result = { total: number | null; coalition: number | null };

type MissedProps = { words: PageWords; action: string };

/** For whoever did not do it: one press, and nobody asks again. */
export function DidNot({ words, action }: MissedProps) {
  const w = words.missed;
  return (
    <form method="post" action={action} className="stack">
      {(['no', 'tried'] as const).map((missed) => (
        <button className="plain" name="missed" value={missed} key={missed}>
          {w[missed]}
        </button>
      ))}
    </form>
  );
}

/** What was said, why if one likes, and the way back. */
export function Missed({
  words,
  action,
  kind,
  doneAction,
  missed,
  because,
}: MissedProps & { kind: CampaignKind; doneAction: string; missed: Miss; because: MissReason | null }) {
  const w = words.missed;
  return (
    <>
      <p>{w.noted}</p>
      {because ? (
        <p role="status" className="saved">
          {w.becauseNoted(w.because[because])}
        </p>
      ) : (
        <section>
          <h2>{w.why[missed]}</h2>
          <p>{w.whyText}</p>
          <form method="post" action={action} className="stack">
            <input type="hidden" name="missed" value={missed} />
            {missReasons[missed].map((reason) => (
              <button className="plain" name="because" value={reason} key={reason}>
                {w.because[reason]}
              </button>
            ))}
          </form>
        </section>
      )}
      <section>
        <h2>{w.didAfterAll}</h2>
        <Outcomes words={words} kind={kind} action={doneAction} tone="plain" />
      </section>
    </>
  );
}

/** The last figures of the campaign and of the reader's coalition; nothing while they are too few to show. */
export function HowItTurnedOut({
  words,
  kind,
  coalitionName,
  result,
}: {
  words: PageWords;
  kind: CampaignKind;
  coalitionName: string;
  result: Result | null;
}) {
  const w = words.missed;
  if (!result || result.total === null) return null;
  return (
    <section>
      <h2>{w.result}</h2>
      <p>
        {w.resultAll[kind](result.total)}
        {result.coalition !== null && ` ${w.resultOf(result.coalition, coalitionName)}`}
      </p>
    </section>
  );
}
