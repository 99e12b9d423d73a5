import { counted } from '../render/numbers.ts';
import type { ReviewComment } from '../render/review-comments.ts';
import type { Written } from './publish-conversation.ts';

/** A review with these comments stands. */
export function postedReview(comments: readonly ReviewComment[]): Written {
  return {
    done: `posted a review with ${counted(comments.length, 'comment')}`,
    commented: comments.map(({ fingerprint }) => fingerprint),
  };
}
