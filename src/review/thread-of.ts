import type { ReviewThread } from '../core/review-facts.ts';
import { asksQuestion, wordsOf } from './measure/words.ts';
import type { PersonOf, RawThread } from './timeline.ts';

/** Undefined for a thread of which no comment is left. */
export function threadOf(raw: RawThread, personOf: PersonOf): ReviewThread | undefined {
  const [first] = raw.comments;
  if (!first) return undefined;
  const commit = first.originalCommit?.oid;
  return {
    id: raw.id,
    path: raw.path,
    ...(raw.line !== null && { line: raw.line }),
    ...(raw.startLine !== null && { startLine: raw.startLine }),
    side: raw.diffSide === 'LEFT' ? 'base' : 'head',
    ...(commit !== undefined && { commit }),
    isResolved: raw.isResolved,
    isOutdated: raw.isOutdated,
    comments: raw.comments.map(({ author, createdAt, body }) => ({
      by: personOf(author && { login: author.login, type: author.__typename }),
      at: createdAt,
      words: wordsOf(body),
      isQuestion: asksQuestion(body),
    })),
  };
}
