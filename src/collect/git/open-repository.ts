import { rm } from 'node:fs/promises';
import type { Change, CommitId } from '../../core/change.ts';
import type { BranchCommit } from '../../core/health-facts.ts';
import { isUnavailable, type Unavailable, unavailable } from '../../core/part.ts';
import type { People } from '../people.ts';
import { carriedFiles } from './carried-files.ts';
import { type Checkout, inspectCheckout } from './checkout.ts';
import { filesOfCommits } from './commit-files.ts';
import { readCommitObjects } from './commit-objects.ts';
import { filesBefore } from './files-before.ts';
import { firstParents } from './first-parents.ts';
import { hardenedEnvironment, type Remote } from './git-environment.ts';
import { GitFailure, quoteSafely } from './git-failure.ts';
import type { JudgedRepository } from './judged-repository.ts';
import { historyBetween, mergeBases } from './merge-bases.ts';
import { createObjectStore, type MissingCommit } from './object-store.ts';
import { pastChanges } from './past-changes.ts';
import type { RawRecord } from './raw-diff.ts';
import { type ChangedContents, readChange } from './read-change.ts';
import { type Names, resolveRevision } from './resolve-revision.ts';
import {
  createScratchHome,
  createScratchRepository,
  type KeptObjects,
  type ScratchRepository,
} from './scratch-repository.ts';
import { listFiles, readBlobs, readFile, type TreeFile } from './tree-files.ts';

/** A remote, and what is kept of its objects where it is opened again and again. */
export interface KeptRemote extends Remote {
  readonly kept?: KeptObjects;
}

export interface OpenRepositoryOptions {
  /** A work tree or bare repository on this machine. Its objects are borrowed when they are complete. */
  readonly checkout?: string;
  /** Where missing objects come from; without it the checkout's `origin`, which is never given a token. */
  readonly remote?: KeptRemote;
  /** An existing temporary folder; a new one is made in it and removed by `close`. */
  readonly scratchFolder: string;
  /** May come later than the repository; it is awaited where commits are read. */
  readonly people: People | Promise<People>;
  /** The user's own git settings (credential helpers, keys, proxies) serve fetches: for the command line only. */
  readonly trustUserConfig?: boolean;
}

const largestFile = 16 * 1024 * 1024;

/** Opens a repository for judging. The checkout is read, never written, and nothing in it is carried out. */
export async function openRepository(
  options: OpenRepositoryOptions,
): Promise<JudgedRepository | Unavailable> {
  if (options.checkout === undefined && options.remote === undefined) {
    return unavailable('No repository to read: neither a checkout nor a remote address was given.');
  }
  let home: string | undefined;
  try {
    home = createScratchHome(options.scratchFolder);
    const environment = hardenedEnvironment({ home });
    const checkout =
      options.checkout === undefined ? undefined : await inspectCheckout(options.checkout, environment);
    const remote: KeptRemote | undefined =
      options.remote ?? (checkout?.origin === undefined ? undefined : { url: checkout.origin });
    if (checkout?.incomplete && !remote) {
      throw new GitFailure(
        checkout.incomplete === 'partial'
          ? 'it is a partial clone, which leaves files out, and has no `origin` to fetch them from: name it again (git remote add origin URL), or clone it whole'
          : 'it is shallow and has no `origin`, so its history ends early: fetch it whole (fetch-depth: 0)',
      );
    }
    const isComplete = checkout !== undefined && !checkout.incomplete;
    const scratch = await createScratchRepository(home, {
      environment,
      objectFormat: checkout?.objectFormat ?? 'sha1',
      ...(isComplete ? { borrowFrom: checkout.objectsFolder } : {}),
      ...(remote?.kept && !isComplete ? { kept: remote.kept } : {}),
      ...(remote ? { remote } : {}),
      trustUserConfig: options.trustUserConfig ?? false,
    });
    return judgedRepository(scratch, checkout ?? { refs: new Map() }, options.people);
  } catch (error) {
    if (home !== undefined) await rm(home, { recursive: true, force: true });
    const place = options.checkout === undefined ? 'The repository' : `The repository in ${options.checkout}`;
    return unavailable(`${place} could not be opened: ${reasonOf(error)}.`);
  }
}

