import { deadlineOf, docketZone } from './deadline.js';

/** What somebody pasted: a document takes comments; a docket holds documents, each with dates of its own (FACTS §2). */
export type Pasted = { document: string } | { docket: string };

/** `AGENCY-2024-0001-0001`; the year may be followed by an office, the agency by some: `EPA-HQ-OAR-2021-0317`. */
const modern = /^([A-Z][A-Z0-9_]*(?:-[A-Z0-9_]+)*?-(?:19|20)\d\d(?:-[A-Z]{1,5})?-\d{3,6})(-\d{4,7})?$/;
/** From before there were dockets by year: `FAA_FRDOC_0001-27469`. */
const early = /^([A-Z]+_FRDOC_\d{4})(-\d{1,7})?$/;
const anyId = /^[A-Z][A-Z0-9_-]{4,60}$/;

/** Reads any address of regulations.gov, of today's site or the one before, or a bare id. Null when it is neither. */
export function parsePasted(text: string): Pasted | null {
  const typed = text.trim();
  if (!/^https?:\/\/|regulations\.gov/i.test(typed)) return pastedOf(typed.toUpperCase());
  const address = /^https?:\/\//i.test(typed) ? typed : `https://${typed}`;
  if (!URL.canParse(address)) return null;
  const { hostname, pathname, hash, search } = new URL(address);
  if (!/(^|\.)regulations\.gov$/i.test(hostname)) return null;
  const [, kind, named] = /^\/(document|commenton|docket)\/([\w-]+)(?:\/|$)/i.exec(pathname) ?? [];
  if (kind && named) {
    const id = named.toUpperCase();
    if (!anyId.test(id)) return null;
    return kind.toLowerCase() === 'docket' ? { docket: id } : { document: id };
  }
  const [, old] = /[?;&!]D=([\w-]+)/i.exec(`${search}${hash}`) ?? [];
  return old ? pastedOf(old.toUpperCase()) : null;
}

function pastedOf(id: string): Pasted | null {
  const [, docket, number] = modern.exec(id) ?? early.exec(id) ?? [];
  if (!docket) return null;
  return number ? { document: id } : { docket };
}

/** A document as its agency opened it for comment. */
export type DocketDocument = {
  documentId: string;
  docketId: string | null;
  title: string;
  agency: string | null;
  /** "Notice", "Proposed Rule" … */
  documentType: string | null;
  /** The comment form. */
  url: string;
  opensAt: Date | null;
  /** The end of its last day, Eastern; null: the agency names none. */
  closesAt: Date | null;
  /** By its dates, at `now`. */
  isOpen: boolean;
  withdrawn: boolean;
};

/**
 * Reads one document of the API's answer (`data`, or one of its list). Tolerant: live answers hold more and less than the API's own
 * description says. The end is kept as 23:59:59 Eastern in UTC, so its date is the one in Eastern. Null when it is no document.
 */
export function readDocument(data: unknown, now: Date): DocketDocument | null {
  const { id, attributes } = fields(data);
  const { title, docketId, agencyId, documentType, commentStartDate, commentEndDate, withdrawn } =
    fields(attributes);
  if (typeof id !== 'string' || !anyId.test(id.toUpperCase()) || typeof title !== 'string') return null;
  const opensAt = instantIn(commentStartDate);
  const end = instantIn(commentEndDate);
  const closesAt = end && deadlineOf(easternDate(end));
  return {
    documentId: id,
    docketId: textIn(docketId),
    title: title.trim(),
    agency: textIn(agencyId),
    documentType: textIn(documentType),
    url: `https://www.regulations.gov/commenton/${id}`,
    opensAt,
    closesAt,
    isOpen: withdrawn !== true && closesAt !== null && closesAt > now && (opensAt === null || opensAt <= now),
    withdrawn: withdrawn === true,
  };
}

const fields = (value: unknown) =>
  (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
const textIn = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null);
function instantIn(value: unknown): Date | null {
  const instant = typeof value === 'string' ? new Date(value) : null;
  return instant && !Number.isNaN(instant.getTime()) ? instant : null;
}
const easternDate = (instant: Date) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: docketZone, dateStyle: 'short' }).format(instant);
