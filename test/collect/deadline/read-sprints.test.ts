import { describe, expect, it } from 'vitest';
import { datesQuery, iterationsQuery, readSprints } from '../../../src/collect/deadline/read-sprints.ts';
import type { ApiResult, GitHubClient, PartialAnswer } from '../../../src/collect/github/create-client.ts';
import { unavailable } from '../../../src/core/part.ts';
import { connection, errorsOf, execute, gitHubSchema } from '../github/graphql-server.ts';

const schema = gitHubSchema();
const address = { owner: 'acme', name: 'shop' };
const span = { since: '2026-05-25T00:00:00Z', until: '2026-11-23T00:00:00Z' };

/** The days of a month from June on, at noon. */
const monthly = (day: string) =>
  ['06', '07', '08', '09', '10'].map((month) => `2026-${month}-${day}T12:00:00Z`);

interface Repository {
  readonly milestones?: readonly unknown[];
  readonly releases?: readonly unknown[];
  readonly projects?: readonly unknown[] | (() => never);
}

/** A client that executes every query on GitHub's schema in this process. */
function clientOf(
  { milestones = [], releases = [], projects = [] }: Repository,
  hasToken = true,
): GitHubClient {
  const repository = {
    milestones: connection(milestones),
    releases: connection(releases),
    projectsV2: typeof projects === 'function' ? projects : connection(projects),
  };
  async function graphqlPartial<T>(query: string, variables = {}): Promise<ApiResult<PartialAnswer<T>>> {
    const { data, errors = [] } = await execute(schema, { repository }, JSON.stringify({ query, variables }));
    const told = errors.map(({ message }) => ({ message }));
    return { ok: true, status: 200, headers: {}, data: { data: data as T, errors: told } };
  }
  return {
    hasToken,
    graphqlPartial,
    graphql: () => Promise.reject(new Error('not used')),
    rest: () => Promise.reject(new Error('not used')),
  };
}

const read = (repository: Repository) =>
  readSprints({ calendar: undefined, github: { client: clientOf(repository), address }, ...span });
const milestone = (dueOn: string | null) => ({ __typename: 'Milestone', dueOn });
const release = (publishedAt: string, over = {}) => ({
  __typename: 'Release',
  publishedAt,
  isPrerelease: false,
  isDraft: false,
  ...over,
});
const project = (...starts: readonly string[]) => ({
  __typename: 'ProjectV2',
  fields: connection([
    { __typename: 'ProjectV2Field' },
    {
      __typename: 'ProjectV2IterationField',
      configuration: {
        iterations: [{ startDate: '2026-11-20', duration: 14 }],
        completedIterations: starts.map((startDate) => ({ startDate, duration: 14 })),
      },
    },
  ]),
});

describe('sprints', () => {
  it('are asked for in queries that GitHub’s schema knows', () => {
    expect([...errorsOf(schema, datesQuery), ...errorsOf(schema, iterationsQuery)]).toEqual([]);
  });

  it('come from the settings where these name any, and nobody else is asked', async () => {
    const sprints = await readSprints({
      calendar: { start: '2026-11-02', days: 7 },
      github: unavailable('nowhere'),
      since: '2026-11-01T00:00:00Z',
      until: '2026-11-17T00:00:00Z',
    });
    expect(sprints).toEqual({
      from: 'settings',
      sprints: [
        { start: '2026-11-02T00:00:00.000Z', end: '2026-11-09T00:00:00.000Z' },
        { start: '2026-11-09T00:00:00.000Z', end: '2026-11-16T00:00:00.000Z' },
      ],
    });
  });

  it('else from due dates, else from iterations, else from releases', async () => {
    const milestones = [...monthly('15').map(milestone), milestone(null)];
    const starts = ['2026-09-07', '2026-08-24', '2026-09-21', '2026-10-05'];
    const releases = monthly('20').map((at) => release(at));
    expect(await read({ milestones, releases, projects: [project(...starts)] })).toMatchObject({
      from: 'milestones',
      sprints: [
        { start: '2026-06-15T12:00:00.000Z', end: '2026-07-15T12:00:00.000Z' },
        {},
        {},
        { start: '2026-09-15T12:00:00.000Z', end: '2026-10-15T12:00:00.000Z' },
      ],
    });
    expect(
      await read({ milestones: milestones.slice(0, 4), projects: [project(...starts)], releases }),
    ).toMatchObject({
      from: 'iterations',
      sprints: [{ start: '2026-08-24T00:00:00.000Z', end: '2026-09-07T00:00:00.000Z' }, {}, {}, {}],
    });
    expect(await read({ releases })).toMatchObject({ from: 'releases', sprints: [{}, {}, {}, {}] });
  });

  it('do not come from drafts and pre-releases', async () => {
    const [first = '', ...others] = monthly('20');
    const releases = [release(first, { isPrerelease: true }), ...others.map((at) => release(at))];
    expect(await read({ releases })).toHaveProperty('unavailable');
  });

  it('come from what is left where the token may not read projects', async () => {
    const projects = () => {
      throw new Error('Resource not accessible by integration');
    };
    expect(await read({ releases: monthly('20').map((at) => release(at)), projects })).toMatchObject({
      from: 'releases',
    });
  });

  it('are missed in a sentence that says what to do', async () => {
    const toSet = 'set `sprint:` (a first day and how many days) in the settings';
    expect(await read({})).toEqual({
      unavailable: `half a year holds too few sprints by milestones, iterations or releases to ask about deadlines: ${toSet}`,
    });
    const github = { client: clientOf({}, false), address };
    expect(await readSprints({ calendar: undefined, github, ...span })).toEqual({
      unavailable: `no sprint calendar is known, and milestones need a token: ${toSet}`,
    });
    expect(await readSprints({ calendar: undefined, github: unavailable('no origin'), ...span })).toEqual({
      unavailable: `no sprint calendar is known: ${toSet}`,
    });
  });
});
