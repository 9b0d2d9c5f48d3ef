import { createServer, type Socket } from 'node:net';
import { Journal, listen, now, serveControl } from './journal.js';
import { seeded } from './seeded.js';

/**
 * A mail host that takes everything and keeps nothing but a line for each message:
 * `{ at, id, to, connection, answered }`. `at` is when the whole body was here, in milliseconds since 1970; the line is
 * written when its answer goes out, or when it is certain that none will. Started by `startSink()`.
 */
export interface SinkRules {
  /** Wait so long with the 250. */
  answerAfterMs: number;
  /** Hold every 250 until this is off again. */
  hold: boolean;
  /** For this share of the messages, drawn from the seed, take the body and cut the connection. */
  dropBefore250: number;
  /** Refuse everybody for now: 421 at the greeting and at MAIL, 451 at MAIL. */
  busy: 0 | 421 | 451;
  /** 550 5.1.1 to these addresses. */
  refuse: string[];
  /** Say nothing at all. */
  silent: boolean;
  /** End this process when the next body is here, with its line written. */
  dieAfterBody: boolean;
}

const rules: SinkRules = {
  answerAfterMs: 0,
  hold: false,
  dropBefore250: 0,
  busy: 0,
  refuse: [],
  silent: false,
  dieAfterBody: false,
  ...(JSON.parse(process.env['OUTSIDE_RULES'] ?? '{}') as Partial<SinkRules>),
};
const journal = new Journal(process.env['OUTSIDE_LOG']!);
const refusals = new Journal(`${journal.name}.refusals`);
const random = seeded(Number(process.env['OUTSIDE_SEED'] ?? 1));
const count = { connections: 0, open: 0, messages: 0, answered: 0, held: 0, refused: 0 };
const held = new Set<() => void>();
const end = Buffer.from('\r\n.\r\n');
const longestHead = 16_384;

class Session {
  private readonly number = ++count.connections;
  private mailed = false;
  private to = '';
  private reading: 'commands' | 'body' = 'commands';
  private rest: Buffer = Buffer.alloc(0);
  private head = '';

  constructor(private readonly socket: Socket) {
    count.open++;
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('close', () => count.open--);
    socket.on('data', (chunk) => this.take(chunk));
    if (rules.busy === 421) this.refuse('421 4.7.0 Too many messages, try again later', true);
    else this.say('220 sink.example ESMTP');
  }

  /** All answers to what came together leave together. */
  private take(chunk: Buffer): void {
    this.socket.cork();
    this.read(chunk);
    this.socket.uncork();
  }

  private read(chunk: Buffer): void {
    let bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    let read = this.reading === 'body' ? this.rest.length : 0;
    this.rest = Buffer.alloc(0);
    for (;;) {
      if (this.reading === 'body') {
        const at = bytes.indexOf(end);
        const upTo = at < 0 ? bytes.length : at;
        if (this.head.length < longestHead) this.head += bytes.toString('latin1', read, upTo);
        read = 0;
        if (at < 0) {
          // The end may lie across two chunks.
          this.rest = Buffer.from(bytes.subarray(-end.length + 1));
          return;
        }
        bytes = bytes.subarray(at + end.length);
        this.reading = 'commands';
        this.accept();
        continue;
      }
      const at = bytes.indexOf('\r\n');
      if (at < 0) {
        this.rest = Buffer.from(bytes);
        return;
      }
      const line = bytes.toString('latin1', 0, at);
      bytes = bytes.subarray(at + 2);
      this.obey(line);
      // A body may begin with its end.
      if (/^DATA/i.test(line)) bytes = Buffer.concat([Buffer.from('\r\n'), bytes]);
    }
  }

  private obey(line: string): void {
    switch (line.slice(0, 4).toUpperCase()) {
      case 'EHLO':
        return this.say('250-sink.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 50000000');
      case 'MAIL':
        this.to = '';
        this.mailed = false;
        if (rules.busy === 421) return this.refuse('421 4.7.0 Too many messages, try again later', true);
        if (rules.busy === 451) return this.refuse('451 4.3.0 Try again later');
        this.mailed = true;
        return this.say('250 2.1.0 Ok');
      case 'RCPT':
        // It may have come along with a sender that was refused.
        if (!this.mailed) return this.say('503 5.5.1 Who from?');
        this.to = /<([^>]*)>/.exec(line)?.[1] ?? '';
        if (rules.refuse.includes(this.to)) {
          this.refuse('550 5.1.1 No such user');
          this.to = '';
          return;
        }
        return this.say('250 2.1.5 Ok');
      case 'DATA':
        if (this.to === '') return this.say('503 5.5.1 Nobody to send it to');
        this.reading = 'body';
        this.head = '';
        return this.say('354 Go on');
      case 'QUIT':
        this.say('221 2.0.0 Bye');
        return void this.socket.end();
      case 'HELO':
      case 'RSET':
      case 'NOOP':
        return this.say('250 2.0.0 Ok');
      default:
        return this.say('502 5.5.1 Not known here');
    }
  }

  private accept(): void {
    const line = {
      at: now(),
      id: /^message-id:\s*(<[^>]*>)/im.exec(this.head)?.[1] ?? '',
      to: this.to,
      connection: this.number,
    };
    count.messages++;
    if (rules.dieAfterBody) {
      journal.write({ ...line, answered: false });
      finish();
    }
    if (random() < rules.dropBefore250) {
      journal.write({ ...line, answered: false });
      this.socket.destroy();
      return;
    }
    const answer = () => {
      const answered = this.socket.writable && !rules.silent;
      journal.write({ ...line, answered });
      if (!answered) return;
      count.answered++;
      this.say('250 2.0.0 Ok');
    };
    if (rules.answerAfterMs === 0 && !rules.hold) return answer();
    count.held++;
    const timer = rules.hold ? undefined : setTimeout(() => release(), rules.answerAfterMs);
    const release = () => {
      if (!held.delete(release)) return;
      clearTimeout(timer);
      this.socket.off('close', release);
      count.held--;
      answer();
    };
    held.add(release);
    this.socket.once('close', release);
  }

  private refuse(words: string, last = false): void {
    count.refused++;
    refusals.write({ at: now(), to: this.to, refused: Number(words.slice(0, 3)) });
    this.say(words);
    if (last) this.socket.end();
  }

  private say(words: string): void {
    if (!rules.silent && this.socket.writable) this.socket.write(`${words}\r\n`);
  }
}

function finish(): never {
  for (const release of held) release();
  journal.close();
  refusals.close();
  process.exit(0);
}

process.on('SIGTERM', finish);
process.on('disconnect', finish);

const port = await listen(
  createServer((socket) => new Session(socket)),
  Number(process.env['OUTSIDE_PORT'] ?? 0),
);
const control = await serveControl(rules, {
  changed: (before) => {
    if (before.hold && !rules.hold) for (const release of [...held]) release();
  },
  count: () => {
    journal.flush();
    refusals.flush();
    return count;
  },
});
process.send?.({ port, control });
