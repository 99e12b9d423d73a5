import type { CommitId } from '../../core/change.ts';
import { GitFailure } from './git-failure.ts';
import { askedInTurn, type ObjectInfo } from './object-dialogue.ts';
import { askForAll } from './refused-ids.ts';
import { holdsFullHistory, type ScratchRepository } from './scratch-repository.ts';

export interface MissingCommit {
  readonly id: CommitId;
  /** Why it could not be had, and what to do. */
  readonly reason: string;
}

/** Getting objects into the scratch repository: always in batches, since git's lazy fetching asks once per object. */
export interface ObjectStore {
  /** What is here, without any request. Ids that are not here are absent. */
  inspect(ids: readonly string[]): Promise<ReadonlyMap<string, ObjectInfo>>;
  /** Whether an id that was ensured is a commit itself, and not a tag on one. */
  isCommit(id: string): boolean;
  /** Gets commits with their whole history, without trees. Gives those that could not be had. */
  ensureCommits(ids: readonly CommitId[]): Promise<readonly MissingCommit[]>;
  /** Gets trees (with all below them, blobs not included) or blobs that are not here yet, in one request. */
  prefetch(ids: readonly string[]): Promise<void>;
}

const fetchSeconds = 600;

const fetch = ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head'];

export function createObjectStore(scratch: ScratchRepository): ObjectStore {
  let queue: Promise<unknown> = Promise.resolve();
  /** One fetch at a time: what the first one brings the second one need not ask for. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work, work);
    queue = turn.catch(() => undefined);
    return turn;
  }

  async function inspect(ids: readonly string[]): Promise<ReadonlyMap<string, ObjectInfo>> {
    const found = new Map<string, ObjectInfo>();
    const wanted = [...new Set(ids)].filter(scratch.isObjectId);
    if (wanted.length <= askedInTurn) return scratch.objects.inspect(wanted);
    const { stdout } = await scratch.run(['cat-file', '--batch-check', '--buffer'], {
      input: `${wanted.join('\n')}\n`,
    });
    for (const line of stdout.toString('latin1').split('\n')) {
      const [id, type, bytes] = line.split(' ');
      if (id && type && bytes !== undefined) found.set(id, { type, bytes: Number(bytes) });
    }
    return found;
  }

  async function fetchCommits(ids: readonly CommitId[]): Promise<void> {
    // Kept under a name: the next fetch then offers them, and does not get the whole history again.
    const input = ids.map((id) => `+${id}:refs/review-vitals/kept/${id}\n`).join('');
    await scratch.run([...fetch, '--filter=tree:0', '--stdin', 'origin'], {
      input,
      mayFetch: true,
      seconds: fetchSeconds,
    });
    if (!(await holdsFullHistory(scratch))) {
      throw new GitFailure(
        `${describeRemote(scratch)} is itself shallow, so its history ends early: fetch from a complete repository`,
      );
    }
  }

  /** Nothing is ever deleted here, so what was once found needs no second look: the type of each id. */
  const here = new Map<string, string>();

  async function getCommits(wanted: readonly CommitId[]): Promise<readonly MissingCommit[]> {
    const ids = wanted.filter((id) => !here.has(id));
    // With their content: whoever asks for a commit wants to read it next, from the same process.
    const present =
      ids.length <= askedInTurn
        ? await scratch.objects.read(ids)
        : [...(await inspect(ids))].map(([id, { type }]) => ({ id, type }));
    for (const { id, type } of present) here.set(id, type);
    const unknown = ids.filter((id) => !here.has(id));
    if (unknown.length === 0) return [];
    if (!scratch.remote) {
      return unknown.map((id) => ({ id, reason: 'there is no remote to fetch it from' }));
    }
    const refused = await askForAll(unknown, fetchCommits);
    return [...refused].map(([id, reason]) => ({ id, reason }));
  }

  async function getObjects(ids: readonly string[]): Promise<void> {
    if (!scratch.remote) return;
    const present = await inspect(ids);
    const unknown = [...new Set(ids)].filter((id) => scratch.isObjectId(id) && !present.has(id));
    if (unknown.length === 0) return;
    await scratch.run(
      ['-c', 'fetch.negotiationAlgorithm=noop', ...fetch, '--filter=blob:none', '--stdin', 'origin'],
      { input: `${unknown.join('\n')}\n`, mayFetch: true, seconds: fetchSeconds },
    );
  }

  return {
    inspect,
    isCommit: (id) => here.get(id) === 'commit',
    ensureCommits: (ids) => inTurn(() => getCommits([...new Set(ids)])),
    prefetch: (ids) => inTurn(() => getObjects(ids)),
  };
}

/** The remote without credentials, for sentences. */
export function describeRemote(scratch: ScratchRepository): string {
  return scratch.remote ? scratch.remote.url.replace(/(\w:\/\/)[^/\s@]*@/, '$1') : 'the repository';
}
