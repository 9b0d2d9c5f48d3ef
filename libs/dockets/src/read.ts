import { type DocketDocument, type Notice, readDocument, readNotice } from '#domain';
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

export const noticeIn = ({ body }: SourceAnswer): Notice | null => readNotice(body);

export const noticesIn = ({ body }: SourceAnswer): Notice[] =>
  listOf(partOf(body, 'results')).flatMap((data) => readNotice(data) ?? []);

const partOf = (whole: unknown, name: string): unknown =>
  typeof whole === 'object' && whole !== null ? (whole as Record<string, unknown>)[name] : undefined;
const listOf = (value: unknown) => (Array.isArray(value) ? (value as unknown[]) : []);
