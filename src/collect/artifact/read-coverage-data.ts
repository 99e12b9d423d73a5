import { type CoverageData, coverageDataVersion, mostUnmappedPaths } from '../../core/coverage-data.ts';
import type { StatusRun, UnmappedPath } from '../../core/coverage-facts.ts';
import { readLeaf } from '../../coverage/formats/history/history-leaf.ts';
import type { ReportFormat } from '../../coverage/formats/raw-report.ts';
import { artifactPrefix, readArtifactName } from './artifact-name.ts';

/** Why data was refused: the end of a sentence about it. It quotes nothing of the data. */
export interface Refused {
  readonly refused: string;
}

const formats: Readonly<Record<ReportFormat, true>> = {
  lcov: true,
  cobertura: true,
  scoverage: true,
  jacoco: true,
  clover: true,
  'go-cover': true,
  istanbul: true,
  'istanbul-summary': true,
};

const mostReports = 1000;
const mostFiles = 200_000;
const longestPath = 4096;
/** More than any source file has; whoever walks a file's lines one by one is done soon. */
const mostLines = 2_000_000;

/** A path that names no tracked file cannot be checked against anything, so it has to look like one: no blanks. */
const looksLikePath = /^[^\p{C}\p{Z}]{1,1000}$/u;

/** Reads what `writeCoverageData` wrote, or says why this is something else. */
export function readCoverageData(bytes: Uint8Array): CoverageData | Refused {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return refuse('it holds no JSON');
  }
  if (!isRecord(value) || value.format !== 'review-vitals-coverage')
    return refuse('its JSON is not the data of a test job');
  if (value.version !== coverageDataVersion)
    return refuse(
      Number.isSafeInteger(value.version)
        ? `it has version ${Number(value.version)}, and this version of Review Vitals reads ${coverageDataVersion}`
        : 'it names no version',
    );
  const { repository, measuredCommit, unit, reportedFiles } = value;
  if (typeof repository !== 'string' || !/^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(repository))
    return refuse('it names no repository');
  if (typeof measuredCommit !== 'string' || !/^(?:[\da-f]{40}|[\da-f]{64})$/.test(measuredCommit))
    return refuse('it names no commit that was measured');
  // The name of an artifact ends with the same text.
  const shard =
    typeof value.shard === 'string'
      ? readArtifactName(`${artifactPrefix}${value.shard}-1`)?.shard
      : undefined;
  if (shard === undefined) return refuse('it names no job');
  if (unit !== 'lines') return refuse('it counts something else than lines');
  const reports = readReports(value.reports);
  if (reports === undefined) return refuse('its list of reports is none that a test job writes');
  const files = readFolders(value.folders);
  if ('refused' in files) return files;
  const unmapped = readUnmapped(value.unmapped);
  if (unmapped === undefined)
    return refuse('its list of paths without a file is none that a test job writes');
  if (!isCount(reportedFiles) || reportedFiles < unmapped.length)
    return refuse('its count of files contradicts its own lists');
  return { repository, measuredCommit, shard, unit, reports, files, reportedFiles, unmapped };
}

function readReports(value: unknown): CoverageData['reports'] | undefined {
  if (!Array.isArray(value) || value.length > mostReports) return undefined;
  const reports = value.flatMap((entry: unknown) => {
    if (!isRecord(entry)) return [];
    const { path, format, files, remarks } = entry;
    if (typeof path !== 'string' || !looksLikePath.test(path)) return [];
    if (typeof format !== 'string' || !Object.hasOwn(formats, format)) return [];
    return isCount(files) && isCount(remarks) ? [{ path, format, files, remarks }] : [];
  });
  return reports.length === value.length ? reports : undefined;
}

function readFolders(value: unknown): ReadonlyMap<string, readonly StatusRun[]> | Refused {
  if (!Array.isArray(value)) return refuse('it has no list of folders');
  const files = new Map<string, readonly StatusRun[]>();
  const seen = new Set<string>();
  for (const [index, entry] of value.entries()) {
    const place = `folder ${index + 1} of its list`;
    const [folder, text]: unknown[] = Array.isArray(entry) && entry.length === 2 ? entry : [];
    if (typeof folder !== 'string' || typeof text !== 'string') return refuse(`${place} is none`);
    if (!isFolder(folder)) return refuse(`${place} is no path inside a repository`);
    if (seen.has(folder)) return refuse(`${place} is there for the second time`);
    seen.add(folder);
    const leaf = readLeaf(text);
    if (isRefused(leaf)) return refuse(`in ${place} ${leaf.refused}`);
    for (const [name, runs] of leaf) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (!isFolder(path)) return refuse(`a file in ${place} is no path inside a repository`);
      const [start, lines] = runs.at(-1) ?? [1, 0];
      if (start + lines > mostLines) return refuse(`in ${place} is a file of more than ${mostLines} lines`);
      files.set(path, runs);
    }
    if (files.size > mostFiles) return refuse(`it speaks of more than ${mostFiles} files`);
  }
  return files;
}

/** `""` is the repository itself. */
function isFolder(path: string): boolean {
  if (path === '') return true;
  return (
    path.length <= longestPath &&
    !path.includes('\0') &&
    path.split('/').every((name) => name !== '' && name !== '.' && name !== '..')
  );
}

function readUnmapped(value: unknown): readonly UnmappedPath[] | undefined {
  if (!Array.isArray(value) || value.length > mostUnmappedPaths) return undefined;
  const unmapped = value.flatMap((entry: unknown): readonly UnmappedPath[] => {
    if (!isRecord(entry)) return [];
    const { path, why, isThirdParty } = entry;
    if (typeof path !== 'string' || !looksLikePath.test(path) || typeof isThirdParty !== 'boolean') return [];
    if (why !== 'no tracked file matches' && why !== 'several tracked files match') return [];
    return [{ reportPath: path, why, isThirdParty }];
  });
  return unmapped.length === value.length ? unmapped : undefined;
}

function isRefused(leaf: ReturnType<typeof readLeaf>): leaf is Refused {
  return 'refused' in leaf;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(refused: string): Refused {
  return { refused };
}
