import type { Job, RepositoryJob } from '../queue/jobs.ts';
import { type Delivery, idOf, numberOf, type Payload } from './delivery.ts';

/** Actions that can change what a report says. Labels, assignments and the like cannot. */
const pullRequestActions: ReadonlySet<unknown> = new Set([
  'opened',
  'reopened',
  'synchronize',
  'edited',
  'ready_for_review',
  'converted_to_draft',
  'closed',
]);
const reviewActions: ReadonlySet<unknown> = new Set(['submitted', 'edited', 'dismissed']);
const repositoryActions: ReadonlySet<unknown> = new Set([
  'renamed',
  'transferred',
  'deleted',
  'archived',
  'unarchived',
]);

/** Events that lead to work; all others are answered and forgotten. */
export const heardEvents: ReadonlySet<string> = new Set([
  'pull_request',
  'pull_request_review',
  'issue_comment',
  'workflow_run',
  'merge_group',
  'check_run',
  'check_suite',
  'installation',
  'installation_repositories',
  'repository',
]);

/** The work an event asks for. An event without an installation is a webhook of somebody else's making: none. */
export function jobsOfDelivery({ event, payload }: Delivery): readonly Job[] {
  const installation = idOf(payload.installation);
  if (installation === undefined) return [];
  if (event === 'installation' || event === 'installation_repositories') {
    return [{ kind: 'installation', installation }];
  }
  if (event === 'repository') {
    return repositoryActions.has(payload.action) ? [{ kind: 'installation', installation }] : [];
  }
  const repository = idOf(payload.repository);
  return repository === undefined ? [] : jobsInRepository(event, payload, { installation, repository });
}

function jobsInRepository(event: string, payload: Payload, place: RepositoryJob): readonly Job[] {
  const { action } = payload;
  switch (event) {
    case 'pull_request':
      return pullRequestActions.has(action) ? judge(payload.pull_request?.number, place) : [];
    case 'pull_request_review':
      return reviewActions.has(action) && !isMachineComment(payload)
        ? judge(payload.pull_request?.number, place)
        : [];
    case 'issue_comment':
      return action === 'created' && isCommand(payload) ? judge(payload.issue?.number, place) : [];
    case 'workflow_run': {
      const run = idOf(payload.workflow_run);
      return action === 'completed' && run !== undefined ? [{ kind: 'coverage-run', ...place, run }] : [];
    }
    // Somebody asks for the checks to run again; GitHub says so to the App whose checks they are, and to no other.
    case 'check_run':
    case 'check_suite':
      return action === 'rerequested'
        ? (payload[event]?.pull_requests ?? []).flatMap((pull) => judge(pull?.number, place))
        : [];
    case 'merge_group':
      return action === 'checks_requested' ? mergeGroup(payload, place) : [];
    default:
      return [];
  }
}

function judge(value: unknown, place: RepositoryJob): readonly Job[] {
  const number = numberOf(value);
  return number === undefined ? [] : [{ kind: 'judge', ...place, number }];
}

/** A machine's remarks are no review of a person, and our own would have every pull request judged twice. */
function isMachineComment({ sender, review }: Payload): boolean {
  return sender?.type === 'Bot' && review?.state === 'commented';
}

/**
 * A comment on a pull request with a line that is for us. What it says is read again when the job runs, where every
 * duty that is outstanding is done, so here it only has to be noticed.
 */
function isCommand({ issue, comment }: Payload): boolean {
  return (
    Boolean(issue?.pull_request) &&
    typeof comment?.body === 'string' &&
    /^ {0,3}\/vitals\b/m.test(comment.body)
  );
}

function mergeGroup({ merge_group: group }: Payload, place: RepositoryJob): readonly Job[] {
  const [head, branch] = [group?.head_sha, group?.head_ref];
  if (typeof head !== 'string' || !/^(?:[\da-f]{40}|[\da-f]{64})$/.test(head)) return [];
  const [, number = '0'] = (typeof branch === 'string' && /\/pr-(\d{1,15})-[\da-f]+$/.exec(branch)) || [];
  return [{ kind: 'merge-group', ...place, head, number: Number(number) }];
}
