import type { CommitId } from '../../core/change.ts';
import { GitFailure, quoteSafely } from './git-failure.ts';
import { describeRemote, type ObjectStore } from './object-store.ts';
import type { ScratchRepository } from './scratch-repository.ts';

export interface Names {
  /** Of the checkout, where there is one. */
  readonly folder?: string;
  readonly head?: CommitId;
  readonly refs: ReadonlyMap<string, CommitId>;
}

/** A name, then steps along the history (`~2`, `^`, `^2`, `^0`). Everything else git's syntax has needs a work tree. */
const grammar = /^([^~^:\s\0]+)((?:~\d{0,6}|\^\d{0,3})*)$/;

/** Where git looks for a short name, in its order. */
const places = ['', 'refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/'] as const;

/**
 * The commit a revision means: a full or abbreviated id, `HEAD`, a branch, tag or other ref of the checkout, else of the
 * remote. Steps are taken in the scratch repository, which knows the true parents. Throws `GitFailure`.
 */
export async function resolveRevision(
  scratch: ScratchRepository,
  store: ObjectStore,
  names: Names,
  revision: string,
): Promise<CommitId> {
  const [, name, steps = ''] = grammar.exec(revision) ?? [];
  const shown = quoteSafely(revision, []);
  if (name === undefined || name.startsWith('-') || name.includes('@{')) {
    throw new GitFailure(`\`${shown}\` is no revision: give a branch, a tag or a commit id`);
  }
  const id =
    (scratch.isObjectId(name) ? name : undefined) ??
    localName(names, name) ??
    (await abbreviated(scratch, name)) ??
    (await remoteName(scratch, name));
  if (id === undefined) {
    throw new GitFailure(whyUnknown(scratch, names, shown));
  }
  const [lost] = await store.ensureCommits([id]);
  if (lost) throw new GitFailure(`commit ${id} of \`${shown}\` could not be had: ${lost.reason}`);
  if (steps === '' && store.isCommit(id)) return id;
  return scratch
    .ask('rev-parse', '--verify', '--quiet', '--end-of-options', `${id}${steps}^{commit}`)
    .catch(() => {
      throw new GitFailure(
        `\`${shown}\` leads to no commit: the history is shorter, or the id names something else`,
      );
    });
}

function whyUnknown(scratch: ScratchRepository, { folder, head, refs }: Names, shown: string): string {
  const remote = scratch.remote && describeRemote(scratch);
  if (folder !== undefined && head === undefined && refs.size === 0) {
    const there = remote ? `, and ${remote} knows no \`${shown}\`` : '';
    return `the repository in ${quoteSafely(folder, [])} has no commit yet${there}: make a first one, or name another folder`;
  }
  return `no branch, tag or commit \`${shown}\` is known ${remote ? `here or at ${remote}` : 'here'}`;
}

function localName({ head, refs }: Names, name: string): CommitId | undefined {
  if (name === 'HEAD' || name === '@') return head;
  const full = places.map((place) => `${place}${name}`).find((candidate) => refs.has(candidate));
  return full === undefined ? refs.get(`refs/remotes/${name}/HEAD`) : refs.get(full);
}

async function abbreviated(scratch: ScratchRepository, name: string): Promise<CommitId | undefined> {
  if (!/^[0-9a-f]{4,64}$/.test(name)) return undefined;
  const { code, stdout } = await scratch.run(
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`],
    { answers: [1, 128] },
  );
  return code === 0 ? stdout.toString('latin1').trim() : undefined;
}

async function remoteName(scratch: ScratchRepository, name: string): Promise<CommitId | undefined> {
  if (!scratch.remote) return undefined;
  const short = name.replace(/^origin\//, '');
  const candidates = [
    ...places.slice(0, 4).map((place) => `${place}${name}`),
    short === 'HEAD' ? short : `refs/heads/${short}`,
  ];
  const { stdout } = await scratch.run(['ls-remote', '--quiet', '--', 'origin', ...candidates], {
    mayFetch: true,
    seconds: 60,
  });
  const found = new Map(
    stdout
      .toString('utf8')
      .split('\n')
      .map((line) => line.split('\t'))
      .map(([id = '', ref = '']) => [ref, id]),
  );
  const ref = candidates.find((candidate) => found.has(candidate));
  const id = ref === undefined ? undefined : found.get(ref);
  return id !== undefined && scratch.isObjectId(id) ? id : undefined;
}
