import type { LineRange } from './change.ts';

/** What a change does to tests, read from its files without running anything. */
export interface TestFacts {
  /** Changed test files of languages that are read, sorted by path. */
  readonly files: readonly ChangedTestFile[];
  /** Comments that take code out of the coverage report, more of them at the head than at the base. */
  readonly pragmas: readonly AddedPragma[];
  /** Coverage thresholds in settings that are lower at the head. */
  readonly thresholds: readonly LoweredThreshold[];
  /** What settings take out of the coverage report since this change; absent where nobody looked. */
  readonly excludes?: readonly AddedExclude[];
  /** How changed source files were changed before; absent where nobody looked. */
  readonly habits?: readonly TestHabit[];
  /** Changed test files that were not read, each with its reason. */
  readonly notRead: readonly { readonly path: string; readonly why: string }[];
}

export interface ChangedTestFile {
  /** At the head; at the base for a file that is gone or no test any more. */
  readonly path: string;
  readonly framework: 'jest or vitest' | 'pytest' | 'go test' | 'junit' | 'rspec or minitest';
  readonly base: readonly TestCase[];
  readonly head: readonly TestCase[];
  /** Lines that seem to check something outside of all tests: in helpers and in what runs around tests. */
  readonly helperChecks?: { readonly base: number; readonly head: number };
}

/** More than any number of tests that may have been written out before. */
export const manyCases = 1_000;

export interface TestCase {
  /** Titles of the blocks around it and its own, joined by " > ". Untrusted text. */
  readonly name: string;
  readonly lines: LineRange;
  /** Calls that check something. */
  readonly assertions: number;
  /** How often it runs with other values; absent for once. `manyCases` where the code alone does not tell. */
  readonly cases?: number;
  readonly state: 'runs' | 'skipped' | 'focused';
  /** Equal for bodies of the same words: tells a renamed or moved test from a deleted one. */
  readonly body: string;
}

export interface AddedPragma {
  readonly path: string;
  /** How many more there are. */
  readonly more: number;
  /** The first new one at the head. */
  readonly line?: number;
}

export interface AddedExclude {
  /** The settings file. */
  readonly path: string;
  /** Glob or expression, as the file writes it. Untrusted text. */
  readonly pattern: string;
  /** Where it stands at the head. */
  readonly line: number;
}

export interface LoweredThreshold {
  readonly path: string;
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

/** Of a changed source file, over the half year before on the base branch. */
export interface TestHabit {
  readonly path: string;
  readonly changes: number;
  /** Those that changed a test file too. */
  readonly withTests: number;
  /** The test file that was changed with it most often. */
  readonly test?: string;
}
