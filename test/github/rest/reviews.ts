import { type Call, loginOf, param, pullFor, type Route, repositoryFor, text } from '../http/route.ts';
import { mayWriteLocked } from '../http/viewer.ts';
import { reviewCommentJson, reviewJson } from '../represent/review.ts';
import { checkBody, checkUnlocked } from '../state/bodies.ts';
import { type PullRequest, Refusal, type Repository, type Review } from '../state/model.ts';
import {
  createReview,
  deletePending,
  dismissReview,
  type ReviewEvent,
  submitReview,
} from '../state/reviews.ts';
import type { Anchor } from '../state/threads.ts';

const reviews = '/repos/{owner}/{repo}/pulls/{pull_number}/reviews';
const one = `${reviews}/{review_id}`;

export const reviewRoutes: readonly Route[] = [
  {
    operation: `GET ${reviews}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'pull_requests', 'read');
      const pull = pullFor(call, repository);
      const seen = pull.reviews.filter((review) => isVisible(call, review));
      return { status: 200, list: seen.map((review) => reviewJson(call.state, repository, pull, review)) };
    },
  },
  {
    operation: `POST ${reviews}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'pull_requests', 'write');
      const pull = pullFor(call, repository);
      checkUnlocked(pull, mayWriteLocked(call.viewer, repository));
      const commit = text(call, 'commit_id');
      const event = text(call, 'event');
      const review = createReview(call.state, repository, pull, {
        by: loginOf(call),
        body: text(call, 'body') ?? '',
        ...(commit === undefined ? {} : { commit }),
        ...(event === undefined || event === '' ? {} : { event: event as ReviewEvent }),
        comments: Array.isArray(call.body.comments) ? call.body.comments.map(commentOf) : [],
      });
      return { status: 200, body: reviewJson(call.state, repository, pull, review) };
    },
  },
  {
    operation: `GET ${one}`,
    handle: (call) => {
      const { repository, pull, review } = reviewFor(call, 'read');
      return { status: 200, body: reviewJson(call.state, repository, pull, review) };
    },
  },
  {
    operation: `PUT ${one}`,
    handle: (call) => {
      const { repository, pull, review } = reviewFor(call, 'write');
      requireAuthor(call, review);
      checkBody('PullRequestReview', text(call, 'body') ?? '');
      review.body = text(call, 'body') ?? '';
      review.updatedAt = call.state.now();
      review.editedAt = review.updatedAt;
      review.editedBy = loginOf(call);
      call.state.emit({
        name: 'pull_request_review',
        action: 'edited',
        repository,
        sender: loginOf(call),
        number: pull.number,
        id: review.id,
      });
      return { status: 200, body: reviewJson(call.state, repository, pull, review) };
    },
  },
  {
    operation: `DELETE ${one}`,
    handle: (call) => {
      const { repository, pull, review } = reviewFor(call, 'write');
      requireAuthor(call, review);
      const body = reviewJson(call.state, repository, pull, review);
      deletePending(pull, review);
      return { status: 200, body };
    },
  },
  {
    operation: `POST ${one}/events`,
    handle: (call) => {
      const { repository, pull, review } = reviewFor(call, 'write');
      requireAuthor(call, review);
      submitReview(
        call.state,
        repository,
        pull,
        review,
        text(call, 'event') as ReviewEvent,
        text(call, 'body'),
      );
      return { status: 200, body: reviewJson(call.state, repository, pull, review) };
    },
  },
  {
    operation: `PUT ${one}/dismissals`,
    handle: (call) => {
      const { repository, pull, review } = reviewFor(call, 'write');
      dismissReview(call.state, repository, pull, review, loginOf(call), text(call, 'message') ?? '');
      return { status: 200, body: reviewJson(call.state, repository, pull, review) };
    },
  },
  {
    operation: `GET ${one}/comments`,
    handle: (call) => {
      const { repository, pull, review } = reviewFor(call, 'read');
      const list = pull.threads.flatMap((thread) =>
        thread.comments
          .filter((comment) => comment.reviewId === review.id)
          .map((comment) => {
            const {
              line: _line,
              original_line: _originalLine,
              ...rest
            } = reviewCommentJson(call.state, repository, pull, thread, comment);
            return rest;
          }),
      );
      return { status: 200, list };
    },
  },
];

/** A pending review is seen by its author alone. */
function isVisible(call: Call, review: Review): boolean {
  return review.state !== 'PENDING' || review.by === call.viewer.login;
}

function reviewFor(
  call: Call,
  level: 'read' | 'write',
): { repository: Repository; pull: PullRequest; review: Review } {
  const repository = repositoryFor(call, 'pull_requests', level);
  const pull = pullFor(call, repository);
  const review = pull.reviews.find((one) => one.id === Number(param(call, 'review_id')));
  if (review === undefined || !isVisible(call, review)) throw new Refusal(404, 'Not Found');
  return { repository, pull, review };
}

function requireAuthor(call: Call, review: Review): void {
  if (review.by !== loginOf(call)) throw new Refusal(403, 'Resource not accessible by integration');
}

function commentOf(value: unknown): Anchor & { body: string } {
  const { path, body, line, side, start_line, start_side, position } = value as Record<string, unknown>;
  return {
    path: String(path),
    body: String(body),
    ...(typeof line === 'number' ? { line } : {}),
    ...(typeof position === 'number' ? { position } : {}),
    ...sides(side, start_side),
    ...(typeof start_line === 'number' ? { startLine: start_line } : {}),
  };
}

export function sides(side: unknown, startSide: unknown): Pick<Anchor, 'side' | 'startSide'> {
  return {
    ...(side === 'LEFT' || side === 'RIGHT' ? { side } : {}),
    ...(startSide === 'LEFT' || startSide === 'RIGHT' ? { startSide } : {}),
  };
}
