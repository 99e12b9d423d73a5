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
  /** Of most of them; a file that lies outside of these has the kind that `kindOf` says. */
  readonly kind: CoverageModule['kind'];
  /** Every path has a module; "" is what no other holds. */
  nameOf(path: string): string;
  /** What the module of a path is. */
  kindOf(path: string): CoverageModule['kind'];
}

/** Folders that say little by themselves: a repository keeps its parts in them, so that their folders are the modules. */
const containers =
  /^(?:src|source|lib|libs|app|apps|packages|crates|modules|services|internal|pkg|cmd|components)$/;

/**
 * Divides a repository into modules: as configured; else by its workspace packages, Go modules and Maven modules; else by
 * the areas that CODEOWNERS names; else by folders. A division that leaves all measured files in one part is none, and
 * the next is tried. What lies outside of a division that was found (not configured) is divided by folders: the program
 * itself is often what no package, Go module or area of it holds.
 */
export function findModules(sources: ModuleSources): Modules {
  const { measured, configured = {}, owners = '' } = sources;
  if (Object.keys(configured).length > 0) return byPatterns('configured', Object.entries(configured));
  const roots = manifestFolders(sources);
  const found = [
    ...(roots.folders.length > 0 ? [byFolder(roots.kind, roots.folders)] : []),
    byPatterns('owned area', ownedAreas(owners)),
  ].find((modules) => divides(modules, measured));
  return found ? withFolders(found, measured) : byTopFolder(measured);
}

function withFolders(found: Modules, measured: readonly string[]): Modules {
  const folders = byTopFolder(measured.filter((path) => found.nameOf(path) === ''));
  return {
    kind: found.kind,
    nameOf: (path) => found.nameOf(path) || folders.nameOf(path),
    kindOf: (path) => (found.nameOf(path) === '' ? folders.kind : found.kind),
  };
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
    kindOf: () => kind,
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
    .map(([name, globs]) => ({ name, globs: globs.filter(isUsable).map(quickPattern) }))
    .toReversed();
  const names = new Map<string, string>();
  return {
    kind,
    kindOf: () => kind,
    nameOf(path) {
      const known = names.get(path);
      if (known !== undefined) return known;
      const name = patterns.find(({ globs }) => globs.some((isMatch) => isMatch(path)))?.name ?? '';
      names.set(path, name);
      return name;
    },
  };
}

/** Hundreds of areas times thousands of files: nearly all of them differ in the longest stretch without a wildcard. */
function quickPattern(glob: string): (path: string) => boolean {
  const pattern = globPattern(glob);
  const [certain = ''] = glob.replace(/^\.\//, '').split('{');
  const [longest = ''] = certain.split(/[*?,}]+/).toSorted((a, b) => b.length - a.length);
  // `**/` also stands for no folder at all, so that a slash beside a wildcard may be missing.
  const words = longest.replace(/^\/|\/$/g, '');
  return (path) => path.includes(words) && pattern.test(path);
}

/** The folders below the deepest folder that holds all measured files, and those below a container. */
function byTopFolder(measured: readonly string[]): Modules {
  let common = measured[0] === undefined ? '' : parent(measured[0]);
  for (const path of measured)
    while (common !== '' && !path.startsWith(`${common}/`)) common = parent(common);
  return {
    kind: 'folder',
    kindOf: () => 'folder',
    nameOf(path) {
      if (common !== '' && !path.startsWith(`${common}/`)) return '';
      const start = common === '' ? 0 : common.length + 1;
      const end = path.indexOf('/', start);
      if (end < 0) return '';
      const next = path.indexOf('/', end + 1);
      return path.slice(0, next > 0 && containers.test(path.slice(start, end)) ? next : end);
    },
  };
}

function divides({ nameOf }: Modules, measured: readonly string[]): boolean {
  return new Set(measured.map(nameOf)).size > 1;
}

function parent(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
