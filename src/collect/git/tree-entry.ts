import { GitFailure } from './git-failure.ts';
import type { ScratchRepository } from './scratch-repository.ts';

export interface TreeEntry {
  readonly mode: string;
  readonly oid: string;
}

/**
 * What stands at a path of a commit, found tree by tree; undefined where nothing does. Names are compared byte for byte.
 * Throws `GitFailure` when a tree on the way is not here: what could not be looked at is not absent.
 */
export async function treeEntry(
  scratch: ScratchRepository,
  commit: string,
  path: string,
): Promise<TreeEntry | undefined> {
  let entry: TreeEntry = { mode: '040000', oid: await treeOf(scratch, commit) };
  for (const name of path.split('/')) {
    if (entry.mode !== '040000') return undefined;
    const [tree] = await scratch.objects.read([entry.oid]);
    if (tree?.type !== 'tree') throw new GitFailure(`tree ${entry.oid} is missing in the repository`);
    const found = entryIn(tree.content, name, entry.oid.length / 2);
    if (!found) return undefined;
    entry = found;
  }
  return entry;
}

async function treeOf(scratch: ScratchRepository, commit: string): Promise<string> {
  const [object] = await scratch.objects.read([commit]);
  const [, tree] = /^tree ([0-9a-f]{40,64})\n/.exec(textOf(object?.content)) ?? [];
  if (object?.type !== 'commit' || tree === undefined) throw new GitFailure(`${commit} is no commit`);
  return tree;
}

function textOf(content: Uint8Array = new Uint8Array()): string {
  return Buffer.from(content.subarray(0, 80)).toString('latin1');
}

/** A raw tree is a list of `mode name\0id`, the id in bytes. */
function entryIn(content: Uint8Array, name: string, idBytes: number): TreeEntry | undefined {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const wanted = Buffer.from(name, 'utf8');
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const end = bytes.indexOf(0, space);
    if (space < 0 || end < 0) return undefined;
    if (bytes.subarray(space + 1, end).equals(wanted)) {
      return {
        mode: bytes.toString('latin1', at, space).padStart(6, '0'),
        oid: bytes.toString('hex', end + 1, end + 1 + idBytes),
      };
    }
    at = end + 1 + idBytes;
  }
  return undefined;
}
