/** One button, which signs in as an administrator of the sandbox as often as one likes. */
export function SignInPage({ action }: { action: string }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Sign in · Sandbox · Drumbeat</title>
        <link rel="stylesheet" href="/sandbox/assets/sandbox.css" />
      </head>
      <body>
        <header>
          <h1>Sandbox</h1>
        </header>
        <main>
          <h2>Sign in to the console</h2>
          <p>You sign in as an administrator of this sandbox. This address works as often as you like.</p>
          <form method="post" action={action}>
            <button>Sign in</button>
          </form>
        </main>
      </body>
    </html>
  );
}
