import { deadlineOf, docketZone } from './deadline.js';
import { fields, instantIn, textIn } from './outside.js';

/**
 * What somebody pasted. A document takes comments; a docket holds documents, each with dates of its own; a notice is
 * the Federal Register's, by its number; an address of another site is known by its host (FACTS §2).
 */
export type Pasted =
  | { document: string }
  | { docket: string }
  | { comment: string }
  | { notice: string }
  | { elsewhere: string };

/** `AGENCY-2024-0001-0001`; the year may be followed by an office, the agency by some: `EPA-HQ-OAR-2021-0317`. */
const modern = /^([A-Z][A-Z0-9_]*(?:-[A-Z0-9_]+)*?-(?:19|20)\d\d(?:-[A-Z]{1,5})?-\d{3,6})(-\d{4,7})?$/;
/** From before there were dockets by year: `FAA_FRDOC_0001-27469`. */
const early = /^([A-Z]+_FRDOC_\d{4})(-\d{1,7})?$/;
const anyId = /^[A-Z][A-Z0-9_-]{4,60}$/;
/** `2024-12825`, `E9-12345`, `94-12345`; of a correction `C1-2024-12825`. */
const noticeNumber = /^(?:[CRX]\d{0,2}-)?(?:(?:19|20)\d\d|[EZ]?\d{1,2})-\d{3,6}$/;

/** Reads any address of regulations.gov, of today's site or the one before, one of federalregister.gov, or a bare id. Null when it is none of them. */
export function parsePasted(text: string): Pasted | null {
  const typed = text.trim();
  const address = /^https?:\/\//i.test(typed)
    ? typed
    : /^(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:gov|org|com|net|us|edu)(?:\/|$)/i.test(typed)
      ? `https://${typed}`
      : null;
  if (address === null) return pastedOf(typed.toUpperCase());
  if (!URL.canParse(address)) return null;
  const { hostname, pathname, hash, search } = new URL(address);
  if (/(^|\.)federalregister\.gov$/i.test(hostname)) {
    const number = pathname
      .toUpperCase()
      .split('/')
      .findLast((part) => noticeNumber.test(part));
    return number ? { notice: number } : null;
  }
  if (!/(^|\.)regulations\.gov$/i.test(hostname)) return { elsewhere: hostname };
  const [, kind, named] = /^\/(document|commenton|docket|comment)\/([\w-]+)(?:\/|$)/i.exec(pathname) ?? [];
  if (kind && named) {
    const id = named.toUpperCase();
    if (!anyId.test(id)) return null;
    if (kind.toLowerCase() === 'docket') return { docket: id };
    return kind.toLowerCase() === 'comment' ? { comment: id } : { document: id };
  }
  const [, old] = /[?;&!]D=([\w-]+)/i.exec(`${search}${hash}`) ?? [];
  return old ? pastedOf(old.toUpperCase()) : null;
}

function pastedOf(id: string): Pasted | null {
  if (noticeNumber.test(id)) return { notice: id };
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
  /** What the Federal Register calls it. */
  notice: string | null;
  /** What comments on it are filed under. */
  objectId: string | null;
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
  const { frDocNum, objectId } = fields(attributes);
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
    notice: textIn(frDocNum),
    objectId: textIn(objectId),
    opensAt,
    closesAt,
    isOpen: withdrawn !== true && closesAt !== null && closesAt > now && (opensAt === null || opensAt <= now),
    withdrawn: withdrawn === true,
  };
}

/** The date in Eastern at an instant: `2027-03-15`. */
export const easternDate = (instant: Date) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: docketZone, dateStyle: 'short' }).format(instant);
