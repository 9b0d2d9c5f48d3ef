export interface SandboxPageProps {
  pageToken: string;
  links: { label: string; href: string }[];
}

/** The desk, empty: sandbox.js fills it in and keeps it fresh. */
export function SandboxPage({ pageToken, links }: SandboxPageProps) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="sandbox-page" content={pageToken} />
        <title>Sandbox · Drumbeat</title>
        <link rel="stylesheet" href="/sandbox/assets/sandbox.css" />
        <script src="/sandbox/assets/sandbox.js" defer />
      </head>
      <body data-shown="mailbox">
        <header>
          <h1>Sandbox</h1>
          <p>Nothing leaves this machine. Every message lands here.</p>
          <ul className="begin">
            {links.map(({ label, href }) => (
              <li key={href}>
                <a href={href}>{label}</a>
              </li>
            ))}
          </ul>
          <label className="find">
            <span>Find a person</span>
            <input id="find" type="search" placeholder="address or number" autoComplete="off" />
          </label>
        </header>
        <nav aria-label="Parts of the sandbox">
          <button type="button" data-show="mailbox" aria-pressed="true">
            Mailbox
          </button>
          <button type="button" data-show="phones" aria-pressed="false">
            Phones
          </button>
          <button type="button" data-show="clock" aria-pressed="false">
            Clock
          </button>
          <button type="button" data-show="docket" aria-pressed="false">
            Docket
          </button>
        </nav>
        <p id="trouble" role="status" />
        <noscript>
          <p>
            This page shows messages with JavaScript. Turn it on, or read GET /sandbox/messages with your key.
          </p>
        </noscript>
        <main>
          <section id="mailbox" aria-labelledby="mailbox-title">
            <h2 id="mailbox-title">Mailbox</h2>
            <div id="mail-list">
              <Empty says="No email yet. Sign up with an email address and it arrives here." links={links} />
            </div>
            <article id="letter" hidden aria-labelledby="letter-subject">
              <button type="button" id="letter-close">
                ← All messages
              </button>
              <h3 id="letter-subject" tabIndex={-1} />
              <p id="letter-about" className="quiet" />
              <div className="parts" role="group" aria-label="Part of the message">
                <button type="button" data-part="html" aria-pressed="true">
                  As it looks
                </button>
                <button type="button" data-part="text" aria-pressed="false">
                  Plain text
                </button>
                <button type="button" data-part="headers" aria-pressed="false">
                  Headers
                </button>
              </div>
              <iframe
                id="letter-html"
                title="The message as it looks"
                sandbox="allow-popups allow-popups-to-escape-sandbox"
              />
              <pre id="letter-text" hidden tabIndex={0} />
              <dl id="letter-headers" hidden />
            </article>
          </section>
          <section id="phones" aria-labelledby="phones-title">
            <h2 id="phones-title">Phones</h2>
            <div id="phone-list">
              <Empty says="No texts yet. Sign up with a phone number and it rings here." links={links} />
            </div>
          </section>
          <section id="clock" aria-labelledby="clock-title">
            <h2 id="clock-title">Clock</h2>
            <p className="quiet">For the campaigns it is</p>
            <p id="clock-now">…</p>
            <p id="clock-zone" className="quiet" />
            <p id="clock-next" className="quiet" />
            <div className="moves">
              <button type="button" className="main" data-move="next">
                Forward to the next due moment
              </button>
              <button type="button" data-move="3600000">
                +1 hour
              </button>
              <button type="button" data-move="86400000">
                +1 day
              </button>
            </div>
            <form id="clock-form">
              <label htmlFor="clock-to">Or forward to</label>
              <input id="clock-to" type="datetime-local" required />
              <button>Go there</button>
            </form>
            <p id="clock-said" role="status" />
          </section>
          <section id="docket" aria-labelledby="docket-title">
            <h2 id="docket-title">Docket</h2>
            <p className="quiet">You are the agency. Comments close on</p>
            <p id="docket-date">…</p>
            <p id="docket-about" className="quiet" />
            <div className="moves">
              <button type="button" className="main" data-days="10">
                Extend by 10 days
              </button>
              <button type="button" data-days="-2">
                Correct: 2 days earlier
              </button>
              <button type="button" id="docket-withdraw">
                Withdraw it
              </button>
            </div>
            <form id="docket-form">
              <label htmlFor="docket-to">Or another last day</label>
              <input id="docket-to" type="date" required />
              <button>Publish</button>
            </form>
            <label className="only">
              <input id="docket-only" type="checkbox" /> Only the Federal Register says so yet
            </label>
            <ol id="docket-notices" />
            <p className="quiet">
              The campaign asks every hour: move the clock forward, or press “Ask now” on its page.
            </p>
            <p id="docket-said" role="status" />
          </section>
        </main>
        <template id="phone">
          <article className="phone">
            <h3 />
            <ol className="bubbles" tabIndex={0} />
            <div className="quick" role="group" aria-label="Quick replies">
              {['YES', 'DONE', 'STOP', 'HELP'].map((word) => (
                <button type="button" data-word={word} key={word}>
                  {word}
                </button>
              ))}
            </div>
            <form>
              <label>
                <span>Reply</span>
                <input name="body" maxLength={1600} required autoComplete="off" />
              </label>
              <button>Send</button>
            </form>
          </article>
        </template>
      </body>
    </html>
  );
}

function Empty({ says, links }: { says: string; links: SandboxPageProps['links'] }) {
  return (
    <div className="empty">
      <p>{says}</p>
      <ul>
        {links.map(({ label, href }) => (
          <li key={href}>
            <a href={href}>{label}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
