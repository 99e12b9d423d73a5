import type { GitHubState } from '../state/github-state.ts';

/** One repository's state as JSON (issues and pull requests by number), for assertions. */
export function plainState(state: GitHubState, body: Readonly<Record<string, unknown>>): unknown {
  const repository = state.repository(String(body.repository));
  const { issues, collaborators, names, artifacts, ...rest } = repository;
  return {
    ...rest,
    collaborators: Object.fromEntries(collaborators),
    commits: Object.fromEntries(names),
    artifacts: artifacts.map(({ zip, ...artifact }) => ({ ...artifact, size: zip.length })),
    issues: Object.fromEntries(issues),
  };
}
