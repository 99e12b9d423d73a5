import { type Part, unavailable } from '../core/part.ts';
import { parseReplies, type Reply } from '../core/replies.ts';
import type { GitHubClient } from './github/create-client.ts';

interface Account {
  readonly __typename: string;
  readonly login: string;
}

interface CommentNode {
  readonly databaseId: number;
  readonly body: string;
  readonly author: Account | null;
  readonly editor: Account | null;
}

interface Page<T> {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly (T | null)[] | null;
}

interface PullRequestNode {
  readonly author: Account | null;
  readonly comments?: Page<CommentNode>;
  readonly reviews?: Page<CommentNode>;
  readonly reviewThreads?: Page<{
    readonly comments: { readonly nodes: readonly (CommentNode | null)[] | null };
  }>;
}

interface Answer {
  readonly repository: { readonly pullRequest: PullRequestNode | null } | null;
}

const account = '{__typename login}';
const comment = `databaseId body author${account} editor${account}`;
const query = `query Replies($owner:String!,$name:String!,$number:Int!,$comments:Boolean!,$reviews:Boolean!,$threads:Boolean!,$afterComment:String,$afterReview:String,$afterThread:String){
  repository(owner:$owner,name:$name){
    pullRequest(number:$number){
      author${account}
      comments(first:100,after:$afterComment) @include(if:$comments){pageInfo{hasNextPage endCursor} nodes{${comment}}}
      reviews(first:50,after:$afterReview) @include(if:$reviews){pageInfo{hasNextPage endCursor} nodes{${comment}}}
      reviewThreads(first:50,after:$afterThread) @include(if:$threads){
        pageInfo{hasNextPage endCursor} nodes{comments(first:50){nodes{${comment}}}}
      }
    }
  }
}`;

/** More accounts than this are not looked up: their replies are told as not followed. */
const mostAccounts = 20;

/**
 * The commands in a pull request's comments, reviews and threads, each with whether its account may decide: asked of the
 * collaborators endpoint, since an association says nothing about permission. A comment that somebody else has edited is
 * no command of its author's.
 */
export async function readReplies(
  client: GitHubClient,
  target: { readonly owner: string; readonly name: string; readonly number: number },
): Promise<Part<readonly Reply[]>> {
  const comments: CommentNode[] = [];
  let author: string | undefined;
  let afterComment: string | null | undefined = null;
  let afterReview: string | null | undefined = null;
  let afterThread: string | null | undefined = null;
  do {
    const answer = await client.graphql<Answer>(query, {
      owner: target.owner,
      name: target.name,
      number: target.number,
      comments: afterComment !== undefined,
      reviews: afterReview !== undefined,
      threads: afterThread !== undefined,
      afterComment: afterComment ?? null,
      afterReview: afterReview ?? null,
      afterThread: afterThread ?? null,
    });
    if (!answer.ok) return unavailable(`replies were not read: ${answer.error.message}`);
    const node: PullRequestNode | null | undefined = answer.data.repository?.pullRequest;
    author = node?.author ? loginOf(node.author) : author;
    comments.push(
      ...present(node?.comments?.nodes),
      ...present(node?.reviews?.nodes),
      ...present(node?.reviewThreads?.nodes).flatMap((thread) => present(thread.comments.nodes)),
    );
    afterComment = next(node?.comments);
    afterReview = next(node?.reviews);
    afterThread = next(node?.reviewThreads);
  } while (afterComment !== undefined || afterReview !== undefined || afterThread !== undefined);

  const own = comments.filter(
    ({ author: by, editor }) => by && (editor === null || loginOf(editor) === loginOf(by)),
  );
  const asked = own.flatMap(({ author: by, ...node }) =>
    parseReplies(node.body).map((text) => ({ text, node, login: by ? loginOf(by) : '' })),
  );
  const logins = [...new Set(asked.map(({ login }) => login))].slice(0, mostAccounts);
  const permissions = new Map(
    await Promise.all(logins.map(async (login) => [login, await mayDecide(client, target, login)] as const)),
  );
  return asked.map(({ text, node, login }) => ({
    ...text,
    commentId: node.databaseId,
    mayDecide: permissions.get(login) ?? 'unknown',
    isByAuthor: login === author,
  }));
}

/** GraphQL writes an app's account like a person's of the same name; the rest of GitHub tells them apart by this ending. */
function loginOf({ __typename: type, login }: Account): string {
  return type === 'Bot' && !login.endsWith('[bot]') ? `${login}[bot]` : login;
}

async function mayDecide(
  client: GitHubClient,
  { owner, name }: { readonly owner: string; readonly name: string },
  login: string,
): Promise<Reply['mayDecide']> {
  const answer = await client.rest<{ readonly permission: string }>(
    'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
    {
      owner,
      repo: name,
      username: login,
    },
  );
  if (answer.ok) return answer.data.permission === 'admin' || answer.data.permission === 'write';
  return answer.error.status === 404 ? false : 'unknown';
}

function present<T>(nodes: readonly (T | null)[] | null | undefined): readonly T[] {
  return (nodes ?? []).flatMap((node) => (node === null ? [] : [node]));
}

function next(page: Page<unknown> | undefined): string | undefined {
  return page?.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? undefined) : undefined;
}
