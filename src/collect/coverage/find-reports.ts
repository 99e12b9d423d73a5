import { type Dirent, lstatSync, readdirSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { globPattern } from '../../core/glob-pattern.ts';
import { quoteName } from '../../core/quote-name.ts';

/** Names under which coverage tools leave their reports by default. */
const wellKnown = [
  /^lcov(?:[.-][\w.-]+)?\.info$/,
  /^[\w.-]+\.lcov$/,
  /^lcov\.(?:dat|txt)$/,
  /^(?:coverage|coverage[.-][\w.-]+)\.(?:info|lcov)$/,
  /^coverage(?:[.-][\w.-]+)?\.xml$/,
  /^(?:[\w.-]+[.-])?cobertura(?:[.-][\w.-]+)?\.xml$/,
  /^(?:[\w.-]+[.-])?coverage\.xml$/,
  /^jacoco[\w.-]*\.xml$/,
  /^clover(?:[.-][\w.-]+)?\.xml$/,
  /^scoverage\.xml$/,
  /^coverage-final(?:[.-][\w.-]+)?\.json$/,
  /^(?:cover|coverage|c|profile)(?:[.-][\w.-]+)?\.(?:out|cov|coverprofile)$/,
];
/** A quick look before the patterns above: nearly all files of a work tree end otherwise. */
const reportEnding = /\.(?:info|lcov|dat|txt|xml|json|out|cov|coverprofile)$/;

const skippedFolders = new Set([
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  'vendor',
  '.yarn',
  '.pnpm-store',
  '.venv',
  'venv',
]);
const mostReports = 200;
const mostEntries = 500_000;
const deepest = 24;

export interface FoundReports {
  /** Relative to the workspace, with slashes, sorted. */
  readonly paths: readonly string[];
  readonly remarks: readonly string[];
}

/**
 * Report files below a workspace: those that the globs (relative to it, `**` for any depth) match, else those with a
 * well-known name. Symbolic links are followed to files inside the workspace only, never to folders. Looks without
 * waiting: a thousand files take 3 ms so, and 15 when each is waited for.
 */
export function findReports(workspace: string, globs: readonly string[] = []): FoundReports {
  const root = realpathSync(workspace);
  const paths: string[] = [];
  const remarks: string[] = [];
  const wanted = globs.length > 0 ? globs.map(globPattern) : undefined;
  let entries = 0;
  const folders: { path: string; depth: number }[] = [{ path: '', depth: 0 }];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const found = entriesOf(join(root, folder.path));
    if (found === undefined) {
      remarks.push(`the folder ${quoteName(folder.path || '.')} could not be searched for coverage reports`);
      continue;
    }
    entries += found.length;
    for (const entry of found) {
      const path = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!skippedFolders.has(entry.name) && folder.depth < deepest)
          folders.push({ path, depth: folder.depth + 1 });
      } else if (wanted ? wanted.some((glob) => glob.test(path)) : isWellKnown(entry.name)) {
        const refused = entry.isSymbolicLink() ? leadsOutside(root, path) : !entry.isFile();
        if (refused)
          remarks.push(`${quoteName(path)} is a link out of the workspace or no file; it was not read`);
        else paths.push(path);
      }
    }
    if (entries > mostEntries) {
      remarks.push(
        `the search for coverage reports stopped after ${mostEntries} files; name them with a glob`,
      );
      break;
    }
  }
  const sorted = paths.toSorted();
  if (sorted.length > mostReports) {
    remarks.push(`${sorted.length} coverage reports were found; only the first ${mostReports} were read`);
  }
  return { paths: sorted.slice(0, mostReports), remarks };
}

const howToGiveOne =
  'run the tests with a coverage report (lcov, Cobertura, JaCoCo, Clover, Go or Istanbul) before this step, or name it with the `coverage` input (`--coverage` on the command line)';

/** Why there is none, and what now; `but` says what there was instead. */
export function noReports(globs: readonly string[], but: readonly string[] = []): string {
  const nothing =
    globs.length > 0
      ? `no coverage report matches ${globs.map(quoteName).join(', ')}`
      : 'no coverage report was found';
  return `${but.length > 0 ? but.join('; ') : nothing}; ${howToGiveOne}`;
}

function isWellKnown(name: string): boolean {
  return reportEnding.test(name) && wellKnown.some((known) => known.test(name));
}

function entriesOf(folder: string): readonly Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return undefined;
  }
}

function leadsOutside(root: string, path: string): boolean {
  const target = targetOf(join(root, path));
  if (target === undefined) return true;
  const inside = relative(root, target);
  if (inside === '..' || inside.startsWith(`..${sep}`)) return true;
  return !lstatSync(target).isFile();
}

function targetOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
