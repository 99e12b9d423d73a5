import type { CommitId } from '../../../core/change.ts';
import type { LineTotals } from '../../../core/coverage-facts.ts';
import { decodeName, encodeName } from './history-path.ts';

export interface NamedTotals {
  readonly name: string;
  readonly totals: LineTotals;
}

/** What the message of a stored record says: enough for the search of a base and for a trend, without any tree or blob. */
export interface HistorySummary {
  /** The commit whose tests were measured. */
  readonly commit: CommitId;
  /** Of all shards together: a line that two of them know counts once. */
  readonly totals: LineTotals;
  readonly shards: readonly NamedTotals[];
  /** The largest modules by lines, by path; "" is what no other module holds. */
  readonly modules: readonly NamedTotals[];
  /** "<run id>/<attempt>" of the workflow that wrote it. */
  readonly run?: string;
}

export const mostShards = 200;
export const mostStoredModules = 40;
const mostMessageLength = 64_000;
const format = 1;

export function writeHistoryMessage(summary: HistorySummary): string {
  const { commit, totals, shards, modules, run } = summary;
  return [
    `coverage ${commit}`,
    '',
    `format: ${format}`,
    `lines: ${numbers(totals)}`,
    ...shards.map(({ name, totals }) => `shard: ${encodeName(name)} ${numbers(totals)}`),
    ...modules
      .toSorted((a, b) => lines(b.totals) - lines(a.totals) || (a.name < b.name ? -1 : 1))
      .slice(0, mostStoredModules)
      .map(({ name, totals }) => `module: ${name === '' ? '%' : encodeName(name)} ${numbers(totals)}`),
    ...(run === undefined ? [] : [`run: ${run}`]),
    '',
  ].join('\n');
}

/**
 * Reads a message that anybody with push access may have written; otherwise one sentence fragment that says what is
 * wrong. Lines with other keys are passed over, since a later version may add some.
 */
export function readHistoryMessage(message: string): HistorySummary | { readonly refused: string } {
  if (message.length > mostMessageLength)
    return { refused: 'its message is longer than any that is written' };
  const [first = '', ...rest] = message.split('\n');
  const commit = /^coverage ([0-9a-f]{40}|[0-9a-f]{64})$/.exec(first)?.[1];
  if (commit === undefined) return { refused: 'its message names no commit' };
  const values = (key: string) =>
    rest.filter((line) => line.startsWith(`${key}: `)).map((line) => line.slice(key.length + 2));
  const [version, second] = values('format');
  if (version === undefined || second !== undefined || !/^\d{1,6}$/.test(version))
    return { refused: 'its message names no format' };
  if (Number(version) !== format)
    return { refused: `it has format ${version}, and this version of Review Vitals reads ${format}` };
  const [totals, ...others] = values('lines').map(totalsOf);
  if (totals === undefined || others.length > 0) return { refused: 'its message has no totals' };
  const shards = values('shard').map(namedTotals);
  const modules = values('module').map(namedTotals);
  if (shards.length === 0 || shards.length > mostShards || shards.includes(undefined))
    return { refused: 'its message names its shards in no way that is written' };
  if (modules.length > mostStoredModules || modules.includes(undefined))
    return { refused: 'its message names its modules in no way that is written' };
  const known = shards as readonly NamedTotals[];
  const most = known.reduce((sum, shard) => sum + lines(shard.totals), 0);
  const largest = Math.max(...known.map((shard) => lines(shard.totals)));
  if (lines(totals) > most || lines(totals) < largest)
    return { refused: 'its totals and those of its shards contradict each other' };
  if (hasTwice(known) || hasTwice(modules as readonly NamedTotals[]))
    return { refused: 'its message names a shard or module twice' };
  const run = values('run').find((value) => /^\d{1,20}\/\d{1,6}$/.test(value));
  return {
    commit,
    totals,
    shards: known,
    modules: modules as readonly NamedTotals[],
    ...(run !== undefined && { run }),
  };
}

function namedTotals(value: string): NamedTotals | undefined {
  const [, word = '', counts = ''] = /^(\S+) (\d+ \d+ \d+)$/.exec(value) ?? [];
  const name = word === '%' ? '' : decodeName(word);
  const totals = totalsOf(counts);
  return name === undefined || totals === undefined ? undefined : { name, totals };
}

function totalsOf(value: string): LineTotals | undefined {
  const match = /^(\d{1,10}) (\d{1,10}) (\d{1,10})$/.exec(value);
  return match ? { hit: Number(match[1]), partial: Number(match[2]), miss: Number(match[3]) } : undefined;
}

function hasTwice(named: readonly NamedTotals[]): boolean {
  return new Set(named.map(({ name }) => name)).size < named.length;
}

function numbers({ hit, partial, miss }: LineTotals): string {
  return `${hit} ${partial} ${miss}`;
}

function lines({ hit, partial, miss }: LineTotals): number {
  return hit + partial + miss;
}
