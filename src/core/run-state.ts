import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { isCoverageAccount } from './coverage-account.ts';
import type { RuleResult } from './report.ts';

/** What the check run remembers of a run: the last outcome of every rule on one head and merge base. */
export interface RunState {
  readonly version: 1;
  readonly mergeBase: string;
  readonly results: readonly RuleResult[];
}

const mark = 'review-vitals-state:1:';
/** Inflating stops here: the state of a run with 500 findings is about 400 kB. */
const maxInflatedBytes = 4_000_000;

/** A hidden Markdown comment that carries the state; about a fifth of its JSON in size. */
export function encodeRunState(state: RunState): string {
  return `<!-- ${mark}${deflateRawSync(JSON.stringify(state), { level: 9 }).toString('base64')} -->`;
}

/** The state in a check run's text, or undefined when there is none, it is cut, or another version wrote it. */
export function decodeRunState(text: string): RunState | undefined {
  const start = text.lastIndexOf(`<!-- ${mark}`);
  if (start < 0) return undefined;
  const end = text.indexOf(' -->', start);
  if (end < 0) return undefined;
  try {
    const packed = Buffer.from(text.slice(start + 5 + mark.length, end), 'base64');
    const state: unknown = JSON.parse(
      inflateRawSync(packed, { maxOutputLength: maxInflatedBytes }).toString('utf8'),
    );
    return isRunState(state) ? state : undefined;
  } catch {
    return undefined;
  }
}

function isRunState(value: unknown): value is RunState {
  if (!isRecord(value) || value.version !== 1 || typeof value.mergeBase !== 'string') return false;
  return Array.isArray(value.results) && value.results.every(isRuleResult);
}

function isRuleResult(value: unknown): boolean {
  if (!isRecord(value) || typeof value.rule !== 'string' || typeof value.level !== 'string') return false;
  const outcome = value.outcome;
  if (!isRecord(outcome)) return false;
  if (outcome.coverage !== undefined && !isCoverageAccount(outcome.coverage)) return false;
  switch (outcome.kind) {
    case 'pass':
      return typeof outcome.seen === 'string';
    case 'not-applicable':
    case 'not-available':
      return typeof outcome.reason === 'string';
    case 'findings':
      return Array.isArray(outcome.findings) && outcome.findings.every(isFinding);
    default:
      return false;
  }
}

function isFinding(value: unknown): boolean {
  return (
    isRecord(value) &&
    ['rule', 'level', 'fingerprint', 'confidence', 'observation', 'impact', 'action'].every(
      (name) => typeof value[name] === 'string',
    ) &&
    isRecord(value.about) &&
    Object.values(value.about).every((name) => typeof name === 'string') &&
    Array.isArray(value.measurements) &&
    value.measurements.every(isRecord) &&
    (value.place === undefined || isPlace(value.place)) &&
    (value.otherPlaces === undefined ||
      (Array.isArray(value.otherPlaces) && value.otherPlaces.every(isPlace))) &&
    (value.suggestion === undefined || typeof value.suggestion === 'string') &&
    (value.waiver === undefined || (isRecord(value.waiver) && typeof value.waiver.reason === 'string'))
  );
}

function isPlace(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value.path === 'string' &&
    [value.line, value.endLine].every((line) => line === undefined || Number.isInteger(line))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
