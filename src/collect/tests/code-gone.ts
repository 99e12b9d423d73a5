import type { ChangedTestFile } from '../../core/test-facts.ts';
import { weakenedTests } from '../../coverage/measure/weakened-tests.ts';
import type { TwoTexts } from './weakening.ts';

/** A changed test file with its texts. */
export interface ReadTestFile {
  readonly file: ChangedTestFile;
  readonly base: string;
  readonly head: string;
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

/** A name made of several words, or one that is used as an argument or a member, is hardly met by chance. */
const compound = /(?<![\w$])(?=\w*[a-z\d]_?[A-Z_]|\w*[A-Z]_)[\w$]{5,}/g;
const used = /(?:\.([a-z_]\w{3,})\b|\b([a-z_]\w{3,})=(?![=~]))/g;

/**
 * The changed test files without those deleted tests that went with the code they checked: they speak of a function, method
 * or class which the changed source files declare no more, or of a name that neither these nor the test files know any
 * more. A block of tests that all go is spoken for by what stands at its head.
 */
export function withoutTestsOfGoneCode(
  read: readonly ReadTestFile[],
  sources: readonly TwoTexts[],
): readonly ChangedTestFile[] {
  const isGone = goneNames(read, sources);
  if (!isGone) return read.map(({ file }) => file);
  const deleted = new Set(weakenedTests(read.map(({ file }) => file)).deleted.map(({ test }) => test));
  return read.map(({ file, base }) => {
    if (!file.base.some((test) => deleted.has(test))) return file;
    const lines = base.split('\n');
    const speaks = (from: number, to: number) => wordsOf(lines.slice(from, to).join('\n')).some(isGone);
    const remaining = new Set(
      file.base.filter((test) => !deleted.has(test)).map(({ name }) => blockOf(name)),
    );
    /** Of blocks that go whole: whether their head speaks of code that is gone. */
    const goes = new Map<string, boolean>();
    let end = 0;
    const kept = file.base.filter((test) => {
      const { start, end: last } = test.lines;
      const block = blockOf(test.name);
      const head = end;
      end = Math.max(end, last);
      if (!deleted.has(test)) return true;
      if (!goes.has(block)) goes.set(block, block !== '' && !remaining.has(block) && speaks(head, start - 1));
      return !goes.get(block) && !speaks(start - 1, last);
    });
    return { ...file, base: kept };
  });
}

/** Undefined where nothing is gone. */
function goneNames(
  read: readonly ReadTestFile[],
  sources: readonly TwoTexts[],
): ((name: string) => boolean) | undefined {
  const declared = (side: 'base' | 'head') => new Set(sources.flatMap((source) => namesIn(source[side])));
  const remaining = declared('head');
  const gone = new Set([...declared('base')].filter((name) => !remaining.has(name)));
  const known = new Set(
    [...sources.map(({ head }) => head), ...read.map(({ head }) => head)].flatMap(wordsOf),
  );
  for (const { base } of sources)
    for (const pattern of [compound, used])
      for (const found of base.matchAll(pattern)) {
        const name = found[1] ?? found[2] ?? found[0];
        if (!known.has(name)) gone.add(name);
      }
  return gone.size === 0 ? undefined : (name) => gone.has(name);
}

function blockOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf(' > ')));
}

function namesIn(text: string): readonly string[] {
  return declarations
    .flatMap((declaration) => [...text.matchAll(declaration)].map(([, name = '']) => name))
    .filter((name) => telling.test(name) && !control.test(name));
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}_$][\w$]*/gu) ?? [];
}
