import type { ChangedTestFile, TestCase } from '../../../core/test-facts.ts';
import { goTests } from './go-tests.ts';
import { jsTests } from './js-tests.ts';
import { junitTests } from './junit-tests.ts';
import { pythonTests } from './python-tests.ts';
import { rubyTests } from './ruby-tests.ts';

export interface TestReader {
  readonly framework: ChangedTestFile['framework'];
  read(text: string): readonly TestCase[];
}

const readers: readonly (readonly [name: RegExp, reader: TestReader])[] = [
  [/\.[cm]?[jt]sx?$/, { framework: 'jest or vitest', read: jsTests }],
  [/\.py$/, { framework: 'pytest', read: pythonTests }],
  [/\.go$/, { framework: 'go test', read: goTests }],
  [/\.java$/, { framework: 'junit', read: (text) => junitTests(text, 'java') }],
  [/\.kts?$/, { framework: 'junit', read: (text) => junitTests(text, 'kotlin') }],
  [/\.rb$/, { framework: 'rspec or minitest', read: rubyTests }],
];

/** Who reads the tests in a file of this name; undefined for a language that is not read. */
export function testReaderFor(path: string): TestReader | undefined {
  return readers.find(([name]) => name.test(path))?.[1];
}
