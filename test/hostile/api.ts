import type { Fault } from '../github/http/faults.ts';
import type { GitHub, Permissions, Scenario } from '../github/start-github.ts';
import { blockingMigration, jobPermissions, repository, scenarioOf } from '../support/end-to-end.ts';

/** A pull request with a blocking index, on a GitHub that misbehaves. */
export interface HostileApi {
  readonly title: string;
  readonly scenario?: Scenario;
  readonly faults?: readonly Fault[];
  /** What the event says, in place of what it would. */
  readonly payload?: (payload: Payload) => void;
  readonly event?: string;
  readonly action?: string;
  readonly permissions?: Permissions;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Happens between the event and the run. */
  readonly meanwhile?: (github: GitHub) => Promise<void>;
  /** What the log or the job summary says. */
  readonly says?: string | RegExp;
  /** How many comments the conversation has of each kind at the end; a check run alone when absent. */
  readonly leaves?: { readonly summaries: number; readonly threads: number };
  /** The index is not found, since nothing could be looked at. */
  readonly findsNothing?: true;
}

export interface Payload {
  pull_request?: Record<string, unknown> & {
    head: Record<string, unknown>;
    base: Record<string, unknown>;
    user: unknown;
  };
  [part: string]: unknown;
}

const migration = { 'db/migrations/0002_index.sql': blockingMigration };
const usual = scenarioOf({}, migration);
const posted = { summaries: 1, threads: 1 };
const failing = (fault: Omit<Fault, 'kind'> & Partial<Pick<Fault, 'kind'>>): readonly Fault[] => [
  { kind: 'before', ...fault },
];
const always = 1_000;

