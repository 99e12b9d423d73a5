import type { ChangedTestFile } from '../../core/test-facts.ts';
import { weakenedTests } from '../../coverage/measure/weakened-tests.ts';
import type { TwoTexts } from './weakening.ts';

/** A changed test file with its text at the base. */
export interface ReadTestFile {
  readonly file: ChangedTestFile;
  readonly base: string;
}

const declarations: readonly RegExp[] = [
  /(?<![\w.])(?:def|func|function|class|interface|object|fun|struct|enum|trait|record|module)[ \t]+(?:\([^)\n]{0,200}\)[ \t]*)?(?:[\w]{1,100}\.)?([\p{L}_$][\w$]*)/gu,
  /^(?:export[ \t]+)?(?:const|let|var|type)[ \t]+([\p{L}_$][\w$]*)/gmu,
  // Methods of classes: `name(…) {`, also with `throws`.
  /(?<![\w.])([\p{L}_$][\w$]*)[ \t]*\([^;{}()\n]{0,300}\)[ \t]*(?:throws[^;{}\n]{0,200})?\{/gu,
];
const control = /^(?:if|for|while|switch|catch|function|return|with|synchronized|try|do|else|when)$/;
/** `save` and `get` stand for too much: a plain word has six letters at least, a name made of several four. */
const telling = /^(?:[\p{Ll}\d]{6,}|(?=.*[\p{Lu}_$]).{4,})$/u;

/**
 * The changed test files without those deleted tests that speak of a function, method or class which the changed source
 * files declare no more: they went with the code they checked.
 */
export function withoutTestsOfGoneCode(
  read: readonly ReadTestFile[],
  sources: readonly TwoTexts[],
): readonly ChangedTestFile[] {
  const declared = (side: 'base' | 'head') => new Set(sources.flatMap((source) => namesIn(source[side])));
  const remaining = declared('head');
  const gone = new Set([...declared('base')].filter((name) => !remaining.has(name)));
  if (gone.size === 0) return read.map(({ file }) => file);
  const deleted = new Set(weakenedTests(read.map(({ file }) => file)).deleted.map(({ test }) => test));
  return read.map(({ file, base }) => {
    const lines = base.split('\n');
    return {
      ...file,
      base: file.base.filter(
        (test) =>
          !deleted.has(test) ||
          !wordsOf(lines.slice(test.lines.start - 1, test.lines.end).join('\n')).some((word) =>
            gone.has(word),
          ),
      ),
    };
  });
}

function namesIn(text: string): readonly string[] {
  return declarations
    .flatMap((declaration) => [...text.matchAll(declaration)].map(([, name = '']) => name))
    .filter((name) => telling.test(name) && !control.test(name));
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}_$][\w$]*/gu) ?? [];
}
