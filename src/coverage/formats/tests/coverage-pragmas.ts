import { jsTokens } from './js-tokens.ts';

/** What takes code out of a coverage report, as the tools write it: Istanbul, c8, V8, vitest; coverage.py; Go, Rust, Ruby, JaCoCo, .NET … */
const jsPragma = /^(?:\/\/|\/\*)[\s*!]*(?:istanbul|c8|v8|node:coverage)\s+(?:ignore|disable)\b/;
const hashPragma = /#\s*pragma:\s*no\s*(?:cover|branch)\b/i;
const otherPragma =
  /(?:LCOV_EXCL_(?:LINE|START|BR_LINE)|GCOVR_EXCL_(?:LINE|START)|\/\/\s*coverage:ignore|#\[coverage\(off\)\]|:nocov:|[@[]ExcludeFrom\w*(?:Coverage|GeneratedReport)\b)/;

/** Words without which no line below is one; a line that has one is only worth reading. */
const anyPragma = /ignore|disable|pragma|EXCL_|coverage|nocov|ExcludeFrom/i;

/** Whether a line, in any encoding that keeps ASCII, may be a comment that takes code out of the coverage report. */
export function mayHoldPragma(line: Uint8Array): boolean {
  return anyPragma.test(Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('latin1'));
}

/** Lines with a comment that takes code out of the coverage report. Strings that hold such words do not count. */
export function coveragePragmas(path: string, text: string): readonly number[] {
  if (/\.[cm]?[jt]sx?$/.test(path)) {
    return jsTokens(text)
      .filter(({ kind, text: comment }) => kind === 'comment' && jsPragma.test(comment))
      .map(({ line }) => line);
  }
  const pattern = path.endsWith('.py') ? hashPragma : otherPragma;
  return text.split('\n').flatMap((line, index) => {
    const outside = line.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, '""');
    return pattern.test(outside) ? [index + 1] : [];
  });
}
