import type { ReactNode } from 'react';
import type { PageWords } from '#messages';
import { DeadlineBar, type Deadline } from './deadline.js';

/** What every page needs to know besides its own subject. */
export type Frame = {
  words: PageWords;
  language: 'en' | 'es';
  /** This page in the other language, as a path with its query. Null hides the switch (an answer to a POST). */
  languageHref: string | null;
  /** The coalition's accent, e.g. `/assets/accent/1f5f8b.css`. */
  accentHref?: string | null;
  /** The coalition's picture, which then stands where its name would. */
  logo?: { href: string; width: number; height: number } | null;
};

export type PageProps = {
  frame: Frame;
  title: string;
  /** Whose page it is: the coalition's name, above everything. */
  sender?: string | null;
  /** Left out: no bar. Null: "no date yet". */
  deadline?: Deadline | null;
  /** Only signup, count and privacy pages may be found by search engines; nothing reached by a token. */
  findable?: boolean;
  wide?: boolean;
  /** Without scripts the page loads itself again after so many seconds. */
  reloadSeconds?: number;
  scriptHref?: string | undefined;
  children: ReactNode;
};

/** The document around every page. */
export function Page({ frame, title, deadline, ...props }: PageProps) {
  const { words, language } = frame;
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <title>{title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
        {!props.findable && <meta name="robots" content="noindex, nofollow" />}
        <link rel="stylesheet" href="/assets/drumbeat.css" />
        {frame.accentHref && <link rel="stylesheet" href={frame.accentHref} />}
        <link rel="icon" href="/assets/drumbeat.svg" type="image/svg+xml" />
        {props.reloadSeconds && (
          <noscript>
            <meta httpEquiv="refresh" content={String(props.reloadSeconds)} />
          </noscript>
        )}
        {props.scriptHref && <script type="module" src={props.scriptHref} />}
      </head>
      <body className={props.wide ? 'wide' : undefined}>
        <a className="skip" href="#main">
          {words.frame.skip}
        </a>
        <header className="top">
          <div className="column">
            <p className="sender">
              {frame.logo && props.sender ? (
                <img
                  src={frame.logo.href}
                  alt={props.sender}
                  width={frame.logo.width}
                  height={frame.logo.height}
                />
              ) : (
                (props.sender ?? 'Drumbeat')
              )}
            </p>
            {frame.languageHref && <LanguageSwitch frame={frame} href={frame.languageHref} />}
          </div>
        </header>
        {deadline !== undefined && <DeadlineBar deadline={deadline} words={words} />}
        <main id="main" tabIndex={-1} className="column">
          {props.children}
        </main>
        <footer className="bottom">
          <div className="column">
            <nav aria-label={words.frame.about}>
              <a href={`/privacy?lang=${language}`}>{words.frame.privacy}</a>
            </nav>
            <p>{words.frame.madeWith}</p>
          </div>
        </footer>
      </body>
    </html>
  );
}

function LanguageSwitch({ frame, href }: { frame: Frame; href: string }) {
  const other = frame.language === 'en' ? 'es' : 'en';
  return (
    <nav aria-label={frame.words.frame.languages}>
      <a href={href} hrefLang={other} lang={other}>
        {frame.words.language[other]}
      </a>
    </nav>
  );
}
