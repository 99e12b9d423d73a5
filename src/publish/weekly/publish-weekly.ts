import type { ApiError } from '../../collect/github/api-error.ts';
import { keepTicks } from '../../render/weekly/keep-ticks.ts';
import { type WeeklyIssue, weeklyLabel } from '../../render/weekly/weekly-issue.ts';
import {
  type ExistingIssues,
  type ExistingWeeklyIssue,
  readWeeklyIssues,
  type WeeklyTarget,
} from './existing-issues.ts';

export interface PublishedWeek {
  /** Of the week's issue, where there is one. */
  readonly number?: number;
  /** What was written, in words, for the log. Empty: nothing had to be. */
  readonly written: readonly string[];
  /** What could not be written, and what to do about it. */
  readonly problems: readonly string[];
}

interface Log {
  readonly written: string[];
  readonly problems: string[];
}

const issueRoute = 'PATCH /repos/{owner}/{repo}/issues/{issue_number}';

/**
 * Brings the repository to exactly one issue for the week: edited when it is there, opened when it is not, that of the
 * week before closed with a link. A second run writes nothing; of two runs at once, one issue stays. `existing` is what
 * was read before the report was made. Never throws.
 */
export async function publishWeekly(
  issue: WeeklyIssue,
  existing: ExistingIssues,
  target: WeeklyTarget,
): Promise<PublishedWeek> {
  const log: Log = { written: [], problems: [] };
  if (!existing.areIssuesEnabled) return { written: [], problems: [disabled] };
  const newer = existing.issues.find(({ week }) => week > issue.week);
  if (newer) return { written: [`nothing: #${newer.number} is about a later week`], problems: [] };

  const own = existing.issues.filter(({ week }) => week === issue.week);
  if (own.length === 0 && issue.isEmpty)
    return { written: ['nothing: nothing was merged or committed'], problems: [] };
  const number = own[0] ? await edit(own[0], issue, target, log) : await open(issue, target, log);
  if (number === undefined) return log;

  const now = await readWeeklyIssues(target);
  const known = now.ok ? now.data.issues : existing.issues;
  const kept = Math.min(number, ...known.filter(({ week }) => week === issue.week).map((one) => one.number));
  for (const other of known) {
    if (other.week === issue.week && other.number !== kept) await closeDuplicate(other, kept, target, log);
    if (other.week < issue.week && other.isOpen) await closePrevious(other, kept, target, log);
  }
  return { number: kept, ...log };
}

const disabled =
  'The weekly issue was not opened: issues are disabled in this repository. Enable them in its settings, or leave the schedule out';

/** Whether somebody closed it makes no difference: it is kept true and left closed. */
async function edit(
  own: ExistingWeeklyIssue,
  issue: WeeklyIssue,
  target: WeeklyTarget,
  log: Log,
): Promise<number> {
  const body = keepTicks(issue.body, own.body);
  if (own.title === issue.title && sameText(own.body, body)) return own.number;
  const edited = await target.client.rest(issueRoute, {
    ...address(target),
    issue_number: own.number,
    title: issue.title,
    body,
  });
  if (edited.ok) log.written.push(`edited the weekly issue #${own.number}`);
  else log.problems.push(`The weekly issue could not be edited: ${explained(edited.error)}`);
  return own.number;
}

async function open(issue: WeeklyIssue, target: WeeklyTarget, log: Log): Promise<number | undefined> {
  for (let attempt = 0; ; attempt += 1) {
    const opened = await target.client.rest<{ readonly number: number }>(
      'POST /repos/{owner}/{repo}/issues',
      {
        ...address(target),
        title: issue.title,
        body: issue.body,
        labels: [weeklyLabel],
      },
    );
    if (opened.ok) {
      log.written.push(`opened the weekly issue #${opened.data.number}`);
      return opened.data.number;
    }
    if (!opened.error.mayHaveHappened || attempt > 0) {
      log.problems.push(`The weekly issue was not opened: ${explained(opened.error)}`);
      return undefined;
    }
    // The answer was lost: what stands there says whether it was opened.
    const now = await readWeeklyIssues(target);
    const there = now.ok ? now.data.issues.find(({ week }) => week === issue.week) : undefined;
    if (there) {
      log.written.push(`opened the weekly issue #${there.number}`);
      return there.number;
    }
  }
}

/** Two runs at once both saw no issue. The older one stays; the marker goes, so that the other is never found again. */
async function closeDuplicate(
  duplicate: ExistingWeeklyIssue,
  kept: number,
  target: WeeklyTarget,
  log: Log,
): Promise<void> {
  const closed = await target.client.rest(issueRoute, {
    ...address(target),
    issue_number: duplicate.number,
    body: `Two runs met and opened this twice: #${kept} is the issue of the week.`,
    state: 'closed',
    state_reason: 'not_planned',
  });
  if (closed.ok) log.written.push(`closed #${duplicate.number}, a duplicate of #${kept}`);
  else
    log.problems.push(`A duplicate, #${duplicate.number}, could not be closed: ${explained(closed.error)}`);
}

/** The link stands in the body: a comment would send a second mail. */
async function closePrevious(
  previous: ExistingWeeklyIssue,
  next: number,
  target: WeeklyTarget,
  log: Log,
): Promise<void> {
  const closed = await target.client.rest(issueRoute, {
    ...address(target),
    issue_number: previous.number,
    body: `${previous.body.trimEnd()}\n\nThe week after: #${next}\n`,
    state: 'closed',
    state_reason: 'completed',
  });
  if (closed.ok) log.written.push(`closed #${previous.number}, which now leads to #${next}`);
  else
    log.problems.push(
      `The issue of an earlier week, #${previous.number}, could not be closed: ${explained(closed.error)}`,
    );
}

function explained({ status, message }: ApiError): string {
  return status === 410 ? 'issues are disabled in this repository. Enable them in its settings' : message;
}

function address({ owner, name }: WeeklyTarget) {
  return { owner, repo: name };
}

/** GitHub stores a body with its own line endings and without blanks at its end. */
function sameText(a: string, b: string): boolean {
  return a.replaceAll('\r\n', '\n').trimEnd() === b.replaceAll('\r\n', '\n').trimEnd();
}
