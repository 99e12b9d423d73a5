import type { GitHubState } from '../state/github-state.ts';
import {
  type CheckRun,
  type Issue,
  isPullRequest,
  type PullRequest,
  type Repository,
  type Thread,
} from '../state/model.ts';

/** Lines of the diff that are shown above a comment, as on the page. */
const diffLines = 4;

/** An issue's or a pull request's conversation as Markdown: no ids, and no times unless asked for. */
export function snapshotOf(
  state: GitHubState,
  wanted: { repository: string; number: number; times?: boolean },
): string {
  const repository = state.repository(wanted.repository);
  const issue = repository.issues.get(wanted.number);
  if (issue === undefined)
    throw new Error(`${wanted.repository} has no issue or pull request ${wanted.number}.`);
  const times = wanted.times === true;
  const entries = isPullRequest(issue) ? [...comments(issue), ...reviews(issue)] : comments(issue);
  const timeline = entries
    .sort((a, b) => (a.at === b.at ? a.id - b.id : a.at < b.at ? -1 : 1))
    .map((entry) => `### ${entry.title}${times ? ` · ${entry.at}` : ''}\n\n${entry.text}`.trimEnd());
  const parts = [
    heading(issue),
    issue.body?.trim() ?? '',
    ...timeline,
    ...(isPullRequest(issue) ? checks(repository, issue) : []),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

interface Entry {
  readonly id: number;
  readonly at: string;
  readonly title: string;
  readonly text: string;
}

function heading(issue: Issue): string {
  const title = `# ${issue.title} (#${issue.number})`;
  const marks = [issue.locked ? 'locked' : '', ...issue.labels.map((label) => `\`${label}\``)].filter(
    (mark) => mark !== '',
  );
  if (!isPullRequest(issue)) return [title, '', `${issue.state}, by ${issue.author}`, ...marks].join('\n');
  const state = issue.mergedAt !== null ? 'merged' : issue.draft ? 'draft' : issue.state;
  const fork = issue.headRepository === null ? 'a deleted fork:' : '';
  return `${title}\n\n${[`${state}, by ${issue.author}: ${fork}${issue.headRef} → ${issue.baseRef}`, ...marks].join(', ')}`;
}

function comments(issue: Issue): Entry[] {
  return issue.comments.map((comment) => ({
    id: comment.id,
    at: comment.createdAt,
    title: `${comment.by} commented${marks(comment)}`,
    text: comment.body,
  }));
}

function marks(comment: { readonly editedAt?: string; readonly minimized?: string }): string {
  const words = [
    comment.editedAt === undefined ? '' : 'edited',
    comment.minimized === undefined ? '' : `hidden: ${comment.minimized}`,
  ];
  const said = words.filter((word) => word !== '');
  return said.length === 0 ? '' : ` (${said.join(', ')})`;
}

const verbs = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'requested changes',
  COMMENTED: 'reviewed',
  DISMISSED: 'reviewed (dismissed)',
  PENDING: 'has a pending review',
} as const;

function reviews(pull: PullRequest): Entry[] {
  return pull.reviews.flatMap((review) => {
    const threads = pull.threads.filter((thread) => thread.comments[0]?.reviewId === review.id);
    const isReply = review.body === '' && review.state === 'COMMENTED' && threads.length === 0;
    if (isReply) return [];
    const text = [review.body, ...threads.map(threadText)].filter((part) => part !== '').join('\n\n');
    return {
      id: review.id,
      at: review.createdAt,
      title: `${review.by} ${verbs[review.state]}${marks(review)}`,
      text,
    };
  });
}

function threadText(thread: Thread): string {
  const from = thread.originalStartLine ?? thread.startLine;
  const line = thread.line ?? thread.originalLine;
  const start = thread.line === undefined ? from : thread.startLine;
  const place = line === undefined ? 'the file' : start === undefined ? `${line}` : `${start}-${line}`;
  const side = thread.side === 'LEFT' ? ' (removed)' : '';
  const state = [
    thread.outdated ? 'outdated' : '',
    thread.resolvedBy === null ? '' : `resolved by ${thread.resolvedBy}`,
  ];
  const said = state.filter((word) => word !== '');
  const title = `#### \`${thread.path.replaceAll('\n', '\\n')}\`:${place}${side}${said.length === 0 ? '' : ` (${said.join(', ')})`}`;
  const span = line !== undefined && from !== undefined ? line - from + 1 : 0;
  const shown = thread.diffHunk.split('\n').slice(1).slice(-Math.max(diffLines, span)).join('\n');
  const fence = fenceFor(shown);
  const diff = thread.diffHunk === '' ? [] : [`${fence}diff\n${shown}\n${fence}`];
  const said2 = thread.comments.map((comment) =>
    quote(`**${comment.by}**${marks(comment)}\n\n${comment.body}`),
  );
  return [title, ...diff, ...said2].join('\n\n');
}

function fenceFor(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return '`'.repeat(longest + 1);
}

function quote(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
}

function checks(repository: Repository, pull: PullRequest): string[] {
  const runs = repository.checkRuns.filter(
    (run) => run.headSha === pull.headSha || run.headSha === pull.mergeSha,
  );
  return runs.length === 0 ? [] : ['## Checks', ...runs.map(checkText)];
}

function checkText(run: CheckRun): string {
  const outcome = run.conclusion ?? run.status;
  const annotations = run.annotations.map((one) => {
    const place = one.start_line === one.end_line ? one.start_line : `${one.start_line}-${one.end_line}`;
    return `- ${one.annotation_level} \`${one.path}\`:${place} ${one.title === undefined ? '' : `**${one.title}** `}${one.message}`;
  });
  const parts = [
    `### ${run.name}: ${outcome}${run.title === null ? '' : ` — ${run.title}`}`,
    run.summary ?? '',
    annotations.join('\n'),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}
