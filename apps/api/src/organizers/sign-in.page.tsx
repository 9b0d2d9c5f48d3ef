import { ErrorSummary, TextField } from '../layout/field.js';
import { Page, type Frame } from '../layout/page.js';
import { Post } from '../layout/post.js';

export type SignInPageProps = {
  frame: Frame;
  /** By pasting a key (posted as `key`), or by a one-time link whose button POSTs to `action`. */
  way: { by: 'key'; action: string } | { by: 'link'; action: string; maskedContact: string };
  error: boolean;
};

export function SignInPage({ frame, way, error }: SignInPageProps) {
  const w = frame.words.organizers.signIn;
  const title = way.by === 'key' ? w.title : w.linkTitle;
  const mistake = error ? (way.by === 'key' ? w.keyError : w.linkError) : null;
  return (
    <Page frame={frame} title={title} scriptHref={way.by === 'key' ? '/assets/sign-in.js' : undefined}>
      <h1>{title}</h1>
      <ErrorSummary
        title={frame.words.frame.problems}
        errors={mistake ? [{ name: way.by === 'key' ? 'key' : 'main', text: mistake }] : []}
      />
      {way.by === 'key' ? (
        <form method="post" action={way.action} noValidate>
          <TextField
            name="key"
            label={w.key}
            hint={w.keyHint}
            error={mistake}
            type="password"
            autoComplete="current-password"
            autoCapitalize="none"
            spellCheck={false}
          />
          <p>{w.keyNext}</p>
          <button className="main">{w.keyButton}</button>
        </form>
      ) : (
        <>
          <p className="lede">{w.linkText(way.maskedContact)}</p>
          <p>{w.keyNext}</p>
          <Post action={way.action} label={w.linkButton} />
        </>
      )}
    </Page>
  );
}
