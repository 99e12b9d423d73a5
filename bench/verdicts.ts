import type { Measured, RowResult } from './row.ts';

/** One bound of a row and how it came out. */
export interface Verdict {
  readonly row: string;
  readonly ours: Measured;
  readonly beside: Measured | undefined;
  /** Our time as a multiple of theirs; absent for a bound on memory. */
  readonly ratio?: number;
  readonly bound: string;
  /** Absent: there is no bound, or it could not be measured. */
  readonly holds?: boolean;
}

/** A line for every program beside us, and one for the bound on memory. */
export function verdictsOf({ row, ours, others }: RowResult): readonly Verdict[] {
  const beside = others.map((other): Verdict => {
    const ratio = ours.milliseconds / other.milliseconds;
    const bound = row.bounds.find((candidate) => candidate.beside === other.name);
    return {
      row: row.title,
      ours,
      beside: other,
      ratio,
      bound: bound ? `≤ ${format(bound.atMost)} ×` : '',
      ...(bound && { holds: ratio <= bound.atMost }),
    };
  });
  if (row.memoryAtMost === undefined) return beside;
  const { megabytes } = ours;
  return [
    ...beside,
    {
      row: row.title,
      ours,
      beside: undefined,
      bound: `≤ ${row.memoryAtMost} MB`,
      ...(megabytes !== undefined && { holds: megabytes <= row.memoryAtMost }),
    },
  ];
}

export function format(ratio: number): string {
  return ratio >= 10 ? ratio.toFixed(1) : String(Number(ratio.toPrecision(ratio < 0.1 ? 2 : 3)));
}
