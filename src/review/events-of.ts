import type { ForcePush, MergeSignal, ReviewRequest } from '../core/review-facts.ts';
import { utc } from './in-time.ts';
import type { PersonOf, RawEvent } from './timeline.ts';

export function forcePushOf(event: RawEvent): readonly ForcePush[] {
  if (event.__typename !== 'HeadRefForcePushedEvent' || !event.createdAt) return [];
  return [
    {
      at: utc(event.createdAt),
      ...(event.beforeCommit ? { before: event.beforeCommit.oid } : {}),
      ...(event.afterCommit ? { after: event.afterCommit.oid } : {}),
    },
  ];
}

export function requestOf(event: RawEvent, personOf: PersonOf): readonly ReviewRequest[] {
  if (!/^ReviewRequest(?:ed|Removed)Event$/.test(event.__typename) || !event.createdAt) return [];
  const kind = event.__typename === 'ReviewRequestedEvent' ? 'requested' : 'removed';
  return [{ at: utc(event.createdAt), kind, of: requestedOf(event.requestedReviewer, personOf) }];
}

function requestedOf(reviewer: RawEvent['requestedReviewer'], personOf: PersonOf): ReviewRequest['of'] {
  // Null when the account is gone, or when the token may not see the organisation's teams.
  if (!reviewer) return 'unknown';
  if (reviewer.__typename === 'Team') return reviewer.id ? { team: reviewer.id } : 'unknown';
  if (!reviewer.login) return 'unknown';
  return { person: personOf({ login: reviewer.login, type: reviewer.__typename }) };
}

const signalKinds: Readonly<Record<string, MergeSignal['kind']>> = {
  AddedToMergeQueueEvent: 'queued',
  RemovedFromMergeQueueEvent: 'left the queue',
  AutoMergeEnabledEvent: 'auto-merge on',
  AutoSquashEnabledEvent: 'auto-merge on',
  AutoRebaseEnabledEvent: 'auto-merge on',
  AutoMergeDisabledEvent: 'auto-merge off',
};

export function mergeSignalOf(event: RawEvent): readonly MergeSignal[] {
  const kind = signalKinds[event.__typename];
  return kind && event.createdAt ? [{ at: utc(event.createdAt), kind }] : [];
}
