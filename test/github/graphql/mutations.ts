import { actorNode } from './actor.ts';
import type { GraphqlContext, GraphqlObject } from './context.ts';
import { conversationMutations } from './conversation-mutations.ts';
import { type Input, login } from './mutation.ts';
import { reviewMutations } from './review-mutations.ts';

const mutations = { ...reviewMutations, ...conversationMutations };

/** The mutation root: each takes `input` and gives its `clientMutationId` back. */
export function mutationRoot(): GraphqlObject {
  const fields = Object.entries(mutations).map(([name, mutation]) => [
    name,
    ({ input }: { input: Input }, context: GraphqlContext) => ({
      __typename: `${name.charAt(0).toUpperCase()}${name.slice(1)}Payload`,
      clientMutationId: input.clientMutationId ?? null,
      actor: () => actorNode(context.state, login(context)),
      ...mutation(input, context),
    }),
  ]);
  return { __typename: 'Mutation', ...Object.fromEntries(fields) };
}
