import type { ApiResult, GitHubClient } from '../../collect/github/create-client.ts';
import type { Suggested } from '../../core/health-report.ts';
import { weeklyLabel } from '../../render/weekly/weekly-issue.ts';
import { readWeeklyMarker } from '../../render/weekly/weekly-marker.ts';

export interface WeeklyTarget {
  readonly client: GitHubClient;
  readonly owner: string;
  readonly name: string;
  readonly instance: string;
}

export interface ExistingWeeklyIssue {
  readonly number: number;
  readonly week: string;
  readonly title: string;
  readonly body: string;
  readonly isOpen: boolean;
  readonly suggested: readonly Suggested[];
}

export interface ExistingIssues {
  readonly areIssuesEnabled: boolean;
  /** Our own weekly issues, newest week first, of one week the oldest issue first. */
  readonly issues: readonly ExistingWeeklyIssue[];
}

interface IssueNode {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'OPEN' | 'CLOSED';
  readonly viewerDidAuthor: boolean;
}

interface Page {
  readonly nodes: readonly (IssueNode | null)[] | null;
}

interface Answer {
  readonly repository: {
    readonly hasIssuesEnabled: boolean;
    readonly labelled: Page | null;
    readonly newest: Page | null;
  } | null;
}

const fields = 'nodes { number title body state viewerDidAuthor }';
const order = 'orderBy: { field: CREATED_AT, direction: DESC }';

/** Labelled ones, and the newest of all, where somebody took the label off. */
const query = `
query WeeklyIssues($owner: String!, $name: String!, $label: String!) {
  repository(owner: $owner, name: $name) {
    hasIssuesEnabled
    labelled: issues(first: 60, labels: [$label], ${order}) { ${fields} }
    newest: issues(first: 40, ${order}) { ${fields} }
  }
}`;

/** Finds the weekly issues by hidden marker and authorship: anybody can type a marker or set a label. */
export async function readWeeklyIssues(target: WeeklyTarget): Promise<ApiResult<ExistingIssues>> {
  const { client, owner, name, instance } = target;
  const answer = await client.graphql<Answer>(query, { owner, name, label: weeklyLabel });
  if (!answer.ok) return answer;
  const { repository } = answer.data;
  const nodes = [...(repository?.labelled?.nodes ?? []), ...(repository?.newest?.nodes ?? [])];
  const found = new Map<number, ExistingWeeklyIssue>();
  for (const node of nodes) {
    const marker = node?.viewerDidAuthor ? readWeeklyMarker(node.body) : undefined;
    if (!node || marker?.instance !== instance) continue;
    const { number, title, body, state } = node;
    const { week, suggested } = marker;
    found.set(number, { number, week, title, body, isOpen: state === 'OPEN', suggested });
  }
  const issues = [...found.values()].toSorted(
    (a, b) => (a.week < b.week ? 1 : a.week > b.week ? -1 : 0) || a.number - b.number,
  );
  return { ...answer, data: { areIssuesEnabled: repository?.hasIssuesEnabled ?? true, issues } };
}

/** What the last issue before a week suggested; undefined when there is no such issue. */
export function suggestedBefore(
  week: string,
  issues: readonly ExistingWeeklyIssue[],
): readonly Suggested[] | undefined {
  return issues.find((issue) => issue.week < week)?.suggested;
}
