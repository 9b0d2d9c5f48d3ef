import { isUtf8 } from 'node:buffer';
import { pageWords } from '#messages';
import type { ImportPerson } from '#postgres';
import { Problem } from '../problems/problem.js';
import { plain } from './csv-lines.js';
import { readSignup } from './read-signup.js';

/** What a column may be called, in English and Spanish: small letters without accents, `_` between words. */
const names = {
  email: ['email', 'e_mail', 'mail', 'email_address', 'correo', 'correo_electronico'],
  phone: ['phone', 'phone_number', 'mobile', 'mobile_number', 'cell', 'telefono', 'celular', 'movil'],
  name: ['name', 'full_name', 'nombre', 'nombre_completo'],
  zip: ['zip', 'zip_code', 'zipcode', 'postal_code', 'codigo_postal', 'cp'],
  zone: ['zone', 'time_zone', 'timezone', 'zona', 'zona_horaria', 'huso_horario'],
  language: ['language', 'lang', 'idioma', 'lengua'],
  proof_wording: ['proof_wording', 'consent_wording', 'prueba_texto', 'texto_del_consentimiento'],
  proof_at: ['proof_at', 'proof_date', 'consent_date', 'prueba_fecha', 'fecha_del_consentimiento'],
  proof_source: ['proof_source', 'consent_source', 'prueba_fuente', 'fuente_del_consentimiento'],
} as const;
export type ImportColumn = keyof typeof names;
const columns = Object.keys(names) as ImportColumn[];

type Trouble = { column: ImportColumn | null; message: string };

const longestLine = 20_000;

/** @throws Problem when the bytes are no CSV in UTF-8, in words that say how to make it one */
export function refuseForeign(bytes: Buffer): void {
  const refuse = (code: string, detail: string) => {
    throw new Problem(422, code, detail, [{ path: 'file', message: detail }]);
  };
  const starts = (...start: number[]) => start.every((byte, index) => bytes[index] === byte);
  if (bytes.length === 0) refuse('file_empty', 'The file is empty. Its first line must name the columns.');
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0xd0, 0xcf, 0x11, 0xe0))
    refuse(
      'file_spreadsheet',
      'This is a spreadsheet (or a zip file), not CSV. Open it and save it as "CSV UTF-8 (comma delimited)".',
    );
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff))
    refuse('file_encoding', 'This file is in UTF-16. Save it again as "CSV UTF-8".');
  if (bytes.includes(0)) refuse('file_binary', 'This is no text file. Save the list as "CSV UTF-8".');
  if (!isUtf8(bytes))
    refuse(
      'file_encoding',
      'This file is not in UTF-8; it looks like Windows-1252 (Latin-1). Save it again as "CSV UTF-8", or names would be garbled.',
    );
}

/** @throws Problem when the first line does not say where the contacts are, or says something twice */
export function readHeader(cells: string[]): Map<ImportColumn, number> {
  const found = new Map<ImportColumn, number>();
  for (const [index, cell] of cells.entries()) {
    const called = plain(cell);
    const column = columns.find((one) => (names[one] as readonly string[]).includes(called));
    if (!column) continue;
    if (found.has(column))
      throw new Problem(422, 'column_twice', `The column "${column}" is there twice. Remove one.`, [
        { path: column, message: 'is there twice' },
      ]);
    found.set(column, index);
  }
  if (!found.has('email') && !found.has('phone'))
    throw new Problem(
      422,
      'column_missing',
      `The first line must name the columns, "email" or "phone" among them. These are known: ${columns.join(', ')}.`,
      [{ path: 'email', message: 'is not among the columns' }],
    );
  return found;
}

/**
 * One line as a person. Whole proof (wording, time, source) is a yes by email, and leave to ask a phone; without it the
 * phone is not kept, and a proof that is not whole is none.
 */
