import type { PageWords } from '#messages';

/** One message that somebody will get; the moment arrives as people say it, in that person's zone. */
export type PlannedMessage = { channel: 'email' | 'sms'; at: string; moment: string; about: string };

export function Planned({ messages, words }: { messages: PlannedMessage[]; words: PageWords }) {
  return (
    <ol className="timeline">
      {messages.map((message) => (
        <li key={`${message.channel} ${message.at}`}>
          <time dateTime={message.at}>{message.moment}</time>
          <span>
            {words.channel[message.channel]}: {message.about}
          </span>
        </li>
      ))}
    </ol>
  );
}
