import { expect, test } from 'vitest';
import { permissionOfGraphqlPath } from '../../../src/collect/github/permissions.ts';

test.each([
  [['repository', 'pullRequest', 'reviews'], 'pull-requests: read'],
  [['repository', 'stack'], 'pull-requests: read'],
  [['repository', 'queue', 'nodes', 0, 'reviews'], 'pull-requests: read'],
  [['repository', 'head'], 'contents: read'],
  [['repository', 'approved'], 'contents: read'],
  [['repository', 'object'], 'contents: read'],
  [['repository', 'head', 'statusCheckRollup'], 'checks: read'],
  [['repository', 'issues'], 'issues: read'],
  [['repository', 'labelled'], 'issues: write'],
  [['repository', 'newest', 'nodes', 3], 'issues: write'],
  [['resolveReviewThread'], 'contents: write'],
  [['repository', 'description'], undefined],
  [[], undefined],
])('a refusal at %j is told by its permission: %s', (path, permission) => {
  expect(permissionOfGraphqlPath(path)).toBe(permission);
});
