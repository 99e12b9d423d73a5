import type { UnmappedPath } from '../core/coverage-facts.ts';
import { joinPath, reportPath, unescaped } from './report-path.ts';
import type { TrackedPaths } from './tracked-paths.ts';

export interface ReportPaths {
  /** As the report writes them. */
  readonly paths: readonly string[];
  /** Cobertura's `<source>` and its like. */
  readonly sources: readonly string[];
  /** Folder the report lies in, relative to the workspace; '' for the workspace itself. */
  readonly folder: string;
  /** Absolute path of the checkout that the tests ran in. */
  readonly workspace: string;
}

export interface MappedPaths {
  /** Report path → tracked path. */
  readonly mapped: ReadonlyMap<string, string>;
  readonly unmapped: readonly UnmappedPath[];
}

/** "What begins with `from` in the report begins with `to` in the repository"; both without slashes at the ends. */
interface Prefix {
  readonly from: string;
  readonly to: string;
  /** Some file agrees in two or more segments, or the prefix follows from where the report lies. */
  readonly isSure: boolean;
  /** Lower is preferred where two prefixes explain equally many files: places we know come before places we infer. */
  readonly rank: number;
}

/** One file of the report with every place it may mean, without the spelling. */
interface Candidate {
  readonly text: string;
  readonly spellings: readonly string[];
}

const thirdParty =
  /(?:^|[\\/])(?:node_modules|site-packages|dist-packages|\.cargo[\\/]registry|\.m2|\.nuget[\\/]packages|pkg[\\/]mod|rustc|vendor[\\/]bundle)[\\/]|^\/usr\/(?:include|lib|local\/include|local\/lib)\/|^(?:node|webpack):/;

const mostPairs = 500_000;
const mostSameName = 2_000;
const mostSpellings = 1_000_000;
const mostRounds = 16;
const mostPrefixes = 32;
/** Files times prefixes tried in one round; beyond it only the most voted prefixes are tried. */
const mostTrials = 4_000_000;

/**
 * Finds the tracked file behind each path of a report. One prefix is solved for the report as a whole — the one that
 * makes most files exist — so that `src/index.ts` of one package is not taken for another's. What is left is matched by a
 * unique ending of two or more segments. Anything else is listed, never guessed.
 */
export function mapPaths(report: ReportPaths, tracked: TrackedPaths): MappedPaths {
  const workspace = reportPath(report.workspace).path;
  const bases = knownBases(report, workspace);
  const sources = report.sources.slice(0, Math.ceil(mostSpellings / (report.paths.length + 1)));
  const candidates = report.paths.map((text) => ({
    text,
    spellings: spellingsOf(text, sources, workspace),
  }));
  const mapped = new Map<string, string>();
  const several = new Set<string>();
  let open: readonly Candidate[] = candidates.filter(({ spellings }) => spellings.length > 0);
  const solved: Prefix[] = [];
  let pairs = 0;
  for (let round = 0; round < mostRounds && open.length > 0 && pairs < mostPairs; round += 1) {
    let best = round === 0 ? bestPrefix(bases, open, tracked, false) : undefined;
    // A known place that explains every file cannot be beaten, so nothing has to be inferred.
    if (best?.explained.size !== open.length) {
      const inferred = inferredPrefixes(open, tracked, mostPairs - pairs);
      pairs += inferred.pairs;
      best = bestPrefix([...(round === 0 ? bases : []), ...inferred.prefixes], open, tracked, round > 0);
    }
    if (best === undefined) break;
    if (best.prefix.rank === Number.POSITIVE_INFINITY) solved.push(best.prefix);
    for (const [text, path] of best.explained) mapped.set(text, path);
    for (const text of best.contested) several.add(text);
    open = open.filter(({ text }) => !mapped.has(text) && !several.has(text));
  }
  for (const candidate of solved.length > 1 ? candidates : []) {
    const places = new Set(solved.map((prefix) => explain(prefix, [candidate], tracked).get(candidate.text)));
    places.delete(undefined);
    if (places.size > 1 && mapped.delete(candidate.text)) several.add(candidate.text);
  }
  for (const candidate of open) {
    const ending = byEnding(candidate, tracked);
    if (typeof ending === 'string') mapped.set(candidate.text, ending);
    else if (ending.several) several.add(candidate.text);
  }
  return {
    mapped,
    unmapped: candidates
      .filter(({ text }) => !mapped.has(text))
      .map(({ text }) => ({
        reportPath: text,
        why: several.has(text) ? 'several tracked files match' : 'no tracked file matches',
        isThirdParty: thirdParty.test(text),
      })),
  };
}

