import type { GitHubClient } from '../github/create-client.ts';
import { restOfPullsQuery } from './merged-pulls-query.ts';
import {
  fail,
  type ListName,
  type Lists,
  listNames,
  type Nullable,
  type PullReading,
  takePage,
} from './pull-node.ts';

const batch = 10;
const pageSize = 50;
/** 50 × 20 entries of one list; a longer one makes its pull request's review unreadable, and only that. */
const mostRounds = 20;

/** Follows the lists that the first answer cut off, ten pull requests at a time, all of their open lists in one request. */
export async function readRestOfPulls(client: GitHubClient, readings: readonly PullReading[]): Promise<void> {
  for (let round = 0; round < mostRounds; round += 1) {
    const open = readings.filter((reading) => openLists(reading).length > 0);
    if (open.length === 0) return;
    for (let from = 0; from < open.length; from += batch) {
      await readBatch(client, open.slice(from, from + batch));
    }
  }
  for (const reading of readings) {
    for (const name of openLists(reading))
      fail(reading.lists[name], `it has more than ${mostRounds * pageSize} ${name}`);
  }
}

async function readBatch(client: GitHubClient, readings: readonly PullReading[]): Promise<void> {
  const variables = readings.flatMap((reading, n) => [
    [`id${n}`, reading.node.id],
    ...listNames.flatMap((name) => [
      [`${name}${n}`, reading.lists[name].next ?? null],
      [`want_${name}${n}`, reading.lists[name].next !== undefined],
    ]),
  ]);
  const answer = await client.graphqlPartial<Readonly<Record<string, Nullable<Lists>>>>(
    restOfPullsQuery(readings.length),
    { page: pageSize, ...Object.fromEntries(variables) },
  );
  readings.forEach((reading, n) => {
    for (const name of openLists(reading)) {
      if (answer.ok) takePage(reading, name, answer.data.data[`p${n}`]?.[name]);
      else fail(reading.lists[name], answer.error.message);
    }
  });
}

function openLists({ lists }: PullReading): readonly ListName[] {
  return listNames.filter((name) => lists[name].next !== undefined);
}
