import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { readReport } from '../../collect/coverage/read-report.ts';
import { openRepository } from '../../collect/git/open-repository.ts';
import { ordinaryPaths } from '../../collect/git/tree-files.ts';
import { createPeople } from '../../collect/people.ts';
import { isUnavailable, type Part } from '../../core/part.ts';
import { quoteName } from '../../core/quote-name.ts';
import { withoutCommands } from '../../core/runner-commands.ts';
import { mapPaths } from '../../coverage/map-paths.ts';
import { fileTotals, reportTotals, type Totals } from '../../coverage/measure/report-totals.ts';
import { trackedPaths } from '../../coverage/tracked-paths.ts';
import { percent } from '../../coverage/wording.ts';
import { jsonText } from '../../render/json-text.ts';
import { count, counted } from '../../render/numbers.ts';
import { visible } from '../../render/text.ts';
import type { CommandResult } from '../cli.ts';
import { oneOf, readOptions } from './read-options.ts';
import { UsageError } from './usage-error.ts';

interface Described {
  readonly path: string;
  readonly format: string;
  readonly totals: Totals;
  readonly files: readonly {
    readonly reportPath: string;
    /** Absent: no tracked file, or the repository could not be read. */
    readonly path?: string;
    readonly totals: Totals;
  }[];
  readonly mapped: number;
  readonly unmapped: readonly { readonly reportPath: string; readonly why: string }[];
  readonly remarks: readonly string[];
}

/** Says what coverage reports say, with units, and which of their paths match no tracked file. */
export async function coverage(parameters: readonly string[]): Promise<CommandResult> {
  const { values, positionals } = readOptions(
    parameters,
    { repo: { type: 'string', default: '.' }, format: { type: 'string', default: 'text' } },
    'coverage',
  );
  const format = oneOf(values.format, ['text', 'json'], 'format');
  if (positionals.length === 0)
    throw new UsageError('Which report? Name its file. See `review-vitals coverage --help`.');
  const tracked = await trackedFiles(resolve(values.repo));
  const reports = await Promise.all(positionals.map((path) => describe(path, resolve(values.repo), tracked)));
  const unread = reports.filter((report) => 'unavailable' in report);
  for (const { unavailable } of unread) process.stderr.write(withoutCommands(`${visible(unavailable)}\n`));
  const read = reports.flatMap((report) => ('unavailable' in report ? [] : report));
  const remark = isUnavailable(tracked) ? `Paths were not matched: ${tracked.unavailable}` : undefined;
  if (format === 'text' && remark) process.stderr.write(`${visible(remark)}\n`);
  const output =
    format === 'json'
      ? jsonText({ schemaVersion: 1, reports: read, ...(remark && { remarks: [remark] }) })
      : withoutCommands(read.map(text).join('\n'));
  return { output, exitCode: unread.length > 0 ? 2 : 0 };
}

async function trackedFiles(repo: string): Promise<Part<readonly string[]>> {
  const scratchFolder = mkdtempSync(join(tmpdir(), 'review-vitals-'));
  try {
    const repository = await openRepository({
      checkout: repo,
      scratchFolder,
      people: createPeople('none'),
      trustUserConfig: true,
    });
    if (isUnavailable(repository)) return repository;
    const head = await repository.resolve('HEAD');
    const files = isUnavailable(head) ? head : await repository.listFiles(head);
    await repository.close();
    return isUnavailable(files) ? files : ordinaryPaths(files);
  } finally {
    rmSync(scratchFolder, { recursive: true, force: true });
  }
}

async function describe(
  path: string,
  repo: string,
  tracked: Part<readonly string[]>,
): Promise<Described | { readonly unavailable: string }> {
  const report = await readReport(resolve(path), path);
  if ('unavailable' in report) return report;
  // Half a report has totals too, and they are wrong.
  if (report.cutOff !== undefined)
    return { unavailable: `${quoteName(path)}: ${report.cutOff}; run the tests again` };
  const { mapped, unmapped } = isUnavailable(tracked)
    ? { mapped: new Map<string, string>(), unmapped: [] }
    : mapPaths(
        {
          paths: report.files.map((file) => file.path),
          sources: report.sources,
          folder: folderOf(path, repo),
          workspace: repo,
        },
        trackedPaths(tracked),
      );
  return {
    path,
    format: report.format,
    totals: reportTotals(report.files),
    files: report.files.map((file) => {
      const known = mapped.get(file.path);
      return { reportPath: file.path, ...(known !== undefined && { path: known }), totals: fileTotals(file) };
    }),
    mapped: mapped.size,
    unmapped,
    remarks: report.remarks,
  };
}

function folderOf(path: string, repo: string): string {
  const folder = relative(repo, dirname(resolve(path)));
  return folder.startsWith('..') ? '' : folder.replaceAll('\\', '/');
}

function text(report: Described): string {
  const width = Math.max(
    0,
    ...report.files.map(({ reportPath, path }) => visible(path ?? reportPath).length),
  );
  return [
    `${visible(report.path)}  ${report.format}: ${shares(report.totals)} in ${counted(report.files.length, 'file')}`,
    ...report.files.map(
      ({ reportPath, path, totals }) => `  ${visible(path ?? reportPath).padEnd(width)}  ${shares(totals)}`,
    ),
    ...report.unmapped.map(({ reportPath, why }) => `Unmapped: ${visible(reportPath)} (${why})`),
    ...report.remarks.map((remark) => `Note: ${visible(remark)}`),
    '',
  ].join('\n');
}

function shares(totals: Totals): string {
  const parts = Object.entries(totals).map(
    ([unit, { covered, total }]) =>
      `${count(covered)} of ${count(total)} ${unit} (${percent(covered, total)})`,
  );
  return parts.join(', ') || 'nothing counted';
}
