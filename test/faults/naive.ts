import { createTransport } from 'nodemailer';
import pg from 'pg';

/** The loop that loses: its cursor is past what it has not sent yet. Started by the row `control`. */
const db = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
await db.connect();
const transport = createTransport({
  url: process.env['SMTP_URL'],
  pool: true,
  maxConnections: Number(process.env['WORKER_CONCURRENCY']),
  maxMessages: Infinity,
});

for (;;) {
  await db.query('begin');
  const { rows: cursors } = await db.query<{ at: number }>('select at from naive_cursor for update');
  const { rows } = await db.query<{ place: number; email: string }>(
    'select place, email from naive_list where place > $1 order by place limit 100',
    [cursors[0]!.at],
  );
  if (rows.length > 0) await db.query('update naive_cursor set at = $1', [rows.at(-1)!.place]);
  await db.query('commit');
  if (rows.length === 0) break;
  await Promise.all(
    rows.map(({ email }) =>
      transport.sendMail({
        from: 'reminders@drumbeat.example',
        to: email,
        subject: 'Your comment is due',
        text: 'File your comment.',
      }),
    ),
  );
}
transport.close();
await db.end();
