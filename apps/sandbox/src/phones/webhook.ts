import twilio from 'twilio';

/** What a webhook answered; status 0 when it could not be reached. */
export interface Answer {
  status: number;
  body: string;
}

/** Posts a form to a webhook, signed as Twilio signs. Never throws. */
export async function post(url: string, form: Record<string, string>, authToken: string): Promise<Answer> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'user-agent': 'TwilioProxy/1.1',
        'x-twilio-signature': twilio.getExpectedTwilioSignature(authToken, url, form),
      },
      body: new URLSearchParams(form).toString(),
      redirect: 'manual',
      signal: AbortSignal.timeout(15_000), // Twilio's own patience
    });
    return { status: answer.status, body: await answer.text() };
  } catch (error) {
    return { status: 0, body: error instanceof Error ? error.message : String(error) };
  }
}

/** The texts that a TwiML answer asks for: its `<Message>` (or older `<Sms>`) elements, with or without `<Body>`. */
export function messagesIn(twiml: string): string[] {
  const found = [...twiml.matchAll(/<(Message|Sms)\b[^>]*>([\s\S]*?)<\/\1>/g)];
  return found
    .map(([, , inside = '']) => /<Body>([\s\S]*?)<\/Body>/.exec(inside)?.[1] ?? inside)
    .map((text) =>
      text.replace(/&(lt|gt|quot|apos|amp|#\d+|#x[0-9a-f]+);/gi, (_, name: string) => unescape(name)).trim(),
    )
    .filter((text) => text !== '');
}

function unescape(name: string): string {
  const named: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  if (!name.startsWith('#')) return named[name.toLowerCase()] ?? '';
  return String.fromCodePoint(/^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1)));
}
