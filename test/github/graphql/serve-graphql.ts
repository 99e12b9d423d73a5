import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql';
import type { Viewer } from '../http/viewer.ts';
import { maySee } from '../http/viewer.ts';
import type { GitHubState } from '../state/github-state.ts';
import { viewerNode } from './actor.ts';
import { type Arguments, type GraphqlContext, type GraphqlObject, GraphqlRefusal } from './context.ts';
import { anyNode } from './find-node.ts';
import { mutationRoot } from './mutations.ts';
import { nodeCount } from './node-count.ts';
import { repositoryNode } from './repository.ts';

export interface GraphqlAnswer {
  readonly status: number;
  readonly value: unknown;
}

let schema: GraphQLSchema | undefined;
const documents = new Map<
  string,
  { readonly document: DocumentNode; readonly errors: readonly GraphQLError[] }
>();

/** GitHub's published schema; built at the first request, since that takes half a second. */
function githubSchema(): GraphQLSchema {
  // The package exports only its program; the text lies beside it.
  const file = new URL('schema.graphql', import.meta.resolve('@octokit/graphql-schema'));
  // The published file defines one field twice, which a checked build refuses.
  schema ??= buildSchema(readFileSync(file, 'utf8'), { assumeValidSDL: true });
  return schema;
}

export function serveGraphql(
  state: GitHubState,
  viewer: Viewer,
  body: Readonly<Record<string, unknown>>,
  partial: (path: string) => string | undefined = () => undefined,
): GraphqlAnswer {
  for (const key of Object.keys(body)) {
    if (!['query', 'variables', 'operationName'].includes(key))
      state.violation(`graphql: body has a field ${key}`);
  }
  const query = typeof body.query === 'string' ? body.query : '';
  let prepared = documents.get(query);
  if (prepared === undefined) {
    try {
      const document = parse(query);
      prepared = { document, errors: validate(githubSchema(), document) };
    } catch (error) {
      state.violation(`graphql: ${(error as Error).message}`);
      return { status: 200, value: { errors: [{ message: (error as Error).message }] } };
    }
    documents.set(query, prepared);
  }
  if (prepared.errors.length > 0) {
    for (const error of prepared.errors) state.violation(`graphql: ${error.message}`);
    return { status: 200, value: { errors: prepared.errors.map((error) => error.toJSON()) } };
  }
  const variables = (body.variables ?? {}) as Record<string, unknown>;
  const nodes = nodeCount(prepared.document, variables);
  if (nodes > 500_000) {
    const message = `This query requests up to ${nodes} possible nodes which exceeds the maximum limit of 500,000.`;
    return { status: 200, value: { errors: [{ type: 'MAX_NODE_LIMIT_EXCEEDED', message }] } };
  }
  if (nodes > state.limits.graphqlNodes) return { status: 502, value: { message: 'Server Error' } };
  const result = execute({
    schema: githubSchema(),
    document: prepared.document,
    rootValue: { ...queryRoot(state, viewer, nodes), ...mutationRoot() },
    contextValue: { state, viewer, partial } satisfies GraphqlContext,
    variableValues: variables,
    operationName: typeof body.operationName === 'string' ? body.operationName : null,
    fieldResolver: resolveField,
    typeResolver: (value: unknown) => (value as GraphqlObject).__typename,
  }) as ExecutionResult;
  return { status: 200, value: answerOf(state, result) };
}

/** A field is a value or a function; one that the fake does not know is an error and a violation, never a null. */
const resolveField: GraphQLFieldResolver<unknown, GraphqlContext> = (
  source,
  args: Arguments,
  context,
  info,
) => {
  const asked = context.partial(pathOf(info.path));
  if (asked !== undefined) throw new GraphqlRefusal('SERVICE_UNAVAILABLE', asked);
  const object = source as GraphqlObject;
  if (!(info.fieldName in object)) {
    const text = `graphql: the fake does not know ${info.parentType.name}.${info.fieldName}`;
    context.state.violation(text);
    throw new UnknownField(text);
  }
  let value: unknown = object[info.fieldName];
  while (typeof value === 'function') value = value(args, context, info);
  return value;
};

/** Already recorded as a violation. */
class UnknownField extends Error {}

function pathOf(path: { readonly prev: unknown; readonly key: string | number } | undefined): string {
  const keys: string[] = [];
  for (let here = path; here !== undefined; here = here.prev as typeof path)
    if (typeof here.key === 'string') keys.unshift(here.key);
  return keys.join('.');
}

function answerOf(state: GitHubState, result: ExecutionResult): unknown {
  if (result.errors === undefined) return { data: result.data };
  const errors = result.errors.map((error) => {
    const cause = error.originalError;
    const isRefusal = cause instanceof GraphqlRefusal;
    if (!isRefusal && !(cause instanceof UnknownField)) {
      state.violation(`graphql: ${error.message} at ${error.path?.join('.') ?? 'the top'}`);
    }
    return { ...(isRefusal ? { type: cause.type } : {}), ...error.toJSON() };
  });
  return { data: result.data ?? null, errors };
}

function queryRoot(state: GitHubState, viewer: Viewer, nodes: number): Record<string, unknown> {
  const repository = ({ owner, name }: Arguments): GraphqlObject => {
    const found = state.repositories.get(`${owner}/${name}`.toLowerCase());
    if (found === undefined || !maySee(viewer, found)) {
      throw new GraphqlRefusal(
        'NOT_FOUND',
        `Could not resolve to a Repository with the name '${owner}/${name}'.`,
      );
    }
    return repositoryNode(state, found);
  };
  return {
    __typename: 'Query',
    repository,
    viewer: () => viewerNode(state, viewer.login ?? 'ghost'),
    node: ({ id }: Arguments) => anyNode(state, viewer, String(id)),
    nodes: ({ ids }: Arguments) =>
      (Array.isArray(ids) ? ids : []).map((id) => orNull(() => anyNode(state, viewer, String(id)))),
    rateLimit: () => ({
      __typename: 'RateLimit',
      cost: 1,
      limit: viewer.token?.kind === 'actions' ? 1000 : 5000,
      remaining: 999,
      used: 1,
      nodeCount: nodes,
      resetAt: `${new Date(Date.now() + 3_600_000).toISOString().slice(0, 19)}Z`,
    }),
  };
}

function orNull(work: () => GraphqlObject): GraphqlObject | null {
  try {
    return work();
  } catch {
    return null;
  }
}
