import { dateIn, fields, textIn, textsIn } from './outside.js';

/** A document of the Federal Register, as far as it says something of a comment period. Dates are `2027-03-15`. */
export type Notice = {
  /** `2024-12825` */
  number: string;
  title: string;
  agencies: string[];
  publishedOn: string | null;
  /** Its page. */
  url: string | null;
  /** Where one comments on it. */
  commentUrl: string | null;
  /** When it says that comments close; several when it is about several dockets, in which only a person can tell which is whose. */
  closesOn: string[];
  docketIds: string[];
  /** What regulations.gov calls it. */
  documentId: string | null;
  /** The number of what it corrects. */
  correctionOf: string | null;
  /** By its own words it extends, reopens or corrects what another one opened. */
  amends: boolean;
  /** By its own words it takes back what another one opened, all of it. */
  withdraws: boolean;
};

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);
const writtenDate = new RegExp(`\\b(${months.join('|')})\\s+(\\d{1,2}),\\s+(\\d{4})\\b`, 'g');

/** Reads one document of the API's answer. Tolerant, as {@link readDocument}. Null when it is none. */
export function readNotice(data: unknown): Notice | null {
  const { document_number, title, agencies, dates, action, type, regulations_dot_gov_info, ...rest } =
    fields(data);
  const number = textIn(document_number);
  if (!number || !/^[\w-]{4,30}$/.test(number)) return null;
  const publishedOn = dateIn(rest['publication_date']);
  const there = fields(regulations_dot_gov_info);
  const amends = /extension|extend|reopen|correct/i.test(`${textIn(action) ?? ''} ${textIn(title) ?? ''}`);
  const closes = dateIn(rest['comments_close_on']);
  const act = textIn(action) ?? '';
  const written = datesOfComments(textIn(dates) ?? '').filter(
    (date) => publishedOn === null || date > publishedOn,
  );
  return {
    number,
    title: textIn(title) ?? number,
    agencies: (Array.isArray(agencies) ? agencies : []).flatMap((each) => {
      const { name, raw_name } = fields(each);
      return textIn(name) ?? textIn(raw_name) ?? [];
    }),
    publishedOn,
    url: addressIn(rest['html_url']),
    commentUrl: addressIn(rest['comment_url']),
    closesOn: closes ? [...new Set([closes, ...(amends ? written : [])])] : [],
    docketIds: [...new Set([...textsIn(rest['docket_ids']), ...textsIn([there['docket_id']])])],
    documentId: textIn(there['document_id']),
    correctionOf: /[\w]+-[\w-]+(?=(?:\.json)?$)/.exec(textIn(rest['correction_of']) ?? '')?.[0] ?? null,
    amends: amends || textIn(type) === 'Correction',
    withdraws: closes === null && /\bwithdraw(al|n)\b/i.test(act) && !/\bpart(s|ial(ly)?)?\b/i.test(act),
  };
}

/** The dates in those sentences that are about comments; what stands in brackets cites other documents. */
function datesOfComments(text: string): string[] {
  return text
    .replaceAll(/\([^()]*\)/g, ' ')
    .replaceAll(/\b([ap])\.m\./gi, '$1m')
    .split(/\.\s+/)
    .filter((sentence) => /comment/i.test(sentence))
    .flatMap((sentence) => [...sentence.matchAll(writtenDate)])
    .flatMap(([, month, day, year]) => {
      const number = String(months.indexOf(month!) + 1).padStart(2, '0');
      return dateIn(`${year}-${number}-${day!.padStart(2, '0')}`) ?? [];
    });
}

const addressIn = (value: unknown) => {
  const address = textIn(value);
  return address && URL.canParse(address) && new URL(address).protocol === 'https:' ? address : null;
};

/**
 * What the Federal Register says of one document: the notice that speaks last, and whether it is surely about this one. `withdrawn`: it
 * takes the document back, for certain.
 */
export type RegisterWord = { notice: Notice; certain: boolean; withdrawn: boolean };

/**
 * Of a docket's notices the one that says when comments on this document close: its own, or the latest that extends, reopens or
 * corrects it, or takes it back. A docket often has several comment periods; what amends without saying which, after another one was opened, is not
 * certain, and what takes back without saying which is then about another one. Null: none of them says anything of it.
 */
export function registerWord(
  notices: readonly Notice[],
  about: { documentId: string | null; docketId: string | null; notice: string | null },
): RegisterWord | null {
  const inOrder = notices.toSorted((a, b) => order(a).localeCompare(order(b)));
  const own = inOrder.find(
    ({ number, documentId }) =>
      number === about.notice || (documentId !== null && documentId === about.documentId),
  );
  const names = (notice: Notice) => notice.correctionOf !== null && notice.correctionOf === own?.number;
  const certainly = (notice: Notice) => {
    const between = inOrder.slice(own ? inOrder.indexOf(own) + 1 : 0, inOrder.indexOf(notice));
    const others = between.some(({ amends, closesOn }) => !amends && closesOn.length > 0);
    return notice === own || names(notice) || (own !== undefined && !others);
  };
  const later = inOrder
    .slice(own ? inOrder.indexOf(own) + 1 : 0)
    .filter(
      (notice) =>
        (notice.amends || notice.withdraws) &&
        (names(notice) || (about.docketId !== null && notice.docketIds.includes(about.docketId))),
    );
  const last = [...(own ? [own] : []), ...later].findLast((notice) =>
    notice.withdraws ? certainly(notice) : notice.closesOn.length > 0,
  );
  if (!last) return null;
  const { withdraws: withdrawn } = last;
  return { notice: last, certain: certainly(last) && (withdrawn || last.closesOn.length === 1), withdrawn };
}

const order = ({ publishedOn, number }: Notice) => `${publishedOn ?? ''} ${number}`;
