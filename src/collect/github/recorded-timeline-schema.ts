import { z } from 'zod';

const time = z.iso.datetime({ offset: true, error: 'expected an ISO 8601 time ("2026-03-02T09:00:00Z")' });
const commit = z.string().regex(/^[0-9a-f]{7,64}$/, 'expected a commit id in lower-case hexadecimal');
const count = z.int().nonnegative();
/** A login or any other name; two equal ones are one account. Null is a deleted account. */
const account = z
  .union([
    z.string().min(1),
    z.strictObject({ login: z.string().min(1), type: z.enum(['User', 'Bot', 'Mannequin', 'Organization']) }),
  ])
  .nullable();

const review = z.strictObject({
  by: account,
  state: z.enum(['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED']),
  at: time,
  commit: commit.optional(),
  /** The text; or only how many words it has. */
  body: z.string().optional(),
  words: count.optional(),
  inlineComments: count.optional(),
  /** For a review that was dismissed. */
  dismissed: z
    .strictObject({ at: time, from: z.enum(['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED']) })
    .optional(),
});

const thread = z.strictObject({
  path: z.string().min(1),
  line: z.int().positive().optional(),
  isResolved: z.boolean().optional(),
  isOutdated: z.boolean().optional(),
  commit: commit.optional(),
  comments: z.array(z.strictObject({ by: account, at: time, body: z.string() })).min(1),
});

const check = z.strictObject({
  name: z.string(),
  startedAt: time.optional(),
  completedAt: time.optional(),
  result: z.enum(['success', 'failure', 'neutral', 'running']),
});

const pull = z.strictObject({
  number: z.int().positive(),
  title: z.string(),
  body: z.string().optional(),
  author: account,
  createdAt: time,
  mergedAt: time.nullable().optional(),
  mergedBy: account.optional(),
  closedAt: time.nullable().optional(),
  isDraft: z.boolean().optional(),
  baseBranch: z.string().optional(),
  headBranch: z.string().optional(),
  labels: z.array(z.string()).optional(),
  additions: count,
  deletions: count,
  changedFiles: count.optional(),
  head: commit.optional(),
  /** All changed files with their lines; without them nothing is said about paths. */
  files: z.array(z.strictObject({ path: z.string().min(1), additions: count, deletions: count })).optional(),
  commits: z
    .array(
      z.strictObject({
        id: commit,
        authors: z.array(account).optional(),
        parents: count.optional(),
        lines: count.optional(),
      }),
    )
    .optional(),
  reviews: z.array(review).optional(),
  comments: z.array(z.strictObject({ by: account, at: time, body: z.string() })).optional(),
  threads: z.array(thread).optional(),
  checks: z.array(z.strictObject({ commit, checks: z.array(check) })).optional(),
  requests: z
    .array(
      z.strictObject({
        at: time,
        kind: z.enum(['requested', 'removed']),
        person: account.optional(),
        team: z.string().optional(),
      }),
    )
    .optional(),
  readyForReviewAt: z.array(time).optional(),
  convertedToDraftAt: z.array(time).optional(),
  forcePushes: z
    .array(z.strictObject({ at: time, before: commit.optional(), after: commit.optional() }))
    .optional(),
  /** Lines newer than the last human approval, as git found them. */
  tail: z
    .strictObject({
      approvedCommit: commit,
      approvedAt: time,
      files: z.array(z.strictObject({ path: z.string().min(1), addedLines: count, deletedLines: count })),
    })
    .optional(),
});

export const recordedTimelinesSchema = z.strictObject({
  schemaVersion: z.literal(1),
  repository: z.string().min(1),
  /** Judged as of this moment; without it each pull request as of its merge, its close, or the last thing that happened to it. */
  now: time.optional(),
  /** Logins of machine accounts that carry no sign of it. */
  bots: z.array(z.string()).optional(),
  /** First words of a comment that make it an approval. */
  approvalWords: z.array(z.string().min(1)).optional(),
  pulls: z.array(pull).max(100_000),
});

export type RecordedTimelines = z.infer<typeof recordedTimelinesSchema>;
export type RecordedPull = RecordedTimelines['pulls'][number];
