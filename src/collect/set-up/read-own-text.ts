import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Part, unavailable } from '../../core/part.ts';

/** Far larger than any settings file or workflow we know. */
const largestText = 256 * 1024;

/**
 * A text file of a work tree that may hold anything: links are not followed, since they may lead out of it, and nothing
 * but an ordinary file of at most 256 KiB is opened. `undefined` when it does not exist.
 */
export async function readOwnText(workTree: string, path: string): Promise<Part<string> | undefined> {
  const link = await firstLink(workTree, path);
  if (link !== undefined) return unavailable(`${link} is a link and was not followed`);
  const found = await lstat(join(workTree, path)).catch(() => undefined);
  if (found === undefined) return undefined;
  if (!found.isFile()) return unavailable(`${path} is no ordinary file`);
  if (found.size > largestText) return unavailable(`${path} is larger than 256 KiB`);
  return readFile(join(workTree, path), 'utf8').catch((error: NodeJS.ErrnoException) =>
    unavailable(`${path} cannot be read (${error.code ?? error.message})`),
  );
}

/** The first part of a path below a folder that is a symbolic link: reading or writing there may end up elsewhere. */
export async function firstLink(folder: string, path: string): Promise<string | undefined> {
  const segments = path.split('/');
  for (let count = 1; count <= segments.length; count += 1) {
    const part = segments.slice(0, count).join('/');
    const found = await lstat(join(folder, part)).catch(() => undefined);
    if (found === undefined) return undefined;
    if (found.isSymbolicLink()) return part;
  }
  return undefined;
}
