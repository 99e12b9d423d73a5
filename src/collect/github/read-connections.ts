import { type Part, unavailable } from '../../core/part.ts';
import { type GraphqlError, graphqlApiError } from './api-error.ts';
import type { GitHubClient } from './create-client.ts';
import type { Connection, Connections, FurtherPagesAnswer } from './pull-request-answer.ts';
import {
  type ConnectionName,
  connectionNames,
  furtherPagesQuery,
  wantVariable,
} from './pull-request-query.ts';

type NodeOf<N extends ConnectionName> = NonNullable<Connections[N]> extends Connection<infer T> ? T : never;

/** Each list read to its end, or why it could not be. */
export type ReadConnections = { readonly [name in ConnectionName]-?: Part<readonly NodeOf<name>[]> };

export interface PullRequestAddress {
  readonly owner: string;
  readonly name: string;
  readonly number: number;
}

/** With pages of 100: 5,000 entries of each list. A longer one is not read half: it is unavailable. */
const mostPages = 50;

interface Reading {
  readonly nodes: unknown[];
  next: string | undefined;
  failed: string | undefined;
}

/**
 * Follows what the first answer cut off, the next pages of all lists in one request at a time. An error or a hole in a
 * list makes that list unavailable, and that list alone.
 */
export async function readConnections(
  client: GitHubClient,
  { owner, name, number }: PullRequestAddress,
  pageSize: number,
  first: Connections,
  firstErrors: readonly GraphqlError[],
): Promise<ReadConnections> {
  const readings: Readonly<Record<ConnectionName, Reading>> = {
    labels: { nodes: [], next: undefined, failed: undefined },
    commits: { nodes: [], next: undefined, failed: undefined },
    reviews: { nodes: [], next: undefined, failed: undefined },
    timelineItems: { nodes: [], next: undefined, failed: undefined },
  };
  for (const list of connectionNames) take(readings[list], list, first[list], firstErrors);

  for (let page = 1; page < mostPages; page += 1) {
    const open = connectionNames.filter((list) => readings[list].next !== undefined);
    if (open.length === 0) break;
    const wanted = connectionNames.flatMap((list) => [
      [list, readings[list].next ?? null],
      [wantVariable(list), open.includes(list)],
    ]);
    const answer = await client.graphqlPartial<FurtherPagesAnswer>(furtherPagesQuery, {
      owner,
      name,
      number,
      page: pageSize,
      ...Object.fromEntries(wanted),
    });
    for (const list of open) {
      if (answer.ok) {
        take(readings[list], list, answer.data.data.repository?.pullRequest?.[list], answer.data.errors);
      } else {
        stop(readings[list], `the rest of its ${words[list]} could not be read: ${answer.error.message}`);
      }
    }
  }
  for (const list of connectionNames) {
    if (readings[list].next !== undefined) {
      stop(readings[list], `it has more than ${mostPages * pageSize} ${words[list]}`);
    }
  }
  return Object.fromEntries(
    connectionNames.map((list) => {
      const { nodes, failed } = readings[list];
      return [list, failed === undefined ? nodes : unavailable(failed)];
    }),
  ) as unknown as ReadConnections;
}

const words: Readonly<Record<ConnectionName, string>> = {
  labels: 'labels',
  commits: 'commits',
  reviews: 'reviews',
  timelineItems: 'events',
};

function take(
  reading: Reading,
  name: ConnectionName,
  connection: Connection<unknown> | null | undefined,
  errors: readonly GraphqlError[],
): void {
  const error = errors.find(({ path }) => concerns(path, name));
  const { hasNextPage = false, endCursor = null } = connection?.pageInfo ?? {};
  if (error) stop(reading, graphqlApiError(error).message);
  else if (!connection?.nodes || connection.nodes.some((node) => node === null || node === undefined)) {
    stop(reading, `GitHub left holes in the ${words[name]} it returned`);
  } else if (hasNextPage && (endCursor === null || endCursor === reading.next)) {
    stop(reading, `GitHub did not say how the ${words[name]} go on`);
  } else {
    reading.nodes.push(...connection.nodes);
    reading.next = hasNextPage ? (endCursor ?? undefined) : undefined;
  }
}

/** An error without a path, or one at the pull request itself, concerns all of it. */
function concerns(path: readonly (string | number)[] | undefined, name: ConnectionName): boolean {
  if (!path || path.length <= 2) return !path || path.every((step) => step !== 'pullRequestTemplates');
  return path[1] === 'pullRequest' && path[2] === name;
}

function stop(reading: Reading, reason: string): void {
  reading.failed = reason;
  reading.next = undefined;
}
