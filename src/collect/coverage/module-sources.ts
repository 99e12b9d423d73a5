import type { CommitId } from '../../core/change.ts';
import { isUnavailable } from '../../core/part.ts';
import type { ModuleSources } from '../../coverage/measure/find-modules.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';
import type { TreeFile } from '../git/tree-files.ts';

/** In the order GitHub looks for it. */
const ownersPaths = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];
const largest = 3 * 1024 * 1024;
const mostGlobs = 1_000;

/**
 * What says where modules are. The files that say so are read from the base of the change, so that a change cannot
 * redraw the modules it is judged by.
 */
export async function moduleSources(
  repository: JudgedRepository,
  base: CommitId,
): Promise<Pick<ModuleSources, 'workspaces' | 'owners'>> {
  const files = await repository.listFiles(base);
  if (isUnavailable(files)) return { workspaces: [] };
  const byPath = new Map(files.filter(({ kind }) => kind === 'file').map((file) => [file.path, file]));
  const owners = ownersPaths.flatMap((path) => byPath.get(path) ?? [])[0];
  const asked = [byPath.get('package.json'), byPath.get('pnpm-workspace.yaml'), owners];
  const contents = await repository.readBlobs(
    asked.flatMap((file) => file ?? []),
    { maxBytes: largest },
  );
  const textOf = (file: TreeFile | undefined) => {
    const content = file && contents.get(file.oid);
    return content instanceof Uint8Array ? Buffer.from(content).toString('utf8') : '';
  };
  const [manifest, pnpm, ownersText] = asked.map(textOf);
  return {
    workspaces: [...npmWorkspaces(manifest ?? ''), ...(await pnpmWorkspaces(pnpm ?? ''))].slice(0, mostGlobs),
    ...(ownersText && { owners: ownersText }),
  };
}

/** `"workspaces": [...]` of npm and yarn, `{ "packages": [...] }` of older yarns. */
export function npmWorkspaces(text: string): readonly string[] {
  const workspaces = property(
    attempt(() => JSON.parse(text)),
    'workspaces',
  );
  return strings(Array.isArray(workspaces) ? workspaces : property(workspaces, 'packages'));
}

export async function pnpmWorkspaces(text: string): Promise<readonly string[]> {
  if (text === '') return [];
  // Few repositories have the file, and its parser is larger than all that reads git.
  const { parse } = await import('yaml');
  return strings(
    property(
      attempt(() => parse(text, { maxAliasCount: 10 })),
      'packages',
    ),
  );
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** A manifest that cannot be read names no module; that it is broken is for its own tools to say. */
function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}
