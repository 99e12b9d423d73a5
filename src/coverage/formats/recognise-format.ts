import type { ReportFormat } from './raw-report.ts';

/** How many bytes from the start decide on the format. */
export const recognisedFrom = 64 * 1024;

/** Why a file is not read: another kind of file, or one in an encoding that needs to be changed first. */
export interface NotRecognised {
  readonly notRecognised: string;
}

/** Reports of other kinds, by what they begin with, and what to write in their place. */
const otherReports: readonly (readonly [begins: RegExp, whatNow: string])[] = [
  [/^(?:<[\s\S]*?)?<CoverageSession[\s>]/, 'OpenCover: let coverlet or ReportGenerator write Cobertura'],
  [
    /^\{\s*"meta"\s*:\s*\{[^{}]*"branch_coverage"/,
    'coverage.py: `coverage xml` or `coverage lcov` writes one',
  ],
  [/^\{\s*"data"\s*:\s*\[\s*\{\s*"(?:files|functions|totals)"/, 'llvm-cov: write lcov'],
  [
    /^\{\s*"[^"]*"\s*:\s*\{\s*"coverage"\s*:\s*\{/,
    'SimpleCov: let simplecov-lcov or simplecov-cobertura write one',
  ],
];

/** Tells a report's format by its first bytes, never by its name. */
export function recogniseFormat(head: Uint8Array): ReportFormat | NotRecognised {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    return { notRecognised: 'it is written in UTF-16; write it as UTF-8' };
  }
  if (head[0] === 0x1f && head[1] === 0x8b) return { notRecognised: 'it is compressed; unpack it first' };
  // Byte for byte is enough: all that decides is ASCII.
  const text = new TextDecoder('latin1')
    .decode(head.subarray(0, recognisedFrom))
    .replace(/^ï»¿/, '')
    .trimStart();
  if (text === '') return { notRecognised: 'it is empty' };
  if (text.startsWith('<') || text.startsWith('{')) {
    const format = text.startsWith('<') ? xmlFormat(text) : jsonFormat(text);
    const other = typeof format === 'string' ? undefined : otherReports.find(([begins]) => begins.test(text));
    return typeof format === 'string' || other === undefined
      ? format
      : { notRecognised: `${format.notRecognised} (${other[1]})` };
  }
  if (/^mode: \w+/.test(text)) return 'go-cover';
  if (/^(?:#[^\n]*\n\s*)*(?:TN|SF|VER):/.test(text)) return 'lcov';
  return { notRecognised: 'its content is no known report format' };
}

function xmlFormat(text: string): ReportFormat | NotRecognised {
  const root = /<([A-Za-z_][\w.:-]*)([^>]*)/.exec(text.replace(/<!--[\s\S]*?(?:-->|$)/g, ''));
  const attributes = root?.[2] ?? '';
  if (root?.[1] === 'report') return 'jacoco';
  if (root?.[1] === 'scoverage') return 'scoverage';
  if (root?.[1] !== 'coverage')
    return { notRecognised: `its XML begins with <${root?.[1] ?? '?'}>, which is no known report` };
  // Clover and Cobertura share the name of the root; Clover's has a generation time and a <project> below it.
  return /\b(?:generated|clover)\s*=/.test(attributes) || /<project[\s>]/.test(text) ? 'clover' : 'cobertura';
}

function jsonFormat(text: string): ReportFormat | NotRecognised {
  if (/"(?:statementMap|fnMap|branchMap)"\s*:/.test(text)) return 'istanbul';
  if (
    /^\{\s*"[^"]*"\s*:\s*\{\s*"(?:lines|statements|functions|branches|branchesTrue)"\s*:\s*\{\s*"total"\s*:/.test(
      text,
    )
  ) {
    return 'istanbul-summary';
  }
  if (/^\{\s*\}\s*$/.test(text)) return { notRecognised: 'it is an empty JSON object' };
  return { notRecognised: 'its JSON is no known report' };
}
