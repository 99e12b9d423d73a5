import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import type { SprintCalendar } from '../../core/settings.ts';
import {
  leastSprints,
  type Sprint,
  type Sprints,
  sprintsBetween,
  sprintsOfCalendar,
} from '../../core/sprints.ts';
import type { GitHubClient } from '../github/create-client.ts';

export interface SprintsRequest {
  readonly calendar: SprintCalendar | undefined;
  readonly github: Part<{
    readonly client: GitHubClient;
    readonly address: { readonly owner: string; readonly name: string };
  }>;
  /** ISO 8601; the span that sprints are looked for in. */
  readonly since: string;
  readonly until: string;
}

type Nullable<T> = T | null | undefined;

interface Iteration {
  readonly startDate: string;
  readonly duration: number;
}

interface DatesAnswer {
  readonly repository: Nullable<{
    readonly milestones: Nullable<{ readonly nodes: readonly Nullable<{ readonly dueOn: string | null }>[] }>;
    readonly releases: Nullable<{
      readonly nodes: readonly Nullable<{
        readonly publishedAt: string | null;
        readonly isPrerelease: boolean;
        readonly isDraft: boolean;
      }>[];
    }>;
  }>;
}

interface IterationsAnswer {
  readonly repository: Nullable<{
    readonly projectsV2: Nullable<{
      readonly nodes: readonly Nullable<{
        readonly fields: Nullable<{
          readonly nodes: readonly Nullable<{
            readonly configuration?: {
              readonly iterations: readonly Iteration[];
              readonly completedIterations: readonly Iteration[];
            };
          }>[];
        }>;
      }>[];
    }>;
  }>;
}

export const datesQuery = `query($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    milestones(first: 100, orderBy: { field: DUE_DATE, direction: DESC }) { nodes { dueOn } }
    releases(first: 100, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { publishedAt isPrerelease isDraft }
    }
  }
}`;

/** By itself: a token that may not read projects, as a workflow's own may not, gets nothing of the whole request. */
export const iterationsQuery = `query($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    projectsV2(first: 5) {
      nodes {
        fields(first: 30) {
          nodes {
            ... on ProjectV2IterationField {
              configuration {
                iterations { startDate duration }
                completedIterations { startDate duration }
              }
            }
          }
        }
      }
    }
  }
}`;

const day = 86_400_000;
const toSet = 'set `sprint:` (a first day and how many days) in the settings';

/**
 * Where the deadlines are: the settings' calendar; without one the due dates of milestones, the iterations of projects, or
 * the releases, the first of these with enough of them. At most two requests, of one point each.
 */
export async function readSprints(request: SprintsRequest): Promise<Part<Sprints>> {
  const { calendar, github, since, until } = request;
  if (calendar) return { from: 'settings', sprints: sprintsOfCalendar(calendar, since, until) };
  if (isUnavailable(github)) return unavailable(`no sprint calendar is known: ${toSet}`);
  const { client, address } = github;
  if (!client.hasToken)
    return unavailable(`no sprint calendar is known, and milestones need a token: ${toSet}`);
  const dates = await client.graphqlPartial<DatesAnswer>(datesQuery, { ...address });
  const { milestones, releases } = (dates.ok ? dates.data.data.repository : undefined) ?? {};
  const due = present(milestones?.nodes).flatMap(({ dueOn }) => dueOn ?? []);
  const byMilestones = sprintsBetween(due, since, until);
  if (byMilestones.length >= leastSprints) return { from: 'milestones', sprints: byMilestones };
  const projects = await client.graphqlPartial<IterationsAnswer>(iterationsQuery, { ...address });
  const byIterations = iterationsOf(projects.ok ? projects.data.data.repository : undefined, since, until);
  if (byIterations.length >= leastSprints) return { from: 'iterations', sprints: byIterations };
  const published = present(releases?.nodes)
    .filter(({ isDraft, isPrerelease }) => !isDraft && !isPrerelease)
    .flatMap(({ publishedAt }) => publishedAt ?? []);
  const byReleases = sprintsBetween(published, since, until);
  if (byReleases.length >= leastSprints) return { from: 'releases', sprints: byReleases };
  return unavailable(
    dates.ok
      ? `half a year holds too few sprints by milestones, iterations or releases to ask about deadlines: ${toSet}`
      : `milestones and releases could not be read: ${dates.error.message.replace(/\.$/, '')}`,
  );
}

/** Of the project whose field has most of them: iterations of two projects overlap. */
function iterationsOf(
  repository: IterationsAnswer['repository'],
  since: string,
  until: string,
): readonly Sprint[] {
  const fields = present(repository?.projectsV2?.nodes)
    .flatMap(({ fields }) => present(fields?.nodes))
    .flatMap(({ configuration }) => configuration ?? []);
  return fields
    .map(({ iterations, completedIterations }) => {
      const sprints = [...completedIterations, ...iterations].flatMap(({ startDate, duration }) => {
        const start = Date.parse(`${startDate}T00:00:00Z`);
        const end = start + duration * day;
        return start >= Date.parse(since) && end <= Date.parse(until) && end > start
          ? [{ start: new Date(start).toISOString(), end: new Date(end).toISOString() }]
          : [];
      });
      return sprints.toSorted((a, b) => (a.start < b.start ? -1 : 1));
    })
    .reduce<readonly Sprint[]>((most, own) => (own.length > most.length ? own : most), []);
}

function present<T>(nodes: readonly Nullable<T>[] | undefined | null): readonly T[] {
  return (nodes ?? []).flatMap((node) => node ?? []);
}
