import type { CommitId } from '../../core/change.ts';
import { decodeHealthRecord, type HealthRecord } from '../../core/health-record.ts';
import { type Part, type Unavailable, unavailable } from '../../core/part.ts';
import { hardenedEnvironment, type Remote } from '../git/git-environment.ts';
import { GitFailure } from '../git/git-failure.ts';
import {
  createScratchHome,
  createScratchRepository,
  type ScratchRepository,
} from '../git/scratch-repository.ts';

/** A hidden ref: no branch list shows it, no clone fetches it, no workflow starts from it. */
export const healthRef = 'refs/review-vitals/health';

export interface ChainState {
  /** Absent: nothing has been kept yet. */
  readonly tip?: CommitId;
  /** Newest first; entries that are no record of a known version are left out. */
  readonly records: readonly HealthRecord[];
}

/** The chain of health records at the remote. Whoever can push can forge it: it informs, it decides nothing. */
export interface HealthChain {
  read(): Promise<Part<ChainState>>;
  /** `moved`: another writer was first; read again and try again. */
  append(message: string, tip: CommitId | undefined): Promise<'written' | 'moved' | Unavailable>;
  close(): Promise<void>;
}

export interface ChainOptions {
  readonly remote: Remote;
  /** An existing temporary folder; a new one is made in it and removed by `close`. */
  readonly scratchFolder: string;
  readonly ref?: string;
}

/** A year of weeks, and some re-runs. */
const depth = 60;
const seconds = 120;
const mostBytes = 4_000_000;

export async function openHealthChain(options: ChainOptions): Promise<Part<HealthChain>> {
  const { remote, scratchFolder, ref = healthRef } = options;
  let scratch: ScratchRepository | undefined;
  try {
    scratch = await open(scratchFolder, remote, 'sha1');
    if (await speaksSha256(scratch, ref)) {
      await scratch.close();
      scratch = await open(scratchFolder, remote, 'sha256');
    }
    const opened = scratch;
    return {
      read: () => attempt(() => read(opened, ref)),
      append: (message, tip) => attempt(() => append(opened, ref, message, tip)),
      close: () => opened.close(),
    };
  } catch (error) {
    await scratch?.close();
    return unavailable(messageOf(error));
  }
}

async function open(
  scratchFolder: string,
  remote: Remote,
  objectFormat: 'sha1' | 'sha256',
): Promise<ScratchRepository> {
  const home = await createScratchHome(scratchFolder);
  const environment = hardenedEnvironment({ home });
  return createScratchRepository(home, { environment, objectFormat, remote, trustUserConfig: false });
}

async function speaksSha256(scratch: ScratchRepository, ref: string): Promise<boolean> {
  try {
    const [first = ''] = await listRemote(scratch, ['HEAD', ref]);
    return /^[0-9a-f]{64}\t/.test(first);
  } catch (error) {
    if (/mismatched algorithms|object format/i.test(messageOf(error))) return true;
    throw error;
  }
}

/** A failed fetch is no proof that a ref is absent; an answer without it is. */
async function listRemote(scratch: ScratchRepository, refs: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await scratch.run(['ls-remote', '--quiet', '--', 'origin', ...refs], {
    mayFetch: true,
    seconds,
  });
  return stdout.toString('latin1').split('\n').filter(Boolean);
}

async function read(scratch: ScratchRepository, ref: string): Promise<ChainState> {
  const listed = (await listRemote(scratch, [ref])).some((line) => line.endsWith(`\t${ref}`));
  if (!listed) return { records: [] };
  await scratch.run(
    [
      'fetch',
      '--quiet',
      '--no-tags',
      '--no-recurse-submodules',
      `--depth=${depth}`,
      '--filter=tree:0',
      'origin',
      `+${ref}:${ref}`,
    ],
    { mayFetch: true, seconds },
  );
  const { stdout } = await scratch.run(
    ['log', '-z', `--max-count=${depth}`, '--format=%H%n%B', '--encoding=UTF-8', '--end-of-options', ref],
    { maxBytes: mostBytes },
  );
  const entries = stdout
    .toString('utf8')
    .split('\0')
    .filter(Boolean)
    .map((entry) => ({
      id: entry.slice(0, entry.indexOf('\n')),
      message: entry.slice(entry.indexOf('\n') + 1),
    }));
  const [newest] = entries;
  if (!newest || !scratch.isObjectId(newest.id))
    throw new GitFailure(`${ref} at the remote leads to no commit`);
  return { tip: newest.id, records: entries.flatMap(({ message }) => decodeHealthRecord(message) ?? []) };
}

async function append(
  scratch: ScratchRepository,
  ref: string,
  message: string,
  tip: CommitId | undefined,
): Promise<'written' | 'moved' | Unavailable> {
  const tree = text(await scratch.run(['hash-object', '-t', 'tree', '-w', '--stdin']));
  const parent = tip === undefined ? [] : ['-p', tip];
  const commit = text(await scratch.run(['commit-tree', tree, ...parent, '-F', '-'], { input: message }));
  // An empty expectation means: the ref must not exist yet.
  const { stdout } = await scratch.run(
    ['push', '--porcelain', `--force-with-lease=${ref}:${tip ?? ''}`, 'origin', `${commit}:${ref}`],
    { mayFetch: true, seconds, answers: [1] },
  );
  const line = stdout
    .toString('utf8')
    .split('\n')
    .find((candidate) => candidate.includes(`:${ref}\t`));
  if (line === undefined) throw new GitFailure('git push told nothing of the ref');
  if (!line.startsWith('!')) return 'written';
  return isLostRace(line)
    ? 'moved'
    : unavailable(`the server refused it (${line.slice(line.lastIndexOf('\t') + 1, 200)})`);
}

/**
 * Another writer was first: told by the client ("stale info", "fetch first", "non-fast-forward") or by the server, which
 * could not lock or update the ref. Hooks and rules refuse for good.
 */
export function isLostRace(line: string): boolean {
  return /stale info|fetch first|non-fast-forward|failed to update ref|cannot lock ref|reference already exists|remote ref updated since/i.test(
    line,
  );
}

function text({ stdout }: { readonly stdout: Buffer }): string {
  return stdout.toString('latin1').trim();
}

async function attempt<T>(work: () => Promise<T>): Promise<T | Unavailable> {
  try {
    return await work();
  } catch (error) {
    return unavailable(messageOf(error));
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
