/** The event on which the workflow with this line starts: other workflows have run the tests. */
export function startLine(testWorkflows: readonly string[]): string {
  const names = testWorkflows.map((name) => JSON.stringify(name)).join(', ');
  return `workflow_run: { workflows: [${names}], types: [completed] }`;
}

/**
 * The workflow that judges and posts. It never runs the pull request's code. A server that does not know `queue` refuses
 * the whole file; without it GitHub keeps one waiting run of a group, and that run performs what the others would have.
 */
export function judgingWorkflow(
  action: string,
  testWorkflows: readonly string[],
  { knowsQueue }: { readonly knowsQueue: boolean },
): string {
  const group = [
    'github.event.pull_request.number',
    'github.event.issue.number',
    'github.event.workflow_run.head_sha',
    'github.event.merge_group.head_sha',
    "'repo'",
  ].join(' || ');
  return `name: Review Vitals
on:
${testWorkflows.length === 0 ? '' : `  ${startLine(testWorkflows)}\n`}  pull_request: { types: [opened, reopened, synchronize, ready_for_review, edited, closed] }
  pull_request_review: { types: [submitted, dismissed] }
  issue_comment: { types: [created] }
  merge_group:
  schedule: [{ cron: '0 7 * * 1' }]
  workflow_dispatch:
permissions: { contents: write, pull-requests: write, checks: write, issues: write, actions: read }
concurrency:
  group: review-vitals-\${{ ${group} }}
${knowsQueue ? '  queue: max\n' : ''}jobs:
  vitals:
    runs-on: ubuntu-latest
    steps:
      - uses: ${action}
`;
}

/** An existing one of that form, with these tests added to what it starts on; undefined where its form is another. */
export function withTests(text: string, testWorkflows: readonly string[]): string | undefined {
  const line = `  ${startLine(testWorkflows)}`;
  const old = /^ {2}workflow_run: \{ workflows: \[[^\]\n]*\], types: \[completed\] \}$/m;
  if (old.test(text)) return text.replace(old, () => line);
  return /^ {2}workflow_run:/m.test(text) || !/^on:$/m.test(text)
    ? undefined
    : text.replace(/^on:$/m, () => `on:\n${line}`);
}