export function readLine(
  cells: string[],
  header: Map<ImportColumn, number>,
  coalitionZone: string,
  now: Date,
): { person: ImportPerson | null; troubles: Trouble[] } {
  if (cells.reduce((sum, cell) => sum + cell.length, 0) > longestLine)
    return refused({ column: null, message: 'This line is too long. Is a quotation mark missing?' });
  const of = (column: ImportColumn) => (cells[header.get(column) ?? -1] ?? '').trim();
  const { proof, troubles } = readProof(of('proof_wording'), of('proof_at'), of('proof_source'), now);
  const phone = of('phone');
  const language = languages[plain(of('language'))];
  if (!language) return refused({ column: 'language', message: 'must be en or es' });
  const read = readSignup(
    {
      email: of('email'),
      phone,
      name: of('name'),
      zip: withZeros(of('zip')),
      zone: of('zone'),
      language,
      wantsTexts: phone !== '' && proof !== null,
      nextStep: false,
      visible: false,
    },
    coalitionZone,
  );
  if ('errors' in read) {
    return refused(
      ...read.errors.map((error): Trouble => {
        if (error === 'texts_unticked') return { column: 'phone', message: noProof };
        const column = columns.find((one) => error.startsWith(one)) ?? 'email';
        return { column, message: pageWords('en').signup.errors[error] };
      }),
      ...troubles,
    );
  }
  if (phone && !proof) troubles.push({ column: 'phone', message: `${noProof} It was not kept.` });
  return { person: { typed: read.typed, proof }, troubles };
}

const noProof = 'A phone needs proof: proof_wording, proof_at and proof_source.';
const refused = (...troubles: Trouble[]) => ({ person: null, troubles });

function readProof(words: string, at: string, source: string, now: Date) {
  const troubles: Trouble[] = [];
  const date = at ? dateOf(at) : null;
  if (words || at || source) {
    const oldest = new Date(now);
    oldest.setUTCFullYear(now.getUTCFullYear() - 5);
    if (!words || words.length > 2_000)
      troubles.push({
        column: 'proof_wording',
        message: words ? 'is too long' : 'is missing, so there is no proof',
      });
    if (!at) troubles.push({ column: 'proof_at', message: 'is missing, so there is no proof' });
    else if (!date)
      troubles.push({ column: 'proof_at', message: 'must look like 2026-03-01 or 2026-03-01T14:30-05:00' });
    else if (date > now) troubles.push({ column: 'proof_at', message: 'is in the future' });
    else if (date < oldest) troubles.push({ column: 'proof_at', message: 'is more than 5 years ago' });
    if (!source || source.length > 200)
      troubles.push({
        column: 'proof_source',
        message: source ? 'is too long' : 'is missing, so there is no proof',
      });
    else if (/@|\d[\d\s().-]{6,}\d/.test(source))
      troubles.push({
        column: 'proof_source',
        message: 'must say where, and name nobody: no address and no number',
      });
  }
  const proof = date && troubles.length === 0 ? { words, at: date, source } : null;
  return { proof, troubles };
}

/** ISO 8601; a date alone is its first moment anywhere on earth, a time without a zone is UTC. */
function dateOf(text: string): Date | null {
  const shape =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)\s?(Z|[+-]\d{2}:\d{2})?)?$/i;
  const [, day, time, zone] = shape.exec(text) ?? [];
  if (!day || new Date(`${day}T00:00Z`).toJSON()?.slice(0, 10) !== day) return null;
  const date = new Date(time ? `${day}T${time}${zone?.toUpperCase() ?? 'Z'}` : `${day}T00:00+14:00`);
  return Number.isNaN(date.getTime()) ? null : date;
}

const languages: Record<string, 'en' | 'es'> = {
  '': 'en',
  en: 'en',
  english: 'en',
  ingles: 'en',
  es: 'es',
  spanish: 'es',
  espanol: 'es',
};

/** Spreadsheets take a ZIP for a number and drop the zeros in front. */
const withZeros = (zip: string) => (/^\d{3,4}$/.test(zip) ? zip.padStart(5, '0') : zip);