function judgedRepository(
  scratch: ScratchRepository,
  names: Names | Checkout,
  people: People | Promise<People>,
): JudgedRepository {
  const store = createObjectStore(scratch);
  const contents = new WeakMap<Change, ReadonlyMap<string, ChangedContents>>();
  const listed = new Map<CommitId, Promise<readonly TreeFile[]>>();
  /** By merge base. */
  const differences = new Map<
    CommitId,
    { readonly head: CommitId; readonly records: readonly RawRecord[] }
  >();

  async function listOf(commit: CommitId): Promise<readonly TreeFile[]> {
    const difference = differences.get(commit);
    const after = difference && (await listed.get(difference.head)?.catch(() => undefined));
    return (after && filesBefore(after, difference.records)) ?? listFiles(scratch, store, commit);
  }

  async function need(ids: readonly string[]): Promise<void> {
    const strange = ids.find((id) => !scratch.isObjectId(id));
    if (strange !== undefined) throw new GitFailure(`\`${quoteSafely(strange, [])}\` is no full commit id`);
    const [lost] = await store.ensureCommits(ids);
    if (lost) throw new GitFailure(`commit ${lost.id} could not be had: ${lost.reason}`);
  }

  return {
    resolve: (revision) => attempt('The revision', () => resolveRevision(scratch, store, names, revision)),
    parentsOf: (commit) =>
      attempt('The parents of a commit', async () => {
        await need([commit]);
        const object = (await readCommitObjects(scratch, [commit])).get(commit);
        if (!object) throw new GitFailure(`${commit} is no commit`);
        return object.parents;
      }),
    ensureCommits: async (ids) => {
      const strange = ids.filter((id) => !scratch.isObjectId(id));
      const lost: MissingCommit[] = strange.map((id) => ({ id, reason: 'this is no full commit id' }));
      const known = ids.filter((id) => scratch.isObjectId(id));
      const outcome = await attempt('The commits', () => store.ensureCommits(known));
      if (!isUnavailable(outcome)) return [...lost, ...outcome];
      return [...lost, ...known.map((id) => ({ id, reason: outcome.unavailable }))];
    },
    mergeBase: (base, head) =>
      attempt('The merge base', async () => {
        await need([base, head]);
        const [first] = await mergeBases(scratch, base, head);
        if (first === undefined) throw noMergeBase(base, head);
        return first;
      }),
    readChange: (question) =>
      attempt('The change', async () => {
        await need([question.base, question.head]);
        const history = await historyBetween(scratch, question.base, question.head);
        if (history.mergeBases.length === 0) throw noMergeBase(question.base, question.head);
        const onRecords = (mergeBase: CommitId, records: readonly RawRecord[]) => {
          differences.set(mergeBase, { head: question.head, records });
        };
        const read = await readChange(scratch, store, people, { ...question, onRecords }, history);
        contents.set(read.change, read.contents);
        return read.change;
      }),
    contentsOf: (change) => contents.get(change),
    hunksBetween: (from, to) =>
      attempt('The difference between two commits', async () => {
        await need([from, to]);
        return carriedFiles(scratch, store, from, to);
      }),
    linesBetween: (from, to) =>
      attempt('The difference between two commits', async () => {
        await need([from, to]);
        return (await import('./carried-lines.ts')).carriedLines(scratch, store, from, to);
      }),
    changedTexts: (from, to) =>
      attempt('The changed lines', async () => {
        await need([from, to]);
        return (await import('./changed-texts.ts')).changedTexts(scratch, store, from, to);
      }),
    firstParents: (commit, most) =>
      attempt('The first parents of a commit', async () => {
        await need([commit]);
        return firstParents(scratch, commit, most);
      }),
    pastChanges: (commit, since, paths) =>
      attempt('The past changes of files', async () => {
        await need([commit]);
        return pastChanges(scratch, store, commit, since, paths);
      }),
    filesOf: (commits) =>
      attempt('The files of commits', async () => {
        await need(commits);
        return filesOfCommits(scratch, store, commits);
      }),
    listFiles: (commit) =>
      attempt('The list of files', async () => {
        await need([commit]);
        const files = listed.get(commit) ?? listOf(commit);
        // Several parts ask for the same list; one that could not be had is asked for again.
        listed.set(commit, files);
        files.catch(() => listed.delete(commit));
        return files;
      }),
    readBlobs: (wanted, limits) =>
      readBlobs(scratch, store, wanted, limits).catch(
        () => new Map(wanted.map((one) => [typeof one === 'string' ? one : one.oid, 'missing'] as const)),
      ),
    readFile: (commit, path, limits = { maxBytes: largestFile }) =>
      attempt('The file', async () => {
        await need([commit]);
        return readFile(scratch, store, commit, path, limits);
      }),
    unreviewedTail: (question) =>
      attempt('The lines changed after the approval', async () => {
        await need([question.base, question.head, question.approved]);
        return (await import('./unreviewed-tail.ts')).unreviewedTail(scratch, store, question);
      }),
    branchCommits: (tip, since) =>
      attempt('The history of the branch', async () => {
        await need([tip]);
        const [{ firstParentLog }, { branchCommit }] = await Promise.all([
          import('../history/first-parent-log.ts'),
          import('../history/branch-commit.ts'),
        ]);
        const commits: BranchCommit[] = [];
        await firstParentLog(scratch, store, tip, since, (entry) => commits.push(branchCommit(entry)));
        return commits.reverse();
      }),
    close: () => scratch.close(),
  };
}

function noMergeBase(base: string, head: string): GitFailure {
  return new GitFailure(
    `${base} and ${head} have no commit in common, so there is nothing to compare the head with`,
  );
}

async function attempt<T>(what: string, work: () => Promise<T>): Promise<T | Unavailable> {
  try {
    return await work();
  } catch (error) {
    return unavailable(`${what} could not be read: ${reasonOf(error)}.`);
  }
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}
