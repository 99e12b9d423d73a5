import type { FileCoverage } from './file-coverage.ts';

export type ReportFormat =
  | 'lcov'
  | 'cobertura'
  | 'scoverage'
  | 'jacoco'
  | 'clover'
  | 'go-cover'
  | 'istanbul'
  | 'istanbul-summary';

/** A report as it says, before its paths are matched with tracked files. */
export interface RawReport {
  readonly format: ReportFormat;
  /** One entry a path, in the order of first mention. */
  readonly files: readonly FileCoverage[];
  /** Folders the report names as roots of its paths (Cobertura's `<source>`). Untrusted text. */
  readonly sources: readonly string[];
  /** Something odd that did not stop the reading, in words with its count or place. */
  readonly remarks: readonly string[];
  /** Set when the report stops in the middle: its numbers are not to be trusted. One sentence with the place. */
  readonly cutOff?: string;
}

/** Reads one report from chunks of any size. A chunk may be reused by the caller as soon as `push` has returned. */
export interface ReportReader {
  /** Throws `MalformedReport`. */
  push(chunk: Uint8Array): void;
  /** Throws `MalformedReport`. */
  finish(): RawReport;
}
