import {
  type CoverageData,
  coverageDataVersion,
  largestCoverageData,
  mostUnmappedPaths,
  shardText,
} from '../../core/coverage-data.ts';
import type { StatusRun } from '../../core/coverage-facts.ts';
import { cutText } from '../../core/cut-text.ts';
import { groupBy } from '../../core/group-by.ts';
import { type Part, unavailable } from '../../core/part.ts';
import { writeLeaf } from '../../coverage/formats/history/history-leaf.ts';

/** The artifact's only file. */
export const dataFile = 'coverage.json';

/**
 * The data as JSON, byte for byte the same for the same data. Lines stand folder by folder in the form in which history
 * keeps them, so that what is judged and what is stored are one text.
 */
export function writeCoverageData(data: CoverageData): Part<string> {
  const folders = groupBy(data.files, ([path]) => path.slice(0, Math.max(0, path.lastIndexOf('/'))));
  const unmapped = data.unmapped.slice(0, mostUnmappedPaths);
  const text = `${JSON.stringify({
    format: 'review-vitals-coverage',
    version: coverageDataVersion,
    repository: data.repository,
    measuredCommit: data.measuredCommit,
    shard: shardText(data.shard),
    unit: data.unit,
    reports: data.reports.map((report) => ({ ...report, path: withoutBlanks(report.path) })),
    reportedFiles: data.reportedFiles - (data.unmapped.length - unmapped.length),
    folders: [...folders]
      .map(([folder, files]) => [folder, writeLeaf(new Map(files.map(named)))] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    unmapped: unmapped.map(({ reportPath, ...rest }) => ({ path: withoutBlanks(reportPath), ...rest })),
  })}\n`;
  const bytes = Buffer.byteLength(text);
  return bytes > largestCoverageData
    ? unavailable(
        `the line status of ${data.files.size} files takes ${Math.ceil(bytes / 1024 / 1024)} MB as data, more than the ${largestCoverageData / 1024 / 1024} MB that are read; name fewer reports with the \`coverage\` input, or split the job`,
      )
    : text;
}

function named([path, runs]: readonly [string, readonly StatusRun[]]): [string, readonly StatusRun[]] {
  return [path.slice(path.lastIndexOf('/') + 1), runs];
}

/** Whoever reads takes no blank in a path that names no tracked file: it could be a sentence. */
function withoutBlanks(path: string): string {
  const plain = path.replace(/[\p{C}\p{Z}]/gu, (character) => encodeURIComponent(wellFormed(character)));
  return cutText(plain, 1000, '…') || '?';
}

function wellFormed(character: string): string {
  return /\p{Cs}/u.test(character) ? '\u{fffd}' : character;
}
