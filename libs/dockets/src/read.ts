import { type DocketDocument, type Notice, parseTrackingNumber, readDocument, readNotice } from '#domain';
import type { SourceAnswer } from '#postgres';

/** What an answer of `RegulationsGov.document` is about; null when there is no such document. */
export const documentIn = ({ body }: SourceAnswer, now: Date): DocketDocument | null =>
  readDocument(partOf(body, 'data'), now);

export const documentsIn = ({ body }: SourceAnswer, now: Date): DocketDocument[] =>
  listOf(partOf(body, 'data')).flatMap((data) => readDocument(data, now) ?? []);

/** The document that a comment is on, by its id. */
export function commentedOn({ body }: SourceAnswer): string | null {
  const id = partOf(partOf(partOf(body, 'data'), 'attributes'), 'commentOnDocumentId');
  return typeof id === 'string' ? id : null;
}

/** What the agency calls a document where it lists the comments on it. */
export function objectIdIn({ body }: SourceAnswer): string | null {
  const id = partOf(partOf(partOf(body, 'data'), 'attributes'), 'objectId');
  return typeof id === 'string' ? id : null;
}

/** A page of the comments on a document, and how many there are in all. What has no id or no date is left out. */
export function commentsIn({ body }: SourceAnswer): {
  comments: { id: string; changedAt: Date }[];
  total: number;
} {
  const comments = listOf(partOf(body, 'data')).flatMap((data) => {
    const id = partOf(data, 'id');
    const changedAt = new Date(String(partOf(partOf(data, 'attributes'), 'lastModifiedDate')));
    return typeof id === 'string' && !Number.isNaN(changedAt.getTime()) ? [{ id, changedAt }] : [];
  });
  const total = partOf(partOf(body, 'meta'), 'totalElements');
  return { comments, total: typeof total === 'number' ? total : comments.length };
}

/** Null: the comment is gone, or it names none. */
export function trackingNumberIn({ body }: SourceAnswer): string | null {
  const number = partOf(partOf(partOf(body, 'data'), 'attributes'), 'trackingNbr');
  return typeof number === 'string' ? parseTrackingNumber(number) : null;
}

export const noticeIn = ({ body }: SourceAnswer): Notice | null => readNotice(body);

export const noticesIn = ({ body }: SourceAnswer): Notice[] =>
  listOf(partOf(body, 'results')).flatMap((data) => readNotice(data) ?? []);

const partOf = (whole: unknown, name: string): unknown =>
  typeof whole === 'object' && whole !== null ? (whole as Record<string, unknown>)[name] : undefined;
const listOf = (value: unknown) => (Array.isArray(value) ? (value as unknown[]) : []);
