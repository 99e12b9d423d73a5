import type { RawAccount, RawCommitAuthor, RawEvent, RawReview } from '../../review/timeline.ts';

/** GraphQL leaves null where it could not or would not answer. */
type Nullable<T> = T | null | undefined;

export interface Connection<T> {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly Nullable<T>[] | null;
}

export interface CommitAuthors {
  readonly pageInfo: { readonly hasNextPage: boolean };
  readonly nodes: readonly Nullable<RawCommitAuthor>[] | null;
}

export interface CommitNode {
  readonly commit: Nullable<{
    readonly id: string;
    readonly oid: string;
    readonly parents: { readonly totalCount: number };
    readonly authors: Nullable<CommitAuthors>;
  }>;
}

/** The four lists of a pull request that come in pages. */
export interface Connections {
  readonly labels?: Nullable<Connection<{ readonly name: string }>>;
  readonly commits?: Nullable<Connection<CommitNode>>;
  readonly reviews?: Nullable<Connection<RawReview>>;
  readonly timelineItems?: Nullable<Connection<RawEvent>>;
}

interface Blob {
  readonly text?: string | null;
}

export interface TemplateEntry {
  readonly object: Nullable<
    Blob & {
      readonly entries?: Nullable<readonly { readonly name: string; readonly object: Nullable<Blob> }[]>;
    }
  >;
}

export interface PullRequestNode extends Connections {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
  readonly isDraft: boolean;
  readonly locked: boolean;
  readonly createdAt: string;
  readonly mergedAt: string | null;
  readonly authorAssociation: string;
  readonly isCrossRepository: boolean;
  readonly headRepository: { readonly id: string } | null;
  readonly baseRefName: string;
  readonly headRefName: string;
  readonly baseRefOid: string;
  readonly headRefOid: string;
  readonly author: RawAccount | null;
  readonly mergedBy: RawAccount | null;
  readonly baseRef: Nullable<{
    readonly target: Nullable<Readonly<Record<string, Nullable<TemplateEntry>>>>;
  }>;
}

export interface PullRequestAnswer {
  readonly repository: Nullable<{
    readonly id: string;
    readonly pullRequestTemplates?: Nullable<readonly { readonly body: string | null }[]>;
    readonly pullRequest: Nullable<PullRequestNode>;
  }>;
}

export interface FurtherPagesAnswer {
  readonly repository: Nullable<{ readonly pullRequest: Nullable<Connections> }>;
}

export interface CommitAuthorsAnswer {
  readonly nodes: readonly Nullable<{ readonly id?: string; readonly authors?: Nullable<CommitAuthors> }>[];
}
