import type {
  MigrationElsewhere,
  MigrationFacts,
  MigrationFile,
  MigrationFolder,
} from '../../core/migration-facts.ts';
import { isUnavailable } from '../../core/part.ts';
import { newVersions } from './new-versions.ts';
import { isEarlier, isSameVersion } from './version-key.ts';

export interface Collision {
  readonly file: MigrationFile;
  readonly kind: 'same-version' | 'out-of-order';
  readonly otherPath: string;
  readonly otherVersion: string;
  /** The highest version that is known on the base. */
  readonly newestVersion: string;
  readonly where: 'base' | 'change' | MigrationElsewhere;
}

/** Tools that refuse or skip a migration older than one that has run; the others run what is missing. */
const strictOrder: ReadonlySet<string> = new Set(['flyway', 'golang-migrate', 'goose', 'supabase']);

/** Where a migration of the change has the version of another one, or comes too late for its tool; one for each file. */
export function collisionsOf(
  migrations: MigrationFacts,
  ownNumber: number | undefined,
): readonly Collision[] {
  // sql-migrate notes down whole names, and runs whatever is missing.
  const added = newVersions(migrations).filter(({ framework }) => framework !== 'sql-migrate');
  const touched = new Set(migrations.files.flatMap(({ path, previousPath = '' }) => [path, previousPath]));
  const folders = new Map((migrations.folders ?? []).map((folder) => [folder.folder, folder]));
  return added.flatMap((file) => {
    const folder = folders.get(file.folder ?? '');
    const inFolder = (folder?.files ?? []).filter(({ path }) => !touched.has(path));
    // Where numbers are shared already, they are dates or groups and the whole name tells files apart.
    if (folder && sharesVersions(file.framework, folder)) return [];
    const others = [
      ...inFolder.map(({ path, version }) => ({ path, version, where: 'base' as const })),
      ...added
        .filter(({ path, folder: other }) => path < file.path && other === file.folder)
        .map(({ path, version }) => ({ path, version, where: 'change' as const })),
      ...elsewhereOf(migrations, file, ownNumber),
    ];
    const same = others.find(({ version }) => isSameVersion(file.framework, version, file.version));
    const newest = inFolder.at(-1);
    if (same) return [collision(file, 'same-version', same, newest?.version ?? same.version)];
    if (
      !newest ||
      !strictOrder.has(file.framework) ||
      !isEarlier(file.framework, file.version, newest.version)
    )
      return [];
    return [collision(file, 'out-of-order', { ...newest, where: 'base' }, newest.version)];
  });
}

function collision(
  file: MigrationFile,
  kind: Collision['kind'],
  { path, version, where }: { path: string; version: string; where: Collision['where'] },
  newestVersion: string,
): Collision {
  return { file, kind, otherPath: path, otherVersion: version, where, newestVersion };
}

/** Of two open pull requests the later one hears of it; one that waits in the merge queue has gone first. */
function elsewhereOf({ elsewhere }: MigrationFacts, file: MigrationFile, ownNumber: number | undefined) {
  if (elsewhere === undefined || isUnavailable(elsewhere)) return [];
  const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const [own, depth] = [folderOf(file.path), file.path.split('/').length];
  return elsewhere.flatMap((other) => {
    if (other.path === file.path || other.pullRequest === ownNumber) return [];
    if (!other.isQueued && ownNumber !== undefined && other.pullRequest > ownNumber) return [];
    const isBeside =
      folderOf(other.path) === own || (isFolderStep(file) && other.path.split('/').length === depth);
    const version = isBeside ? versionLike(file, other.path) : undefined;
    return version === undefined ? [] : [{ path: other.path, version, where: other }];
  });
}

/** Frameworks that give each migration a folder of its own, named by its version. */
function isFolderStep({ path, version, folder = '' }: MigrationFile): boolean {
  return path.startsWith(`${folder === '' ? '' : `${folder}/`}${version}/`);
}

/** The version of another path, read as this file's own version stands in its path. */
function versionLike(file: MigrationFile, other: string): string | undefined {
  const folder = file.folder ?? '';
  if (folder !== '' && !other.startsWith(`${folder}/`)) return undefined;
  const rest = folder === '' ? other : other.slice(folder.length + 1);
  if (isFolderStep(file)) return rest.split('/')[0];
  const name = rest.split('/').at(-1) ?? '';
  if (/\.(?:down|undo)\.sql$|^U\d/i.test(name)) return undefined;
  // Alembic's ids stand inside; two of Django with one number were both made to follow the same one.
  if (file.framework === 'alembic') return undefined;
  if (file.framework === 'django') return isSameNumber(name, file.version) ? file.version : undefined;
  const match = /^[vV]?(\d+(?:[._]\d+)*)/.exec(name);
  return file.framework === 'flyway' ? match?.[1]?.replaceAll('_', '.') : /^[vV]?(\d+)/.exec(name)?.[1];
}

/** `0042_a.py` and `0042_b`. */
function isSameNumber(name: string, version: string): boolean {
  const number = /^\d+(?=_)/.exec(version)?.[0];
  return number !== undefined && /^\d+(?=_)/.exec(name)?.[0] === number && name.endsWith('.py');
}

function sharesVersions(framework: string, { files }: MigrationFolder): boolean {
  return files.some(({ version }, at) => {
    const next = files[at + 1];
    return next !== undefined && isSameVersion(framework, version, next.version);
  });
}
