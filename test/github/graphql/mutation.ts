import type { GraphqlContext } from './context.ts';
import { type Found, findNode, missingNode } from './find-node.ts';

export type Input = Readonly<Record<string, unknown>>;
export type Mutation = (input: Input, context: GraphqlContext) => Record<string, unknown>;

/** The object that an id names, when it is of the type that the mutation takes. */
export function nodeFor<T extends Found['type']>(
  context: GraphqlContext,
  id: unknown,
  type: T,
): Extract<Found, { type: T }> {
  const found = findNode(context.state, context.viewer, String(id));
  if (found === undefined || found.type !== type) throw missingNode(String(id));
  return found as Extract<Found, { type: T }>;
}

export function login(context: GraphqlContext): string {
  return context.viewer.login ?? 'ghost';
}
