import type { PathAttribute, QuietLines } from '../../core/review-facts.ts';

/** What nobody reads line by line, in the words it is reported with. */
export type LeftOut =
  | 'lock files'
  | 'generated files'
  | 'vendored files'
  | 'snapshots'
  | 'documentation'
  | 'white space'
  | 'moved blocks';

/** What is known of the lines beyond the names of their files. */
export interface KnownOfLines {
  readonly attributes?: readonly PathAttribute[];
  readonly quietLines?: readonly QuietLines[];
}

const lockFiles = new Set([
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
  'deno.lock',
  'cargo.lock',
  'gemfile.lock',
  'composer.lock',
  'poetry.lock',
  'pdm.lock',
  'uv.lock',
  'pipfile.lock',
  'go.sum',
  'go.work.sum',
  'mix.lock',
  'pubspec.lock',
  'podfile.lock',
  'package.resolved',
  'packages.lock.json',
  'gradle.lockfile',
  'flake.lock',
  'conan.lock',
  '.terraform.lock.hcl',
  'module.bazel.lock',
]);

// Patterns run over the lower-case path with a "/" in front, so that a folder is found at the root too.
const patterns: readonly (readonly [pattern: RegExp, why: LeftOut])[] = [
  [/\/(?:node_modules|vendor|third[-_]party|bower_components|godeps)\//, 'vendored files'],
  [/\/__snapshots__\/|\.(?:snap|ambr)$/, 'snapshots'],
  [/\/(?:__generated__|generated)\//, 'generated files'],
  [/\.min\.(?:js|css|mjs)$|\.(?:js|mjs|css)\.map$/, 'generated files'],
  [
    /(?:\.pb\.(?:go|cc|h)|_pb2(?:_grpc)?\.pyi?|\.pb\.gw\.go|\.g\.dart|\.freezed\.dart|\.designer\.cs)$/,
    'generated files',
  ],
  [/[._]generated\.[a-z\d]+$/, 'generated files'],
  [/\.(?:md|mdx|rst|adoc|asciidoc)$/, 'documentation'],
  [/\/docs?\/(?:.*\/)?[^/]+\.(?:txt|png|svg|jpe?g|gif)$/, 'documentation'],
  [/\/(?:licen[cs]e|notice|authors|contributors|changelog|changes|copying)(?:\.txt)?$/, 'documentation'],
];

/**
 * Why the lines of a path do not count, by its name alone, or undefined when they do. Names are those that the package
 * managers write and that GitHub's linguist calls generated, vendored or documentation; a test, a config file and a
 * build script are read like any other code.
 * Source: github-linguist/linguist, lib/linguist/{generated.rb,vendor.yml,documentation.yml}; narrowed by us.
 */
export function leftOut(path: string): LeftOut | undefined {
  const lower = path.toLowerCase();
  if (lockFiles.has(lower.slice(lower.lastIndexOf('/') + 1))) return 'lock files';
  return patterns.find(([pattern]) => pattern.test(`/${lower}`))?.[1];
}

const attributeReasons: Readonly<Record<PathAttribute['is'], LeftOut | undefined>> = {
  generated: 'generated files',
  vendored: 'vendored files',
  documentation: 'documentation',
  code: undefined,
};

/** Gives the reason for any path: the base's attributes have the last word, else its name tells. */
export function leftOutWith(
  attributes: readonly PathAttribute[] = [],
): (path: string) => LeftOut | undefined {
  const marked = new Map(attributes.map(({ path, is }) => [path, attributeReasons[is]]));
  return (path) => (marked.has(path) ? marked.get(path) : leftOut(path));
}

export interface EffectiveLines {
  /** Added plus deleted lines that count. */
  readonly lines: number;
  /** Added plus deleted lines that do not. */
  readonly leftOut: number;
  /** The reasons, each once, the one with the most lines first. */
  readonly reasons: readonly LeftOut[];
}

/**
 * Lines of a change that somebody has to read. Unit: lines, added plus deleted; an edited line counts twice, as in git's
 * own numbers, and a pure rename counts 0 as there. Left out are files by their name or by the base's `.gitattributes`,
 * which has the last word, and of the other files the lines known to be moved or to differ in white space alone.
 * Domain: any list of files, of which each path stands once.
 */
export function effectiveLines(
  files: readonly { readonly path: string; readonly lines: number }[],
  known: KnownOfLines = {},
): EffectiveLines {
  const whyLeftOut = leftOutWith(known.attributes);
  const quiet = new Map(known.quietLines?.map((lines) => [lines.path, lines]));
  const apart = new Map<LeftOut, number>();
  const leave = (why: LeftOut, count: number) => {
    if (count > 0) apart.set(why, (apart.get(why) ?? 0) + count);
  };
  let lines = 0;
  for (const file of files) {
    const why = whyLeftOut(file.path);
    if (why) leave(why, file.lines);
    else {
      const { whitespace = 0, moved = 0 } = quiet.get(file.path) ?? {};
      const blank = Math.min(whitespace, file.lines);
      const elsewhere = Math.min(moved, file.lines - blank);
      leave('white space', blank);
      leave('moved blocks', elsewhere);
      lines += file.lines - blank - elsewhere;
    }
  }
  return {
    lines,
    leftOut: [...apart.values()].reduce((sum, count) => sum + count, 0),
    reasons: [...apart].toSorted((a, b) => b[1] - a[1]).map(([why]) => why),
  };
}
