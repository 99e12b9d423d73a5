import { readFileSync } from 'node:fs';
import type { RecordedPull, RecordedTimelines } from '../../src/collect/github/recorded-timeline-schema.ts';

/** A line of gui.jsonl: a pull request with its whole timeline. Accounts are pseudonyms, `u…` people and `bot…` machines. */
interface FullRecord {
  readonly repo: string;
  readonly number: number;
  readonly author: string;
  readonly title: string;
  readonly created_at: string;
  readonly merged_at: string | null;
  readonly closed_at: string | null;
  readonly merged_by: string | null;
  readonly base: string;
  readonly head_sha: string;
  readonly additions: number;
  readonly deletions: number;
  readonly changed_files: number;
  readonly draft: boolean;
  readonly labels: readonly string[];
  readonly events: readonly FullEvent[];
  readonly inline_comments: readonly {
    readonly at: string;
    readonly by: string | null;
    readonly path: string;
    readonly line: number | null;
    readonly id: number;
    readonly reply_to: number | null;
    readonly review_id: number | null;
    readonly body_len: number;
    readonly outdated: boolean;
  }[];
}

interface FullEvent {
  readonly t: string;
  readonly at?: string;
  readonly by?: string | null;
  readonly sha?: string;
  readonly state?: string;
  readonly commit_id?: string | null;
  readonly id?: number;
  readonly body_len?: number;
  readonly body_head?: string;
  readonly reviewer?: string | null;
}

/** A line of posthog-2026-02.jsonl: sizes, reviews and their times. */
interface ShortRecord {
  readonly repo: string;
  readonly number: number;
  readonly author: string;
  readonly title: string;
  readonly created_at: string;
  readonly merged_at: string | null;
  readonly closed_at: string | null;
  readonly additions: number;
  readonly deletions: number;
  readonly changed_files: number;
  readonly labels: readonly string[];
  readonly reviews: readonly { readonly by: string | null; readonly state: string; readonly at: string }[];
}

type Account = RecordedPull['author'];

/** Characters an English word takes with its space: texts are recorded by their length alone. */
const charactersOfAWord = 6;
const reviewStates = ['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED'] as const;

export function convertFull(file: string): RecordedTimelines {
  const records = linesOf<FullRecord>(file);
  return {
    schemaVersion: 1,
    repository: records[0]?.repo ?? 'unknown',
    approvalWords: ['ACK'],
    pulls: records.map(fullPull),
  };
}

export function convertShort(file: string): RecordedTimelines {
  const records = linesOf<ShortRecord>(file);
  return {
    schemaVersion: 1,
    repository: records[0]?.repo ?? 'unknown',
    pulls: records.map((record) => ({
      ...common(record),
      reviews: record.reviews.flatMap(({ by, state, at }) =>
        reviewOf({ t: 'reviewed', by, state, at }, remarksOf(state)),
      ),
    })),
  };
}

/** Texts are not recorded; GitHub takes a review that does not approve only with a remark in it. */
function remarksOf(state: string): number {
  return /^(?:COMMENTED|CHANGES_REQUESTED)$/.test(state) ? 1 : 0;
}

function fullPull(record: FullRecord): RecordedPull {
  const { events } = record;
  const times = (type: string) => events.flatMap(({ t, at }) => (t === type && at ? [at] : []));
  const comments = Map.groupBy(record.inline_comments, ({ review_id }) => review_id);
  return {
    ...common(record),
    mergedBy: account(record.merged_by),
    isDraft: record.draft,
    baseBranch: record.base,
    head: record.head_sha,
    commits: events.flatMap(({ t, sha }) =>
      t === 'committed' && sha ? [{ id: sha, authors: [account(record.author)] }] : [],
    ),
    reviews: events.flatMap((event) =>
      event.t === 'reviewed' ? reviewOf(event, comments.get(event.id ?? -1)?.length ?? 0) : [],
    ),
    comments: events.flatMap(({ t, at, by, body_head }) =>
      t === 'commented' && at ? [{ by: account(by), at, body: body_head ?? '' }] : [],
    ),
    requests: events.flatMap(({ t, at, reviewer }) => {
      const kind =
        t === 'review_requested' ? 'requested' : t === 'review_request_removed' ? 'removed' : undefined;
      return kind && at && reviewer ? [{ at, kind, person: account(reviewer) } as const] : [];
    }),
    readyForReviewAt: times('ready_for_review'),
    convertedToDraftAt: times('convert_to_draft'),
    forcePushes: times('head_ref_force_pushed').map((at) => ({ at })),
  };
}

function common(record: FullRecord | ShortRecord) {
  return {
    number: record.number,
    title: record.title,
    author: account(record.author),
    createdAt: record.created_at,
    mergedAt: record.merged_at,
    closedAt: record.closed_at,
    labels: [...record.labels],
    additions: record.additions,
    deletions: record.deletions,
    changedFiles: record.changed_files,
  };
}

function reviewOf(event: FullEvent, inlineComments: number): NonNullable<RecordedPull['reviews']> {
  const { at, by, commit_id, body_len = 0 } = event;
  const state = reviewStates.find((known) => known === event.state?.toUpperCase());
  if (!at || !state) return [];
  return [
    {
      by: account(by),
      state,
      at,
      ...(commit_id && { commit: commit_id }),
      words: Math.floor(body_len / charactersOfAWord),
      inlineComments,
    },
  ];
}

function account(name: string | null | undefined): Account {
  if (!name) return null;
  return { login: name, type: name.startsWith('bot') ? 'Bot' : 'User' };
}

function linesOf<T>(file: string): readonly T[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}