/**
 * Paths below the workspace lose it; every `<source>` may stand before a relative path. One that begins with `..` is kept
 * for the places we know: what lies beside the package that the tests ran in.
 */
function spellingsOf(text: string, sources: readonly string[], workspace: string): readonly string[] {
  const found = new Set<string>();
  const add = (path: string) => {
    if (path === '') return;
    found.add(workspace !== '' && path.startsWith(`${workspace}/`) ? path.slice(workspace.length + 1) : path);
  };
  for (const variant of new Set([text, unescaped(text)])) {
    const { isAbsolute, path } = reportPath(variant);
    add(path);
    if (!isAbsolute) for (const source of sources) add(joinPath(source, path));
  }
  return [...found];
}

/** The folder of the report and those above it, nearest first, then the repository itself; then relative sources. */
function knownBases(report: ReportPaths, workspace: string): readonly Prefix[] {
  const bases: string[] = [];
  for (
    let folder = report.folder;
    folder !== '';
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))
  ) {
    bases.push(folder);
  }
  bases.push('');
  for (const source of report.sources) {
    const { isAbsolute, path } = reportPath(source);
    if (path === workspace) bases.push('');
    else if (path.startsWith(`${workspace}/`)) bases.push(path.slice(workspace.length + 1));
    else if (!isAbsolute && path !== '' && !path.startsWith('..')) bases.push(path);
  }
  return [...new Set(bases)].map((to, rank) => ({ from: '', to, isSure: true, rank }));
}

/** Every prefix that some open file suggests, with the pairs of paths that were compared. */
function inferredPrefixes(
  open: readonly Candidate[],
  tracked: TrackedPaths,
  budget: number,
): { prefixes: readonly Prefix[]; pairs: number } {
  const prefixes = new Map<string, Prefix & { votes: number }>();
  let pairs = 0;
  for (const { spellings } of open) {
    for (const spelling of spellings) {
      if (leadsUp(spelling)) continue;
      const same = tracked.named(spelling.slice(spelling.lastIndexOf('/') + 1));
      if (same.length > mostSameName) continue;
      for (const path of same) {
        pairs += 1;
        if (pairs > budget) return { prefixes: mostVoted(prefixes, open.length), pairs };
        const { from, to, segments } = differingPrefix(spelling, path);
        const key = `${from}\0${to}`;
        const known = prefixes.get(key);
        if (known === undefined) {
          prefixes.set(key, { from, to, isSure: segments >= 2, rank: Number.POSITIVE_INFINITY, votes: 1 });
        } else {
          prefixes.set(key, { ...known, isSure: known.isSure || segments >= 2, votes: known.votes + 1 });
        }
      }
    }
  }
  return { prefixes: mostVoted(prefixes, open.length), pairs };
}

function mostVoted(
  prefixes: ReadonlyMap<string, Prefix & { votes: number }>,
  files: number,
): readonly Prefix[] {
  const most = Math.max(4, Math.min(mostPrefixes, Math.floor(mostTrials / files)));
  return [...prefixes.values()].toSorted((a, b) => b.votes - a.votes).slice(0, most);
}

interface Explanation {
  readonly prefix: Prefix;
  readonly explained: ReadonlyMap<string, string>;
}

