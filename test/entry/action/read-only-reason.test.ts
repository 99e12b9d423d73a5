import { expect, test } from 'vitest';
import { readOnlyReason } from '../../../src/entry/action/read-only-reason.ts';

const from = (name: string | null) => ({
  pull_request: { head: { repo: name === null ? null : { full_name: name } } },
});
const reason = (event: string, name: string | null, actor = 'ada') =>
  readOnlyReason(event, from(name), 'acme/shop', actor);

test.each(['pull_request', 'pull_request_review'])('a run on %s of a fork can only read', (event) => {
  const said =
    'Nothing was posted, because the token of a run from a fork only reads: a workflow that runs on `workflow_run` posts it (`review-vitals init` writes one); here the report stands in the job summary';
  expect(reason(event, 'ada/shop')).toBe(said);
  expect(reason(event, null)).toBe(said);
});

test('a run that Dependabot started can only read', () => {
  expect(reason('pull_request', 'acme/shop', 'dependabot[bot]')).toMatch(
    /^Nothing was posted, because the token of a run that Dependabot started only reads: /,
  );
});

test('a run on a branch of the repository can be given more', () => {
  expect(reason('pull_request', 'acme/shop')).toBeUndefined();
});

test('a run on pull_request_target can be given more, from a fork too: what it lacks is named', () => {
  expect(reason('pull_request_target', 'ada/shop')).toBeUndefined();
  expect(reason('pull_request_target', 'acme/shop', 'dependabot[bot]')).toBeUndefined();
});

test('an event without a pull request says nothing', () => {
  expect(readOnlyReason('issue_comment', {}, 'acme/shop', 'dependabot[bot]')).toBeUndefined();
});
