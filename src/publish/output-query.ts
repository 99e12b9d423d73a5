export interface Page<T> {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly (T | null)[] | null;
}

export interface CommentNode {
  readonly databaseId: number;
  readonly body: string;
  readonly viewerDidAuthor: boolean;
}

interface ReviewCommentNode extends CommentNode {
  readonly state: 'PENDING' | 'SUBMITTED';
  readonly editor: { readonly login: string } | null;
}

export interface ThreadNode {
  readonly id: string;
  readonly isResolved: boolean;
  readonly viewerCanResolve: boolean;
  readonly resolvedBy: { readonly login: string } | null;
  readonly comments: {
    readonly totalCount: number;
    readonly nodes: readonly (ReviewCommentNode | null)[] | null;
  };
}

export interface Deletion {
  readonly actor?: { readonly login: string } | null;
  readonly deletedCommentAuthor?: { readonly login: string } | null;
}

export interface Output {
  readonly id: string;
  readonly headRefOid: string;
  /** Reviews stand when all their comments are deleted. */
  readonly submitted?: {
    readonly nodes: readonly ({ readonly body: string; readonly viewerDidAuthor: boolean } | null)[] | null;
  };
  readonly timelineItems?: { readonly nodes: readonly (Deletion | null)[] | null };
  /** Pending ones, which GitHub shows to their author alone. */
  readonly reviews?: {
    readonly nodes: readonly ({ readonly id: string; readonly body: string } | null)[] | null;
  };
  readonly comments?: Page<CommentNode>;
  readonly reviewThreads?: Page<ThreadNode>;
}

export interface Answer {
  readonly viewer: { readonly login: string };
  readonly repository: { readonly pullRequest: Output | null } | null;
}

/** What stands on a pull request that may be ours; the lists of comments and of threads go on over several pages. */
export const outputQuery = `query Output($owner:String!,$name:String!,$number:Int!,$comments:Boolean!,$threads:Boolean!,$afterComment:String,$afterThread:String){
  viewer{login}
  repository(owner:$owner,name:$name){
    pullRequest(number:$number){
      id headRefOid
      reviews(first:5,states:[PENDING]) @include(if:$comments){nodes{id body}}
      submitted:reviews(first:50,states:[COMMENTED]) @include(if:$comments){nodes{body viewerDidAuthor}}
      timelineItems(last:50,itemTypes:[COMMENT_DELETED_EVENT]) @include(if:$comments){
        nodes{... on CommentDeletedEvent{actor{login} deletedCommentAuthor{login}}}
      }
      comments(first:100,after:$afterComment) @include(if:$comments){
        pageInfo{hasNextPage endCursor} nodes{databaseId body viewerDidAuthor}
      }
      reviewThreads(first:100,after:$afterThread) @include(if:$threads){
        pageInfo{hasNextPage endCursor}
        nodes{id isResolved viewerCanResolve resolvedBy{login}
          comments(first:1){totalCount nodes{databaseId body viewerDidAuthor state editor{login}}}}
      }
    }
  }
}`;
