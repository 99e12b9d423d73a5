import { webhookPath } from '../http/routes.ts';

/** Least permissions, each with what it is for; `app.yml` says the same. */
export const permissions = {
  /** Commits and files of the pull request, and the workflows that tell whether the Action speaks already. */
  contents: 'read',
  /** The pull request, its reviews, and the review comments. */
  pull_requests: 'write',
  /** The check run, which also remembers what was found. */
  checks: 'write',
  /** The summary comment and the weekly issue. */
  issues: 'write',
  /** Which workflow runs are done, and their coverage artifacts. */
  actions: 'read',
  /** Merge groups that wait for the check. */
  merge_queues: 'read',
  /** Every App has it. */
  metadata: 'read',
} as const;

/** Events GitHub sends; those about the installation itself and, with `checks: write`, about checks come without being asked for. */
export const events = [
  'issue_comment',
  'merge_group',
  'pull_request',
  'pull_request_review',
  'repository',
  'workflow_run',
] as const;

/** What GitHub makes an App from. `url` is where this server can be reached from outside, without a slash at its end. */
export function manifest(url: string) {
  return {
    name: 'Review Vitals',
    description:
      'Says on every pull request where test coverage falls, where review is rushed and which migrations lock tables or carry no reason.',
    url,
    hook_attributes: { url: `${url}${webhookPath}`, active: true },
    redirect_url: `${url}/probot/setup`,
    public: false,
    default_permissions: permissions,
    default_events: events,
  };
}
