import type { Arguments, GraphqlObject } from './context.ts';
import { GraphqlRefusal } from './context.ts';

const most = 100;

/**
 * A page of a list, cut at `first` or `last` as GitHub cuts it. Above 100 it is an error; without either only the
 * count may be asked for.
 */
export function connection<T>(
  name: string,
  list: readonly T[],
  args: Arguments,
  node: (item: T) => GraphqlObject,
  extra: object = {},
): GraphqlObject {
  const { first, last } = args;
  const size = typeof first === 'number' ? first : typeof last === 'number' ? last : undefined;
  const common = { __typename: 'Connection', totalCount: list.length, ...extra };
  if (size === undefined)
    return { ...common, pageInfo: unbounded(name), nodes: unbounded(name), edges: unbounded(name) };
  const which = typeof first === 'number' ? 'first' : 'last';
  if (size > most) {
    throw new GraphqlRefusal(
      'EXCESSIVE_PAGINATION',
      `Requesting ${size} records on the \`${name}\` connection exceeds the \`${which}\` limit of ${most} records.`,
    );
  }
  const from = typeof args.after === 'string' ? indexOf(args.after) + 1 : 0;
  const to = typeof args.before === 'string' ? indexOf(args.before) : list.length;
  const start = which === 'first' ? from : Math.max(from, to - size);
  const end = which === 'first' ? Math.min(to, from + size) : to;
  const items = list.slice(start, Math.max(start, end));
  const cursor = (index: number): string => Buffer.from(`cursor:v2:${index}`).toString('base64');
  return {
    ...common,
    pageInfo: {
      __typename: 'PageInfo',
      hasNextPage: start + items.length < list.length,
      hasPreviousPage: start > 0 && list.length > 0,
      startCursor: items.length === 0 ? null : cursor(start),
      endCursor: items.length === 0 ? null : cursor(start + items.length - 1),
    },
    nodes: () => items.map(node),
    edges: () =>
      items.map((item, index) => ({ __typename: 'Edge', cursor: cursor(start + index), node: node(item) })),
  };
}

function unbounded(name: string): () => never {
  return () => {
    const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`;
    throw new GraphqlRefusal('MISSING_PAGINATION_BOUNDARIES', message);
  };
}

function indexOf(cursor: string): number {
  const index = Number(/^cursor:v2:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1]);
  if (Number.isNaN(index))
    throw new GraphqlRefusal(
      'INVALID_CURSOR_ARGUMENTS',
      `\`${cursor}\` does not appear to be a valid cursor.`,
    );
  return index;
}
