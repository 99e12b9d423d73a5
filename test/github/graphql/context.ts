import { may, type Viewer } from '../http/viewer.ts';
import type { PermissionName } from '../scenario.ts';
import type { GitHubState } from '../state/github-state.ts';
import { Refusal, type Repository } from '../state/model.ts';

export interface GraphqlContext {
  readonly state: GitHubState;
  readonly viewer: Viewer;
  /** The message of a field error that a test asked for at this path. */
  partial(path: string): string | undefined;
}

export type Arguments = Readonly<Record<string, unknown>>;
/** A field is a value or a function of its arguments; one that is missing does not exist in the fake. */
export type GraphqlObject = { readonly __typename: string } & Readonly<Record<string, unknown>>;

/** An error as GitHub's GraphQL reports it, with its `type` beside the message. */
export class GraphqlRefusal extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

export function forbidden(): GraphqlRefusal {
  return new GraphqlRefusal('FORBIDDEN', 'Resource not accessible by integration');
}

export function requireGraphql(
  context: GraphqlContext,
  repository: Repository,
  permissions: readonly PermissionName[],
  level: 'read' | 'write',
): void {
  if (!permissions.some((permission) => may(context.viewer, repository, permission, level)))
    throw forbidden();
}

/** Runs what REST refuses with a status, and says it in GraphQL's way. */
export function asGraphql<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const type = error.status === 404 ? 'NOT_FOUND' : error.status === 403 ? 'FORBIDDEN' : 'UNPROCESSABLE';
    const [detail] = error.errors ?? [];
    const said = typeof detail === 'string' ? detail : (detail as { message?: string } | undefined)?.message;
    throw new GraphqlRefusal(type, said ?? error.message);
  }
}
