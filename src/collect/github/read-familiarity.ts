import type { Change } from '../../core/change.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import type { PersonKey } from '../../core/people.ts';
import type { Familiarity, FileKnowledge } from '../../core/review-facts.ts';
import { sizedFiles } from '../../review/measure/change-size.ts';
import { codeOwnerTeams } from '../../review/measure/code-owners.ts';
import { leftOut } from '../../review/measure/effective-lines.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';
import type { People } from '../people.ts';
import type { GitHubClient } from './create-client.ts';

export interface FamiliarityQuestion {
  readonly client: GitHubClient;
  readonly address: { readonly owner: string; readonly name: string };
  readonly repository: Pick<JudgedRepository, 'readFile'>;
  readonly change: Change;
  readonly people: People;
  /** ISO 8601, UTC. */
  readonly now: string;
}

/** Files with the most changed lines. With 30 commits each the one request costs about 9 of the 1,000 points an hour has. */
const mostFiles = 10;
const mostCommits = 30;
/** A year, as in "reviewer expertise" of McIntosh et al.; what somebody did before may be forgotten. */
const days = 365;
const largestFile = 3_000_000;
const codeOwnersPlaces = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

/**
 * Who has written or reviewed changes to the files of a change in the year before, in one request. GitHub is asked, and
 * not git: a commit names an address, a review an account, and only GitHub knows which belong together.
 *
 * Left out, so that nobody is called unfamiliar wrongly: files with more history than one page holds, files to which an
 * address without an account has contributed, and the files beyond the ten with the most changed lines. Bots know nothing.
 */
export async function readFamiliarity(question: FamiliarityQuestion): Promise<Part<Familiarity>> {
  const { client, address, repository, change, people, now } = question;
  const since = new Date(Date.parse(now) - days * 86_400_000).toISOString();
  const lines = new Map(sizedFiles(change).map((file) => [file.path, file.lines]));
  const files = change.files
    .filter(({ status, kind, path }) => kind === 'file' && status !== 'added' && leftOut(path) === undefined)
    .toSorted((a, b) => (lines.get(b.path) ?? 0) - (lines.get(a.path) ?? 0))
    .slice(0, mostFiles);
  if (files.length === 0) return { since, files: [] };
  const answer = await client.graphql<FamiliarityAnswer>(queryFor(files.length), {
    ...address,
    oid: change.mergeBase,
    since,
    ...Object.fromEntries(files.map((file, n) => [`p${n}`, file.previousPath ?? file.path])),
  });
  if (!answer.ok)
    return unavailable(`who has worked on these files could not be read: ${answer.error.message}`);
  const commit = answer.data.repository?.object;
  if (!commit)
    return unavailable('who has worked on these files could not be read: GitHub lacks the merge base');
  const teams = await teamsOf(
    repository,
    change,
    files.map(({ path }) => path),
  );
  return {
    since,
    files: files.flatMap(({ path }, n): readonly FileKnowledge[] => {
      const known = knownIn(commit[`f${n}`], people);
      return known ? [{ path, known, teams: teams.get(path) ?? [] }] : [];
    }),
  };
}

/** Undefined where somebody who cannot be told may be among them: also where GitHub left a hole in what it returned. */
function knownIn(history: History | null | undefined, people: People): readonly PersonKey[] | undefined {
  const commits = whole(history);
  if (!commits || history?.pageInfo.hasNextPage) return undefined;
  const known = new Set<PersonKey>();
  for (const { authors, associatedPullRequests } of commits) {
    const wrote = whole(authors);
    const pulls = whole(associatedPullRequests);
    if (!wrote || !pulls) return undefined;
    for (const { email, user } of wrote) {
      const person = people(user ?? { email: email ?? undefined });
      const isAccount = user !== null || /@users\.noreply\./i.test(email ?? '');
      if (!isAccount && person.kind === 'human') return undefined;
      if (person.kind === 'human') known.add(person.key);
    }
    for (const { reviews } of pulls) {
      const given = whole(reviews);
      if (!given) return undefined;
      for (const { author } of given) {
        const person = people(author && { login: author.login, type: author.__typename });
        if (person.kind === 'human') known.add(person.key);
      }
    }
  }
  return [...known];
}

/** The entries of a list; undefined where it is missing, has a hole or goes on beyond its page. */
function whole<T>(list: List<T> | null | undefined): readonly T[] | undefined {
  if (!list?.nodes) return undefined;
  const present = list.nodes.flatMap((node) => node ?? []);
  return present.length === (list.totalCount ?? list.nodes.length) ? present : undefined;
}

async function teamsOf(
  repository: FamiliarityQuestion['repository'],
  change: Change,
  paths: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  for (const place of codeOwnersPlaces) {
    const content = await repository.readFile(change.mergeBase, place, { maxBytes: largestFile });
    if (isUnavailable(content) || typeof content === 'string') continue;
    return codeOwnerTeams(new TextDecoder().decode(content), paths);
  }
  return new Map();
}

function queryFor(files: number): string {
  const numbers = Array.from({ length: files }, (_, n) => n);
  return `query Familiarity($owner: String!, $name: String!, $oid: GitObjectID!, $since: GitTimestamp!, ${numbers
    .map((n) => `$p${n}: String!`)
    .join(', ')}) {
  repository(owner: $owner, name: $name) {
    object(oid: $oid) {
      ... on Commit {
${numbers.map((n) => `        f${n}: history(first: ${mostCommits}, since: $since, path: $p${n}) { ...knowledge }`).join('\n')}
      }
    }
  }
}
fragment knowledge on CommitHistoryConnection {
  pageInfo { hasNextPage }
  nodes {
    authors(first: 5) { totalCount nodes { email user { login } } }
    associatedPullRequests(first: 1) { nodes { reviews(first: 20) { totalCount nodes { author { __typename login } } } } }
  }
}`;
}

interface FamiliarityAnswer {
  readonly repository: { readonly object: Readonly<Record<string, History | null>> | null } | null;
}

/** GraphQL leaves null where it could not or would not answer. */
interface List<T> {
  /** Asked of the inner lists, of which one page has to do. */
  readonly totalCount?: number;
  readonly nodes: readonly (T | null)[] | null;
}

interface History
  extends List<{
    readonly authors: List<{
      readonly email: string | null;
      readonly user: { readonly login: string } | null;
    }>;
    readonly associatedPullRequests: List<{
      readonly reviews: List<{
        readonly author: { readonly __typename: string; readonly login: string } | null;
      }> | null;
    }> | null;
  }> {
  readonly pageInfo: { readonly hasNextPage: boolean };
}
