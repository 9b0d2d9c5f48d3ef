import { dutiesRoom, lengthOf } from '#domain';
import type { PageWords } from '#messages';

/** What to write on a form that asks for an occupation; written by the organizers, in the page's language. */
export type Entry = {
  /** The exact words for the first box. */
  occupation: string;
  duties: { tick: string; write: string; ticked: boolean }[];
  /** Of what is ticked, for the second box; '' at first. */
  phrase: string;
  /** Ticked, and without room. */
  left: string[];
  /** Safe HTML. */
  askedHtml: string;
  waysHtml: { paper: string; online: string; phone: string };
  /** What is ticked is POSTed to addresses that belong to nobody, and kept nowhere. */
  actions: { line: string; card: string };
};

/** As the form asks; it has them in English. */
const questions = {
  occupation: 'What was this person’s main occupation?',
  duties: 'Describe this person’s most important activities or duties.',
};
/** A census form is in English, and so is what is written on it. */
const onForm = { lang: 'en', translate: 'no' } as const;

type EntryProps = { entry: Entry; words: PageWords; level: 2 | 3 };

/** The two boxes, the words for them, and a line of duties that somebody makes of what they do. */
export function OccupationEntry({ entry, words, level }: EntryProps) {
  const [Heading, Part] = level === 2 ? (['h2', 'h3'] as const) : (['h3', 'h4'] as const);
  const w = words.entry;
  return (
    <>
      <section>
        <Heading>{w.title}</Heading>
        <p>{w.lead}</p>
        <p className="heed">{w.onlyIf}</p>
        <Part>{w.occupation}</Part>
        <div className="take" data-copy={w.copyOccupation} data-copied={w.copied}>
          <p className="copy" {...onForm}>
            {entry.occupation}
          </p>
          <p className="quiet-text">{w.characters(lengthOf(entry.occupation))}</p>
        </div>
        <Part>{w.duties}</Part>
        <form id="duties" method="post" action={entry.actions.line}>
          <fieldset>
            <legend>{w.build}</legend>
            <p className="hint">{w.buildHint(dutiesRoom)}</p>
            {entry.duties.map(({ tick, write, ticked }, index) => (
              <div className="tick" key={write}>
                <input
                  type="checkbox"
                  id={`duty-${index}`}
                  name="duty"
                  value={index}
                  data-write={write}
                  defaultChecked={ticked}
                />
                <label htmlFor={`duty-${index}`}>{tick}</label>
              </div>
            ))}
          </fieldset>
          <button className="plain">{w.make}</button>
        </form>
        <Line entry={entry} words={w} Part={Part} />
      </section>
      <section>
        <Heading>{w.looks}</Heading>
        <div className="looks">
          <Look way="paper" entry={entry} words={w} Part={Part} />
          <Look way="online" entry={entry} words={w} Part={Part} />
        </div>
        <Part>{w.phone}</Part>
        <div dangerouslySetInnerHTML={{ __html: entry.waysHtml.phone }} />
      </section>
      <section>
        <Heading>{w.card}</Heading>
        <p>{w.cardText}</p>
        <button className="plain" form="duties" formAction={entry.actions.card}>
          {w.cardButton}
        </button>
      </section>
      <section>
        <Heading>{w.asked}</Heading>
        <div dangerouslySetInnerHTML={{ __html: entry.askedHtml }} />
      </section>
    </>
  );
}

type PartProps = { entry: Entry; words: PageWords['entry']; Part: 'h3' | 'h4' };

/** What is hidden has its turn when something is ticked: with the script at once, without it by the button. */
function Line({ entry, words, Part }: PartProps) {
  const { phrase, left } = entry;
  return (
    <div id="line" className="line" aria-live="polite">
      <Part>{words.line}</Part>
      <p id="no-line" className="quiet-text" hidden={phrase !== ''}>
        {words.noLine}
      </p>
      <div
        id="made"
        className="take"
        data-copy={words.copyLine}
        data-copied={words.copied}
        hidden={phrase === ''}
      >
        <p className="copy" data-line {...onForm}>
          {phrase}
        </p>
        <p className="quiet-text">
          <span id="count">{lengthOf(phrase)}</span> {words.ofRoom(dutiesRoom)}
        </p>
        <p id="left" hidden={left.length === 0}>
          {words.left} <span {...onForm}>{left.join(', ')}</span>
        </p>
      </div>
    </div>
  );
}

/** The two questions as they stand on the form, with the words in them. */
function Look({ way, entry, words, Part }: PartProps & { way: 'paper' | 'online' }) {
  const Box = way === 'paper' ? Letters : Typed;
  return (
    <div>
      <Part>{words[way]}</Part>
      <div dangerouslySetInnerHTML={{ __html: entry.waysHtml[way] }} />
      <dl className={`form ${way}`} {...onForm}>
        <dt>{questions.occupation}</dt>
        <dd>
          <Box text={entry.occupation} room={24} />
        </dd>
        <dt>{questions.duties}</dt>
        <dd>
          <Box text={entry.phrase} room={dutiesRoom} line />
        </dd>
      </dl>
    </div>
  );
}

/** @property line what is in it changes with what is ticked */
type BoxProps = { text: string; room: number; line?: boolean };

/** One letter in each box. Read aloud it is one text. */
function Letters({ text, room, line }: BoxProps) {
  const letters = [...text];
  return (
    <>
      <span className="unseen" data-line={line}>
        {text}
      </span>
      <span className="letters" aria-hidden="true" data-letters={line}>
        {Array.from({ length: Math.max(room, letters.length) }, (_, index) => (
          <span key={index}>{letters[index]}</span>
        ))}
      </span>
    </>
  );
}

const Typed = ({ text, line }: BoxProps) => (
  <span className="typed" data-line={line}>
    {text}
  </span>
);
