import { lastLineNumber } from './file-coverage.ts';
import { FileCoverageBuilder } from './file-coverage-builder.ts';
import { FileList } from './file-list.ts';
import { isRecord, type JsonRecord } from './json-record.ts';
import { excerpt, MalformedReport } from './malformed-report.ts';
import { functionKey, textKey } from './name-key.ts';
import type { RawReport, ReportReader } from './raw-report.ts';
import { WholeText } from './whole-text.ts';

/**
 * Reads `coverage-final.json` of Istanbul, nyc, Jest, Vitest and c8. As in Istanbul's own reports a line is one on which
 * a statement starts, and it ran when one of these statements did; a branch belongs to the line where its construct
 * starts. Where an entry has a line map of its own (`l` of Istanbul 0, which solidity-coverage writes), that says which lines
 * ran, as in the lcov of the same run. Keys are those of its lcov output, so that both reports of one run merge into the same numbers.
 */
export class IstanbulReader implements ReportReader {
  readonly #text = new WholeText();
  readonly #file = new FileCoverageBuilder();

  push(chunk: Uint8Array): void {
    this.#text.push(chunk);
  }

  finish(): RawReport {
    const files = new FileList();
    for (const [key, entry] of Object.entries(this.#text.parseObject())) {
      // Istanbul's own classes write their fields under `data`.
      const file = isRecord(entry) && isRecord(entry.data) ? entry.data : entry;
      if (!isRecord(file)) throw wrong(key, 'no object');
      const lines = own(file, 'l');
      if (lines !== undefined) this.#lines(key, lines);
      this.#statements(key, file, lines === undefined);
      this.#branches(key, file);
      this.#functions(key, file);
      files.add(this.#file.finish(typeof file.path === 'string' && file.path !== '' ? file.path : key));
    }
    return { format: 'istanbul', files: files.toArray(), sources: [], remarks: [] };
  }

  #lines(path: string, lines: unknown): void {
    if (!isRecord(lines)) throw wrong(path, 'l is no object');
    for (const [key, count] of Object.entries(lines)) {
      const line = lineNumber(Number(key));
      if (line === undefined) throw wrong(path, `${excerpt(key)} is no line`);
      this.#file.line(line, isRun(path, count));
    }
  }

  #statements(path: string, file: JsonRecord, areLines: boolean): void {
    for (const [id, place, count] of counted(path, file, 'statementMap', 's')) {
      const line = startLine(place);
      if (line === undefined) throw wrong(path, `statement ${excerpt(id)} has no start line`);
      const ran = isRun(path, count);
      if (areLines) this.#file.line(line, ran);
      this.#file.item('statements', textKey(id), ran ? 1 : 0, 1);
    }
  }

  #branches(path: string, file: JsonRecord): void {
    for (const [id, branch, counts] of counted(path, file, 'branchMap', 'b')) {
      const line = isRecord(branch) ? (startLine(branch.loc) ?? lineNumber(branch.line)) : undefined;
      if (line === undefined || !Array.isArray(counts))
        throw wrong(path, `branch ${excerpt(id)} has no line or counts`);
      for (const [index, count] of counts.entries()) {
        const small = /^\d{1,4}$/.test(id) && index < 10_000;
        const key = small ? Number(id) * 10_000 + index : (textKey(`${id},${index}`) % 2 ** 31) + 2 ** 31;
        this.#file.branch(line, key, isRun(path, count) ? 1 : 0, 1);
      }
    }
  }

  #functions(path: string, file: JsonRecord): void {
    const seen = new Map<number, number>();
    for (const [id, place, count] of counted(path, file, 'fnMap', 'f')) {
      const meta = isRecord(place) ? place : {};
      const name = textKey(typeof meta.name === 'string' ? meta.name : `(anonymous_${id})`);
      const line = startLine(meta.decl) ?? startLine(meta.loc) ?? lineNumber(meta.line) ?? 0;
      const first = functionKey(name, line, 0);
      const before = seen.get(first) ?? 0;
      seen.set(first, before + 1);
      this.#file.item('functions', functionKey(name, line, before), isRun(path, count) ? 1 : 0, 1);
    }
  }
}

/** The entries of a map with the count of each; an entry without a count did not run. */
function counted(
  path: string,
  file: JsonRecord,
  map: string,
  counts: string,
): readonly [string, unknown, unknown][] {
  const places = own(file, map) ?? {};
  const values = own(file, counts) ?? {};
  if (!isRecord(places) || !isRecord(values)) throw wrong(path, `${map} or ${counts} is no object`);
  return Object.entries(places).map(([id, place]) => [
    id,
    place,
    own(values, id) ?? (map === 'branchMap' ? [] : 0),
  ]);
}

function own(record: JsonRecord, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function startLine(place: unknown): number | undefined {
  return isRecord(place) && isRecord(place.start) ? lineNumber(place.start.line) : undefined;
}

function lineNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= lastLineNumber
    ? value
    : undefined;
}

function isRun(path: string, count: unknown): boolean {
  // JSON has no way to write Infinity or NaN; Istanbul's null stands for a counter that was never set.
  if (count === null) return false;
  if (typeof count !== 'number') throw wrong(path, `${excerpt(JSON.stringify(count))} is no count`);
  return count !== 0;
}

function wrong(path: string, problem: string): MalformedReport {
  return new MalformedReport(`the entry ${excerpt(path)} cannot be read: ${problem}`);
}
