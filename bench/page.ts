import type { Measured } from './row.ts';
import { format, type Verdict } from './verdicts.ts';

export interface Machine {
  readonly date: string;
  readonly cores: number;
  readonly processor: string;
  readonly node: string;
  readonly git: string;
}

/** docs/performance.md. */
export function page(machine: Machine, verdicts: readonly Verdict[]): string {
  const { date, cores, processor, node, git } = machine;
  return `# Performance

Written by \`npm run bench\` on ${date}: ${cores} cores of ${processor}, Node ${node}, ${git}.

Times depend on the machine and on what else it does; the ratios do so far less, because the programs of a row run in turn, each in a process of its own. Times are medians of at least five
rounds after one that is thrown away. Each program has a home of its own with a \`.cache\` folder, as its user has: what it keeps there (the command line keeps the code that was compiled, [ADR 24](decisions/0024-code-is-kept-when-a-run-is-over.md)) it finds again. Memory is the peak of the largest process. "Work" leaves out the start of the program. The inputs are made from a seed, anew for each run.

| What | Review Vitals | Beside it | | Ratio | Bound | |
| :-- | --: | :-- | --: | --: | :-- | :-- |
${verdicts.map(line).join('\n')}

\`bench/\` has its own package.json, so that what we are measured against never weighs on \`npm ci\`. A new row is an entry in \`bench/rows.ts\`.
`;
}

function line({ row, ours, beside, ratio, bound, holds }: Verdict): string {
  const cells = [
    row,
    amounts(ours),
    beside?.name ?? 'memory of the process',
    beside ? amounts(beside) : '',
    ratio === undefined ? '' : `${format(ratio)} ×`,
    bound,
    holds === undefined ? '' : holds ? 'holds' : '**missed**',
  ];
  return `| ${cells.join(' | ')} |`;
}

function amounts({ milliseconds, megabytes }: Measured): string {
  const time =
    milliseconds < 10_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
  return megabytes === undefined ? time : `${time}, ${Math.round(megabytes)} MB`;
}
