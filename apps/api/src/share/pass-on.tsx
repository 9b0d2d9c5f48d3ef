import type { PageWords } from '#messages';

/** How somebody brings colleagues, and how many came. */
export type PassedOn = {
  /** The coalition's signup page under the person's own code. */
  link: string;
  /** The link as squares of a QR code, in an area of so many squares a side, quiet zone included. */
  qr: { side: number; path: string };
  /** Ready words with the link in them. */
  words: string;
  /** Coarse, "at least"; null for too few. */
  joined: number | null;
  done: number | null;
};

export function PassOn({ passOn, words }: { passOn: PassedOn; words: PageWords }) {
  const { link, qr, joined, done } = passOn;
  const w = words.passOn;
  return (
    <section className="card" id="pass-on">
      <h2>{w.title}</h2>
      <p>{w.text}</p>
      <h3>{w.link}</h3>
      <div className="take" data-copy={w.copyLink} data-copied={w.copied}>
        <p className="copy">{link}</p>
      </div>
      <h3>{w.words}</h3>
      <div className="take" data-copy={w.copyWords} data-copied={w.copied}>
        <p className="copy">{passOn.words}</p>
      </div>
      <h3>{w.code}</h3>
      <svg className="qr" viewBox={`0 0 ${qr.side} ${qr.side}`} role="img" aria-label={w.qr}>
        <rect width={qr.side} height={qr.side} fill="#ffffff" />
        <path d={qr.path} fill="#000000" />
      </svg>
      {joined === null ? (
        <p>{w.few}</p>
      ) : (
        <p>
          <strong>
            {w.came(joined)} {done !== null && w.did(done)}
          </strong>{' '}
          {w.never}
        </p>
      )}
    </section>
  );
}
