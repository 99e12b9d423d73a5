import { isTestFile } from './source-file.ts';

/** The test file of a source file, among paths that were looked through once. */
export type NearestTest = (path: string) => string | undefined;

/**
 * Finds the test file that carries the name of a source file (`orders.test.ts`, `test_orders.py`, `OrdersTest.java`), out of
 * paths that are known to exist; the one with most folders in common when there are several. Absent when no name fits.
 */
export function nearestTestAmong(known: Iterable<string>): NearestTest {
  const bySubject = new Map<string, string[]>();
  for (const path of known) {
    if (!isTestFile(path)) continue;
    const subject = subjectOf(path);
    const tests = bySubject.get(subject);
    if (tests === undefined) bySubject.set(subject, [path]);
    else tests.push(path);
  }
  return (path) => nearest(path, bySubject.get(nameOf(path).replace(/\.\w+$/, '')) ?? []);
}

function nearest(path: string, tests: readonly string[]): string | undefined {
  const folders = path.split('/');
  let best: { path: string; common: number } | undefined;
  for (const candidate of tests) {
    if (candidate === path) continue;
    const common = candidate.split('/').filter((segment) => folders.includes(segment)).length;
    if (best === undefined || common > best.common || (common === best.common && candidate < best.path)) {
      best = { path: candidate, common };
    }
  }
  return best?.path;
}

/** Does a test file carry the name of a source file? */
export function isTestOf(test: string, source: string): boolean {
  return !isTestFile(source) && isNamedAfter(test, source);
}

/** The same, where the other file may be a helper of the tests. */
export function isNamedAfter(test: string, other: string): boolean {
  return isTestFile(test) && test !== other && namesOf(other).includes(subjectOf(test));
}

/** `cart/__init__.py` and `cart/index.ts` go by the name of their folder, too. */
function namesOf(path: string): readonly string[] {
  const name = nameOf(path).replace(/\.\w+$/, '');
  return /^(?:__init__|index|mod)$/.test(name) ? [name, path.split('/').at(-2) ?? name] : [name];
}

function subjectOf(test: string): string {
  return nameOf(test)
    .replace(/\.\w+$/, '')
    .replace(/^(?:test|spec)_(?!helper$)/, '')
    .replace(/(?:[._-](?:tests?|specs?|e2e|cy)|(?<=[a-z0-9])(?:Tests?|IT|Spec|TestCase))$/, '');
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
