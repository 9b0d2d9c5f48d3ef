import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { useApi } from '../../../../test/support/use-api.js';

const world = useApi();
const kept = fileURLToPath(new URL('../../../../test/.results/reports/', import.meta.url));

/** Twelve people of one coalition and two of another; eleven filed, one of them after a mail; two say later why not. */
async function aCampaignThatEnded() {
  const campaign = await world.aCampaign();
  const small = await world.aCoalition({ name: '=Small Circle' });
  await world.call('PATCH', `/api/v1/campaigns/${campaign.id}`, {
    coalitionIds: [campaign.coalition.id, small.id],
    goal: 25,
  });
  const slugs = [...Array.from({ length: 12 }, () => campaign.coalition.slug), small.slug, small.slug];
  for (const [index, slug] of slugs.entries())
    await world.post(`/c/${campaign.slug}/${slug}`, { email: `r${index}-${slug}@example.org`, zip: '10001' });
  const people = await world.db.query<{ id: string; supporterId: string }[]>(
    `select id, supporter_id as "supporterId" from signups where campaign_id = $1 order by id`,
    [campaign.id],
  );
  for (const { id } of people.slice(0, 11))
    await world.call('POST', `/api/v1/signups/${id}/confirmations`, { outcome: 'filed' });
  await world.db.query(
    `insert into reminders (campaign_id, supporter_id, signup_id, coalition_id, kind, key, channel, wave_id, state, due_at, expires_at, settled_at, handed_at)
     select $1, supporter_id, id, coalition_id, 'rung', (select id from rungs where campaign_id = $1 order by position limit 1) || '#1', 'email', 1, 'sent', now() - interval '2 days', now(), now(), done_at - interval '1 hour'
     from signups where id = $2`,
    [campaign.id, people[0]!.id],
  );
  await world.db.query(
    `update signups set missed = 'tried', missed_because = case id when $1 then 'site' end, missed_at = now() where id = any($2)`,
    [people[11]!.id, [people[11]!.id, people[12]!.id]],
  );
  return campaign;
}

const tablesOf = (text: string): string[][][] =>
  text.split('\r\n\r\n').map((part) => parse(part, { relax_column_count: true }));

describe('the report of a campaign', () => {
  it('says what came of it, by coalition, message, evidence, reason and day', async () => {
    const campaign = await aCampaignThatEnded();
    const answer = await world.call('GET', `/api/v1/campaigns/${campaign.id}/report.csv`);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    const [head, coalitions, messages, evidence, misses, days] = tablesOf(answer.body);
    expect(head!.flat()).toEqual(
      expect.arrayContaining([
        '14 people signed up, and 11 filed a comment.',
        'The goal was 25; 14 were missing.',
      ]),
    );
    expect(coalitions).toEqual([
      ['By coalition'],
      ['Coalition', 'Signed up', 'Filed', 'Rate'],
      ['Everybody, each once', '14', '11', '79%'],
      [campaign.coalition.name, '10', '10', '100%'],
      ["'=Small Circle", 'under 10', 'under 10', '–'],
    ]);
    const after = messages!.map((row) => [row[0], row[2], row.at(-1)]);
    const first = await world.one<{ name: string }>(
      `select name from rungs where campaign_id = $1 order by position limit 1`,
      [campaign.id],
    );
    expect(after).toContainEqual([first.name, '1', '1']);
    expect(after).toContainEqual(['before any message', '0', '10']);
    expect(evidence!.slice(2)).toEqual([['They said so', 'from another system', '11']]);
    expect(misses!.slice(2)).toEqual(
      expect.arrayContaining([
        ['I tried, and it failed', 'The website gave an error', '1'],
        ['I tried, and it failed', 'no reason given', '1'],
      ]),
    );
    expect(days!.at(-1)!.slice(1)).toEqual(['14', '11']);
    expect(answer.body).not.toContain('@example.org');
  });

  it.each(['en', 'es'] as const)(
    'is a document to send on, in %s, that can be read aloud',
    async (language) => {
      const campaign = await aCampaignThatEnded();
      const { statusCode, headers, rawPayload } = await world.call(
        'GET',
        `/api/v1/campaigns/${campaign.id}/report.pdf?language=${language}`,
      );
      expect([statusCode, headers['content-type'], headers['content-disposition']]).toEqual([
        200,
        'application/pdf',
        `attachment; filename="${campaign.slug}-report.pdf"`,
      ]);
      const pdf = rawPayload.toString('latin1');
      expect(pdf.startsWith('%PDF-1.7')).toBe(true);
      expect(pdf).toContain(`/Lang (${language})`);
      expect(pdf).toContain('/MarkInfo');
      mkdirSync(kept, { recursive: true });
      writeFileSync(`${kept}report-${language}.pdf`, rawPayload);
    },
  );

  it('is written into the log, with who took it', async () => {
    const campaign = await aCampaignThatEnded();
    await world.call('GET', `/api/v1/campaigns/${campaign.id}/report.csv`);
    const lines = await world.db.query<{ detail: unknown }[]>(
      `select detail from audit where campaign_id = $1 and action = 'figures.exported'`,
      [campaign.id],
    );
    expect(lines).toEqual([{ detail: { what: 'report.csv' } }]);
  });
});