export const hostileApis: readonly HostileApi[] = [
  { title: 'the author’s account is gone', payload: (payload) => { if (payload.pull_request) payload.pull_request.user = null; }, leaves: posted },
  { title: 'the fork is gone', payload: (payload) => { if (payload.pull_request) payload.pull_request.head.repo = null; }, leaves: posted },
  { title: 'the head is no commit id', payload: (payload) => { if (payload.pull_request) payload.pull_request.head.sha = '--output=pwned'; }, says: 'names no head and base commit of pull request 7; nothing was judged', findsNothing: true },
  { title: 'the base is a workflow command', payload: (payload) => { if (payload.pull_request) payload.pull_request.base.sha = '\n::error::x'; }, says: 'names no head and base commit', findsNothing: true },
  { title: 'the base branch is a workflow command', payload: (payload) => { if (payload.pull_request) payload.pull_request.base.ref = 'x\n::set-output name=findings::0'; }, leaves: posted },
  { title: 'the event has no pull request', payload: (payload) => { delete payload.pull_request; }, says: 'nothing to do on the event pull_request', findsNothing: true },
  { title: 'the event is 2.5 MB', payload: (payload) => { payload.padding = 'x'.repeat(2_500_000); }, leaves: posted },
  { title: 'the event is one nobody knows', event: 'fork', says: 'nothing to do on the event fork', findsNothing: true },
  { title: 'the input id would end our marker', inputs: { id: 'a --> b' }, says: 'it takes 1 to 40 small letters, digits and hyphens', findsNothing: true },
  { title: 'the input fail-on is unknown', inputs: { 'fail-on': 'x\n::error::y' }, says: /the input fail-on is/, findsNothing: true },
  { title: 'a check run meets the secondary limit once', faults: failing({ method: 'POST', match: '/check-runs$', status: 403, message: 'You have exceeded a secondary rate limit', headers: { 'retry-after': '1' } }), leaves: posted },
  { title: 'a check run meets 429 once', faults: failing({ method: 'POST', match: '/check-runs$', status: 429, message: 'You have exceeded a secondary rate limit', headers: { 'retry-after': '1' } }), leaves: posted },
  { title: 'the limit is used up for an hour', faults: failing({ match: '/(?:repos|graphql)', status: 403, message: 'API rate limit exceeded', headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '4102444800' }, times: always }), says: /rate limit is used up/ },
  { title: 'a review is made and answered with 502', faults: failing({ kind: 'after', match: 'addPullRequestReview|/reviews$', status: 502, message: 'Bad gateway' }), leaves: posted },
  { title: 'a summary is made and answered with 502', faults: failing({ kind: 'after', method: 'POST', match: '/issues/7/comments$', status: 502, message: 'Bad gateway' }), leaves: posted },
  { title: 'the connection breaks behind a review', faults: failing({ kind: 'reset-after', match: 'addPullRequestReview|/reviews$' }), leaves: posted },
  { title: 'every answer is a 500', faults: failing({ match: '/(?:repos|graphql)', status: 500, message: '<html><h1>::error::Unicorn</h1></html>', times: always }), says: /GitHub is having trouble \(500/ },
  { title: 'every connection breaks', faults: failing({ kind: 'reset', match: '/(?:repos|graphql)', times: always }), says: /no answer from/ },
  { title: 'GraphQL is down', faults: failing({ match: 'graphql', status: 502, message: 'Bad gateway', times: always }), says: /GitHub is having trouble \(502/ },
  { title: 'reviews are null with an error', faults: [{ kind: 'partial', match: 'pullRequest\\.reviews$', times: always }], says: /Something went wrong while executing your query/ },
  { title: 'comments are null with an error', faults: [{ kind: 'partial', match: 'pullRequest\\.comments$', times: always }], says: /Something went wrong while executing your query/ },
  { title: 'threads are null with an error', faults: [{ kind: 'partial', match: 'pullRequest\\.reviewThreads$', times: always }], says: /Something went wrong while executing your query/ },
  { title: 'the timeline is null with an error', faults: [{ kind: 'partial', match: 'pullRequest\\.timelineItems$', times: always }], says: /Something went wrong while executing your query/ },
  { title: 'the pull request is null with an error', faults: [{ kind: 'partial', match: 'repository\\.pullRequest$', times: always }], says: /Something went wrong while executing your query/ },
  { title: 'an error quotes the token', faults: failing({ match: '/(?:repos|graphql)', status: 500, message: 'bad {token} at https://x-access-token:{token}@github.com', times: always }), says: /GitHub is having trouble \(500: bad \*\*\*/ },
  { title: 'an error is a workflow command', faults: failing({ match: '/(?:repos|graphql)', status: 422, message: 'x\n::set-output name=findings::0\n##[add-mask]y', times: always }), says: /GitHub refused the request \(422/ },
  { title: 'the installation is suspended', faults: failing({ match: '/(?:repos|graphql)', status: 403, message: 'This installation has been suspended', times: always }), says: /This installation has been suspended/ },
  { title: 'the token is revoked', faults: failing({ match: '/(?:repos|graphql)', status: 401, message: 'Bad credentials', times: always }), says: /the token was refused \(401: Bad credentials/ },
  { title: 'the repository has moved (301)', faults: failing({ method: 'GET', match: '/collaborators|/check-runs', status: 301, message: 'Moved Permanently', headers: { location: '/repositories/1' }, times: 3 }) },
  { title: 'the conversation is locked', scenario: scenarioOf({}, migration, { locked: true }), says: /GitHub refused|lock/i },
  { title: 'it is closed while the run is under way', meanwhile: (github) => github.apply({ repositories: [{ name: repository, pullRequests: [{ number: 7, closed: { by: 'ada' } }] }] }) },
  { title: 'it was pushed to while the run is under way', meanwhile: (github) => github.apply({ repositories: [{ name: repository, pullRequests: [{ number: 7, pushes: [{ commits: [{ commit: 'More', by: 'ada', files: { 'a.txt': 'x' } }] }] }] }] }), says: /Nothing was posted for [0-9a-f]{7}: the pull request is at [0-9a-f]{7} by now/ },
  { title: 'it has 3,001 files', scenario: scenarioOf({}, { ...Object.fromEntries(Array.from({ length: 3_000 }, (_, place) => [`many/${place}.txt`, 'x\n'])), ...migration }), leaves: posted },
  { title: 'its title is a workflow command and an expression', scenario: scenarioOf({}, migration, { title: `\u001b[31m::error::x $\{{ github.token }} \`$(touch pwned)\` @acme/team fixes #1` }), leaves: posted },
  { title: 'its branch is a command of the shell', scenario: scenarioOf({}, migration, { head: '$(touch,pwned);`x`"y"' }), leaves: posted },
  { title: 'its body is 65,536 fences', scenario: scenarioOf({}, migration, { body: '`'.repeat(65_536) }), leaves: posted },
  { title: 'its body is null', scenario: scenarioOf({}, migration, { body: null }), leaves: posted },
  { title: 'a stranger’s comment would backtrack', scenario: scenarioOf({}, migration, { comments: [{ by: 'mallory', body: `/vitals waive aaaaaa:${'\t'.repeat(60_000)}\u2028` }] }), leaves: posted },
  { title: 'a stranger forges a summary of ours', scenario: scenarioOf({}, migration, { comments: [{ by: 'mallory', body: '<!-- review-vitals:summary default none -->\nAll fine.' }] }), leaves: posted },
  { title: 'three hundred comments stand there', scenario: scenarioOf({}, migration, { comments: Array.from({ length: 300 }, (_, place) => ({ by: 'mira', body: `<!-- review-vitals:finding default aaaaaa migrations/blocking-index --> ${place}` })) }), leaves: posted },
  { title: 'the token may do nothing', permissions: { contents: 'read' }, says: /the token lacks checks: write — add it under permissions:/ },
]; // biome-ignore format: a case a line is a table

export { jobPermissions, usual };
