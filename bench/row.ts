/** One program that a row runs. */
export interface Contender {
  readonly name: string;
  readonly command: string;
  readonly parameters: readonly string[];
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** `process`: from start to end; `work`: what the program itself reports as `milliseconds` on its last line. */
  readonly clock: 'process' | 'work';
}

/** What the medians are held to: our time at most `atMost` times theirs. */
export interface TimeBound {
  readonly beside: string;
  readonly atMost: number;
}

/** Programs that run in turn, ourselves first. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly rounds: number;
  readonly ours: Contender;
  readonly others: readonly Contender[];
  readonly bounds: readonly TimeBound[];
  /** Peak of our process, in megabytes of 1,000,000 bytes. */
  readonly memoryAtMost?: number;
}

export interface Measured {
  readonly name: string;
  readonly milliseconds: number;
  /** Peak of the largest process of its tree; absent where GNU time is not installed. */
  readonly megabytes?: number;
}

export interface RowResult {
  readonly row: Row;
  readonly ours: Measured;
  readonly others: readonly Measured[];
}
