import type { CommitId } from '../../core/change.ts';
import { type Unavailable, unavailable } from '../../core/part.ts';
import { prefetch, treesOf } from './chain-files.ts';
import type { Remote } from './git-environment.ts';
import { quoteSafely } from './git-failure.ts';
import type { ChainFile } from './hidden-chain.ts';
import type { ScratchRepository } from './scratch-repository.ts';

const seconds = 120;

/** Writes one commit on top of `tip` and pushes it, when the ref still is where it was. Throws `GitFailure`. */
export async function appendToChain(
  scratch: ScratchRepository,
  remote: Remote,
  ref: string,
  entry: { readonly message: string; readonly files: readonly ChainFile[] },
  tip: CommitId | undefined,
): Promise<'written' | 'moved' | Unavailable> {
  const parts = entry.files.flatMap(({ path, content }) => [
    `M 100644 inline ${path}\ndata ${content.length}\n`,
    content,
    '\n',
  ]);
  const stream = [
    'commit refs/review-vitals/new\ncommitter Review Vitals <review-vitals@localhost> 0 +0000\ndata 0\n',
    'deleteall\n',
    ...parts,
    '\ndone\n',
  ];
  await scratch.run(['update-ref', '-d', 'refs/review-vitals/new']);
  await scratch.run(['fast-import', '--quiet', '--force', '--done'], {
    input: Buffer.concat(stream.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))),
    seconds,
  });
  const parent = tip === undefined ? [] : ['-p', tip];
  const made = await scratch.run(['commit-tree', 'refs/review-vitals/new^{tree}', ...parent, '-F', '-'], {
    input: entry.message,
  });
  const commit = made.stdout.toString('latin1').trim();
  if (tip !== undefined) await getWhatIsThere(scratch, tip, commit);
  // An empty expectation means: the ref must not exist yet.
  const { stdout, stderr } = await scratch.run(
    ['push', '--porcelain', `--force-with-lease=${ref}:${tip ?? ''}`, 'origin', `${commit}:${ref}`],
    { mayFetch: true, seconds, answers: [1] },
  );
  return outcomeOfPush(stdout.toString('utf8'), stderr, ref, remote);
}

/**
 * With the trees of the last entry git knows what the server has, and sends only what differs; with its version of what
 * differs it can send that as a difference. Without the latter it would fetch them by itself, one by one.
 */
async function getWhatIsThere(scratch: ScratchRepository, tip: CommitId, commit: CommitId): Promise<void> {
  await prefetch(scratch, await treesOf(scratch, [tip]));
  const { stdout } = await scratch.run([
    'diff-tree',
    '-r',
    '--no-renames',
    '--diff-filter=MT',
    '--no-abbrev',
    '--end-of-options',
    tip,
    commit,
  ]);
  const old = stdout
    .toString('latin1')
    .split('\n')
    .flatMap((line) => line.split(' ')[2] ?? []);
  await prefetch(scratch, [...new Set(old)].filter(scratch.isObjectId));
}

/** `git push --porcelain` gives one line a ref; without one the server was not reached or did not let anybody in. */
export function outcomeOfPush(
  porcelain: string,
  stderr: string,
  ref: string,
  { token }: Pick<Remote, 'token'>,
): 'written' | 'moved' | Unavailable {
  const line = porcelain.split('\n').find((candidate) => candidate.includes(`:${ref}\t`));
  if (line === undefined) {
    return unavailable(
      `git push did not say what became of ${ref} (${quoteSafely(stderr, token ? [token] : [])})`,
    );
  }
  if (!line.startsWith('!')) return 'written';
  if (isLostRace(line)) return 'moved';
  return unavailable(
    `the server refused it (${quoteSafely(line.slice(line.lastIndexOf('\t') + 1), token ? [token] : [])})`,
  );
}

/**
 * Another writer was first. That is told in many words, by the client ("stale info", "fetch first") and by the server
 * ("cannot lock ref", "failed to update ref"), so what is told apart is the other thing: a hook, a rule or a permission,
 * which refuse for good.
 */
export function isLostRace(line: string): boolean {
  return !/hook declined|protected|\brules?\b|denied|denying|not permitted|not allowed|forbidden|prohibit|hidden ref|shallow update|unpack/i.test(
    line,
  );
}
