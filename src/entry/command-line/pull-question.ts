import { readFile, stat } from 'node:fs/promises';
import type { CollectRequest } from '../../collect/collect-facts.ts';
import { factsOfRecorded } from '../../collect/github/judge-recorded.ts';
import { lookUpPullRequest } from '../../collect/github/look-up-pull-request.ts';
import type { PullRequestReading } from '../../collect/github/read-pull-request.ts';
import { readRecordedTimelines } from '../../collect/github/recorded-timelines.ts';
import { parseRepositoryName } from '../../collect/history/github-name.ts';
import { isUnavailable } from '../../core/part.ts';
import { gitHubOfEnvironment, originOnGitHub } from './github-of-clone.ts';
import { UsageError } from './usage-error.ts';

/** A recording of one pull request is some kilobytes; a whole history is for `review-vitals review`. */
const largestFile = 16 * 1024 * 1024;

/**
 * What `check --pull NUMBER` asks: the pull request of the clone's repository on GitHub, to be judged as the Action does
 * and printed instead of posted. `home`: an empty folder.
 */
export async function questionOnGitHub(
  number: number,
  checkout: string,
  home: string,
): Promise<Pick<CollectRequest, 'question' | 'remote' | 'repository'>> {
  const { client, serverUrl, token } = gitHubOfEnvironment();
  if (token === undefined)
    throw new UsageError(
      '--pull with a number asks GitHub, which wants a token: set GITHUB_TOKEN (contents: read, pull-requests: read).',
    );
  const { GITHUB_REPOSITORY = '' } = process.env;
  const origin = await originOnGitHub(checkout, home, serverUrl);
  const place = isUnavailable(origin) ? parseRepositoryName(GITHUB_REPOSITORY) : origin;
  if (!place)
    throw new UsageError(
      `--pull ${number} of which repository? ${checkout} names none on ${serverUrl} as its origin; set GITHUB_REPOSITORY to OWNER/NAME.`,
    );
  const { owner, name } = place;
  const ends = await lookUpPullRequest(client, { owner, name, number });
  if (!ends.ok)
    throw new UsageError(`Pull request ${number} of ${owner}/${name} was not read: ${ends.error.message}`);
  const url = `${serverUrl}/${owner}/${name}`;
  return {
    question: { kind: 'pull-request', owner, name, ...ends.data, client, instance: 'default' },
    remote: { url: `${url}.git`, token },
    repository: { name: `${owner}/${name}`, url },
  };
}

/** What `check --pull FILE` knows: the text and timeline of one recorded pull request (docs/review-timeline.md). */
export async function recordedReading(file: string): Promise<PullRequestReading> {
  try {
    const { size } = await stat(file);
    if (size > largestFile)
      throw new Error(`${file} has ${size} bytes; ${largestFile} are the most that are read for --pull.`);
    const recorded = readRecordedTimelines(await readFile(file, 'utf8'), file);
    const [first, second] = [...factsOfRecorded(recorded)];
    if (!first || second)
      throw new Error(`${file} records ${recorded.pulls.length} pull requests; --pull judges one.`);
    const { pullRequest, review } = first.facts;
    return { pullRequest, review, remarks: [] };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
