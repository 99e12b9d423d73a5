import type {
  RawAccount,
  RawCheck,
  RawComment,
  RawOpenPull,
  RawReview,
  RawThread,
} from '../../review/timeline.ts';

/** GraphQL leaves null where it could not or would not answer. */
export type Nullable<T> = T | null | undefined;

export interface DetailsPage<T> {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: Nullable<readonly Nullable<T>[]>;
}

/** A thread's comments, up to what one page holds. */
export interface CommentsPage {
  readonly pageInfo: { readonly hasNextPage: boolean };
  readonly nodes: Nullable<readonly Nullable<RawThread['comments'][number]>[]>;
}

export type ThreadNode = Omit<RawThread, 'comments'> & { readonly comments: Nullable<CommentsPage> };

export type CheckedCommit = Nullable<{
  readonly oid?: string;
  readonly statusCheckRollup?: Nullable<{ readonly contexts: Nullable<DetailsPage<RawCheck>> }>;
}>;

export interface DetailsPull {
  readonly additions: number;
  readonly deletions: number;
  readonly changedFiles: number;
  readonly commits: Nullable<{
    readonly nodes: Nullable<
      readonly Nullable<{
        readonly commit: Nullable<{
          readonly oid: string;
          readonly additions: number;
          readonly deletions: number;
          readonly parents: { readonly totalCount: number };
        }>;
      }>[]
    >;
  }>;
  readonly reviewThreads: Nullable<DetailsPage<ThreadNode>>;
  readonly comments?: Nullable<DetailsPage<RawComment>>;
}

export interface DetailsRepository {
  readonly defaultBranchRef: Nullable<{ readonly name: string }>;
  readonly head: CheckedCommit;
  readonly approved?: CheckedCommit;
  readonly stack: Nullable<{
    readonly nodes: Nullable<
      readonly Nullable<{
        readonly number: number;
        readonly state: string;
        readonly isCrossRepository: boolean;
        readonly author: RawAccount | null;
        readonly reviews: Nullable<{ readonly nodes: Nullable<readonly Nullable<RawReview>[]> }>;
      }>[]
    >;
  }>;
  readonly queue: Nullable<{
    readonly pageInfo: { readonly hasNextPage: boolean };
    readonly nodes: Nullable<readonly Nullable<RawOpenPull>[]>;
  }>;
  readonly pullRequest: Nullable<DetailsPull>;
}

export interface DetailsAnswer {
  readonly repository: Nullable<DetailsRepository>;
}

export interface FurtherDetailsAnswer {
  readonly repository: Nullable<{
    readonly pullRequest: Nullable<Partial<Pick<DetailsPull, 'reviewThreads' | 'comments'>>>;
  }>;
}

export interface WholeThreadsAnswer {
  readonly nodes: readonly Nullable<{ readonly id?: string; readonly comments?: Nullable<CommentsPage> }>[];
}

export interface FurtherChecksAnswer {
  readonly repository: Nullable<{ readonly object: CheckedCommit }>;
}
