import type { Person, PersonKey, PersonKind } from '../../src/core/people.ts';
import type { Review, ReviewFacts, ReviewState } from '../../src/core/review-facts.ts';

export function person(name: string, kind: PersonKind = 'human'): Person {
  return { key: name as PersonKey, kind };
}

export const author = person('author');
export const reviewer = person('reviewer');
export const another = person('another');
export const robot = person('robot', 'bot');
export const ghost = person('ghost', 'ghost');

/** A moment on the pull request's first day: "09:30" or "09:30:15". */
export function at(time: string): string {
  return `2026-03-02T${time}${time.length === 5 ? ':00' : ''}Z`;
}

export function review(by: Person, state: ReviewState, time: string, over: Partial<Review> = {}): Review {
  return {
    id: `${by.key} ${state} ${time}`,
    by,
    state,
    submittedAt: at(time),
    commit: 'a'.repeat(40),
    words: 0,
    inlineComments: 0,
    ...over,
  };
}

export function reviewFacts(reviews: readonly Review[], over: Partial<ReviewFacts> = {}): ReviewFacts {
  return {
    author,
    createdAt: at('09:00'),
    reviews,
    forcePushes: [],
    requests: [],
    readyForReviewAt: [],
    convertedToDraftAt: [],
    commitAuthors: [author],
    ...over,
  };
}
