import { mkdir, writeFile } from 'node:fs/promises';
import { drawCard } from './card.js';

it.each([
  ['en', 'Notes for a form'],
  ['es', 'Notas para un formulario'],
] as const)(
  'is a card of one page, tagged, whose name says nothing of the job (%s)',
  async (language, title) => {
    for (const phrase of ['', 'Share lived experience, plan goals, link to resources', 'm'.repeat(60)]) {
      const file = await drawCard({
        language,
        author: 'Many Hands',
        occupation: 'Peer Support Specialist',
        phrase,
      });
      const pdf = file.toString('latin1');
      expect(pdf.startsWith('%PDF-1.7')).toBe(true);
      expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
      expect(pdf).toContain(`/Lang (${language})`);
      expect(pdf).toContain(`(${title})`);
      expect(pdf).toContain('(Many Hands)');
      expect(pdf).toContain('/MarkInfo');
      expect(pdf).not.toMatch(/peer|support/i);
      await keep(`card-${language}-${phrase.length}.pdf`, file);
    }
  },
);

/** For the eye. */
async function keep(name: string, file: Buffer): Promise<void> {
  const folder = new URL('../../../../test/.results/share/', import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL(name, folder), file);
}
