import type { CoverageModule } from '../../core/coverage-facts.ts';
import { globPattern } from '../../core/glob-pattern.ts';
import { ownedAreas } from './owned-areas.ts';

export interface ModuleSources {
  /** Every tracked file of the measured commit. */
  readonly tracked: readonly string[];
  /** Files with measured lines, at the base or now. */
  readonly measured: readonly string[];
  /** Name → path globs, as the settings have them. */
  readonly configured?: Readonly<Record<string, readonly string[]>>;
  /** Globs of package folders of an npm, pnpm or yarn workspace; a leading `!` takes folders out. */
  readonly workspaces: readonly string[];
  /** The text of CODEOWNERS. */
  readonly owners?: string;
}

export interface Modules {
  readonly kind: CoverageModule['kind'];
  /** Every path has a module; "" is what no other holds. */
  nameOf(path: string): string;
}

/**
 * Divides a repository into modules: as configured; else by its workspace packages, Go modules and Maven modules; else by
 * the areas that CODEOWNERS names; else by folders. A division that leaves all measured files in one part is none, and
 * the next is tried.
 */
export function findModules(sources: ModuleSources): Modules {
  const { measured, configured = {}, owners = '' } = sources;
  if (Object.keys(configured).length > 0) return byPatterns('configured', Object.entries(configured));
  const roots = manifestFolders(sources);
  const found = [
    ...(roots.folders.length > 0 ? [byFolder(roots.kind, roots.folders)] : []),
    byPatterns('owned area', ownedAreas(owners)),
  ].find((modules) => divides(modules, measured));
  return found ?? byTopFolder(measured);
}

function manifestFolders({ tracked, workspaces }: ModuleSources): {
  readonly kind: CoverageModule['kind'];
  readonly folders: readonly string[];
} {
  const isPackage = matcher(workspaces);
  const kinds = [
    ['workspace', foldersWith('package.json', tracked).filter(isPackage)],
    ['go module', foldersWith('go.mod', tracked)],
    ['maven module', foldersWith('pom.xml', tracked)],
  ] as const;
  const [largest] = kinds.toSorted((a, b) => b[1].length - a[1].length);
  return { kind: largest?.[0] ?? 'workspace', folders: kinds.flatMap(([, folders]) => folders) };
}

function foldersWith(name: string, tracked: readonly string[]): readonly string[] {
  return tracked
    .filter(
      (path) => path.endsWith(`/${name}`) && !/(?:^|\/)(?:node_modules|testdata|fixtures?)\//.test(path),
    )
    .map((path) => path.slice(0, -name.length - 1));
}

function matcher(globs: readonly string[]): (folder: string) => boolean {
  const usable = globs.filter(isUsable);
  const patterns = (isTaken: boolean) =>
    usable
      .filter((glob) => glob.startsWith('!') === isTaken)
      .map((glob) => globPattern(glob.replace(/^!/, '').replace(/\/+$/, '')));
  const [given, taken] = [patterns(false), patterns(true)];
  return (folder) =>
    given.some((pattern) => pattern.test(folder)) && !taken.some((pattern) => pattern.test(folder));
}

/** A glob with many stars can make an expression try for ages. */
function isUsable(glob: string): boolean {
  return glob.length <= 200 && glob.split('*').length <= 8;
}

function byFolder(kind: CoverageModule['kind'], folders: readonly string[]): Modules {
  const known = new Set(folders);
  return {
    kind,
    nameOf(path) {
      for (let folder = parent(path); folder !== ''; folder = parent(folder))
        if (known.has(folder)) return folder;
      return '';
    },
  };
}

/** The last name with a matching pattern counts, as in CODEOWNERS. */
function byPatterns(
  kind: CoverageModule['kind'],
  named: readonly (readonly [name: string, globs: readonly string[]])[],
): Modules {
  const patterns = named
    .map(([name, globs]) => ({ name, globs: globs.filter(isUsable).map(globPattern) }))
    .toReversed();
  return {
    kind,
    nameOf: (path) => patterns.find(({ globs }) => globs.some((glob) => glob.test(path)))?.name ?? '',
  };
}

/** The folders below the deepest folder that holds all measured files. */
function byTopFolder(measured: readonly string[]): Modules {
  let common = measured[0] === undefined ? '' : parent(measured[0]);
  for (const path of measured)
    while (common !== '' && !path.startsWith(`${common}/`)) common = parent(common);
  return {
    kind: 'folder',
    nameOf(path) {
      if (common !== '' && !path.startsWith(`${common}/`)) return '';
      const start = common === '' ? 0 : common.length + 1;
      const end = path.indexOf('/', start);
      return end < 0 ? '' : path.slice(0, end);
    },
  };
}

function divides({ nameOf }: Modules, measured: readonly string[]): boolean {
  return new Set(measured.map(nameOf)).size > 1;
}

function parent(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