/** The prefix that makes most files exist; files that an equally good prefix sends elsewhere are contested. */
function bestPrefix(
  prefixes: readonly Prefix[],
  open: readonly Candidate[],
  tracked: TrackedPaths,
  isLeftover: boolean,
): (Explanation & { readonly contested: readonly string[] }) | undefined {
  const explanations = prefixes
    .map((prefix): Explanation => ({ prefix, explained: explain(prefix, open, tracked) }))
    .filter(({ prefix, explained }) => {
      if (explained.size === 0) return false;
      if (isLeftover) return prefix.isSure && explained.size >= 2;
      return prefix.isSure
        ? explained.size >= 2 || prefix.rank < Number.POSITIVE_INFINITY
        : explained.size * 2 > open.length && explained.size >= 2;
    })
    .toSorted((a, b) => b.explained.size - a.explained.size || compareRank(a.prefix.rank, b.prefix.rank));
  const [best, ...others] = explanations;
  if (best === undefined) return undefined;
  const rivals = others.filter(
    ({ prefix, explained }) => explained.size === best.explained.size && prefix.rank === best.prefix.rank,
  );
  const explained = new Map(best.explained);
  const contested: string[] = [];
  for (const [text, path] of best.explained) {
    if (rivals.some((rival) => rival.explained.has(text) && rival.explained.get(text) !== path)) {
      explained.delete(text);
      contested.push(text);
    }
  }
  return { prefix: best.prefix, explained, contested };
}

function compareRank(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function explain(
  prefix: Prefix,
  open: readonly Candidate[],
  tracked: TrackedPaths,
): ReadonlyMap<string, string> {
  const explained = new Map<string, string>();
  for (const { text, spellings } of open) {
    for (const spelling of spellings) {
      const path = replacePrefix(spelling, prefix);
      if (path !== undefined && tracked.has(path)) {
        explained.set(text, path);
        break;
      }
    }
  }
  // Only from a folder that other files are in: `..` alone leads anywhere.
  if (prefix.from !== '' || explained.size === 0 || explained.size === open.length) return explained;
  for (const { text, spellings } of open) {
    const path = spellings
      .filter(leadsUp)
      .map((one) => joinPath(prefix.to, one))
      .find(tracked.has);
    if (path !== undefined) explained.set(text, path);
  }
  return explained;
}

function leadsUp(path: string): boolean {
  return path.startsWith('../');
}

function replacePrefix(path: string, { from, to }: Prefix): string | undefined {
  if (from !== '' && !path.startsWith(`${from}/`)) return undefined;
  const rest = from === '' ? path : path.slice(from.length + 1);
  return to === '' ? rest : `${to}/${rest}`;
}

/** What stays of both paths when their common last segments are taken away. */
function differingPrefix(a: string, b: string): { from: string; to: string; segments: number } {
  let i = a.length;
  let j = b.length;
  let segments = 0;
  while (i > 0 && j > 0) {
    const startA = a.lastIndexOf('/', i - 1) + 1;
    const startB = b.lastIndexOf('/', j - 1) + 1;
    if (i - startA !== j - startB || a.slice(startA, i) !== b.slice(startB, j)) break;
    segments += 1;
    i = Math.max(0, startA - 1);
    j = Math.max(0, startB - 1);
    if (startA === 0 || startB === 0) break;
  }
  return { from: a.slice(0, i), to: b.slice(0, j), segments };
}

/** A tracked file that alone agrees in the most segments, two at least. */
function byEnding({ spellings }: Candidate, tracked: TrackedPaths): string | { readonly several: boolean } {
  let most = 1;
  let found = new Set<string>();
  for (const spelling of spellings) {
    if (leadsUp(spelling)) continue;
    for (const path of tracked
      .named(spelling.slice(spelling.lastIndexOf('/') + 1))
      .slice(0, mostSameName + 1)) {
      const { segments } = differingPrefix(spelling, path);
      if (segments > most) {
        most = segments;
        found = new Set();
      }
      if (segments === most) found.add(path);
    }
  }
  const [only] = found;
  if (most >= 2 && found.size === 1 && only !== undefined) return only;
  return { several: found.size > 1 };
}
