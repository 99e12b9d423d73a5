import type { CoverageFacts } from '../../core/coverage-facts.ts';
import type { FindingDraft, Place } from '../../core/finding.ts';
import { isUnavailable, type Part } from '../../core/part.ts';
import { quoteName } from '../../core/quote-name.ts';
import type { TestFacts } from '../../core/test-facts.ts';
import { counted } from '../wording.ts';
import type { PlacedTest, WeakenedTests } from './weakened-tests.ts';

/** What a change takes from: the gravest of them decides the words. */
const words = {
  tests: {
    from: 'the tests',
    remains: 'The code they checked remains',
    seems: 'The code they checked seems to remain',
    action: 'Is what they checked still checked somewhere?',
  },
  test: {
    from: 'the tests',
    remains: 'The code it checked remains',
    seems: 'The code it checked seems to remain',
    action: 'Is what it checked still checked somewhere?',
  },
  measured: {
    from: 'what is measured',
    remains: 'The percentage speaks of less code than before',
    seems: 'The percentage speaks of less code than before',
    action: 'Is this code to go without tests on purpose?',
  },
  threshold: {
    from: 'what is asked of coverage',
    remains: 'A run that covers less than before passes now',
    seems: 'A run that covers less than before passes now',
    action: 'Is the lower threshold to stay?',
  },
} as const;

/**
 * One finding with everything that a change takes away; undefined when it takes nothing. Where the change also takes source
 * lines away, it is not certain that none of them is what the tests checked.
 */
export function weakenedFinding(
  seen: WeakenedTests,
  tests: TestFacts,
  coverage: Part<CoverageFacts>,
  takesSource: boolean,
): FindingDraft | undefined {
  const { excludes = [], thresholds } = tests;
  const said = sentences(seen, tests);
  if (said.length === 0) return undefined;
  const kind = kindOf(seen, tests);
  const [place, ...otherPlaces] = places(seen, tests);
  return {
    about: {},
    confidence: seen.focused.length + thresholds.length + excludes.length > 0 ? 'high' : 'medium',
    ...(place && { place }),
    ...(otherPlaces.length > 0 && { otherPlaces }),
    observation: `The change takes away from ${words[kind].from}: ${said.join('; ')}.`,
    impact: impact(takesSource ? words[kind].seems : words[kind].remains, kind, tests, coverage),
    action: words[kind].action,
    measurements: [
      { name: 'tests deleted', value: seen.deleted.length, unit: 'tests' },
      { name: 'tests skipped', value: seen.skipped.length, unit: 'tests' },
      { name: 'tests focused', value: seen.focused.length, unit: 'tests' },
      { name: 'assertions gone', value: seen.assertionsGone, unit: 'assertions' },
    ],
  };
}

function kindOf(
  { deleted, skipped, focused, assertionsGone }: WeakenedTests,
  { excludes = [], pragmas }: TestFacts,
): keyof typeof words {
  const named = deleted.length + skipped.length;
  if (named === 1 && focused.length + assertionsGone === 0) return 'test';
  if (named + focused.length + assertionsGone > 0) return 'tests';
  return excludes.length + pragmas.length > 0 ? 'measured' : 'threshold';
}

function places(seen: WeakenedTests, { excludes = [], pragmas, thresholds }: TestFacts): readonly Place[] {
  return [
    ...[...seen.focused, ...seen.skipped, ...seen.loosened].map(
      ({ path, test }): Place => ({ path, line: test.lines.start, side: 'head' }),
    ),
    ...seen.deleted.map(({ path, test }): Place => ({ path, line: test.lines.start, side: 'base' })),
    ...pragmas.map(({ path, line }): Place => ({ path, ...(line !== undefined && { line, side: 'head' }) })),
    ...excludes.map(({ path, line }): Place => ({ path, line, side: 'head' })),
    ...thresholds.map(({ path }): Place => ({ path })),
  ];
}

/** Names stand where they leave room for the rest: a finding is read as a whole. */
const mostWithNames = 2;

function sentences(seen: WeakenedTests, tests: TestFacts): readonly string[] {
  const { excludes = [], thresholds } = tests;
  const pragmas = tests.pragmas.reduce((sum, { more }) => sum + more, 0);
  const [threshold] = thresholds;
  const said: readonly (readonly [words: string, names: readonly string[]])[] = [
    ...ofTests(seen.deleted, 'deleted'),
    ...ofTests(seen.skipped, 'skipped'),
    ...ofTests(seen.focused, 'focused, which keeps others out'),
    ...(seen.assertionsGone > 0
      ? [[`${counted(seen.assertionsGone, 'fewer assertion')} in tests that remain`, []] as const]
      : []),
    ...(pragmas > 0
      ? [
          [
            `${pragmas} more ${pragmas === 1 ? 'comment that takes' : 'comments that take'} code out of the report`,
            [],
          ] as const,
        ]
      : []),
    ...(excludes.length > 0
      ? [
          [
            `${counted(excludes.length, 'more exclusion')} from the report`,
            excludes.map(({ pattern }) => pattern),
          ] as const,
        ]
      : []),
    ...(threshold
      ? [
          [
            `the threshold ${quoteName(threshold.name)} lowered from ${threshold.before} to ${threshold.after}`,
            [],
          ] as const,
        ]
      : []),
  ];
  return said.map(([words, [name, ...more]]) =>
    name === undefined || said.length > mostWithNames
      ? words
      : `${words} (${quoteName(shortened(name))}${more.length > 0 ? ', …' : ''})`,
  );
}

function ofTests(
  list: readonly PlacedTest[],
  words: string,
): readonly (readonly [words: string, names: readonly string[]])[] {
  return list.length === 0
    ? []
    : [[`${counted(list.length, 'test')} ${words}`, list.map(({ test }) => test.name)]];
}

/** The end of a name tells tests of one block apart. */
function shortened(name: string): string {
  const end = name.split(/\s+/).slice(-8).join(' ');
  const room =
    end.length <= 59
      ? end
      : end
          .slice(-60)
          .replace(/^\S*\s/, '')
          .slice(-59);
  return room === name ? name : `…${room}`;
}

/** With a report of the base it can be said what the code lost by it. */
function impact(
  remains: string,
  kind: keyof typeof words,
  { excludes = [] }: TestFacts,
  coverage: Part<CoverageFacts>,
): string {
  const base = isUnavailable(coverage) ? undefined : coverage.base;
  const isOfTests = kind === 'tests' || kind === 'test';
  if (base === undefined || isUnavailable(base))
    return isOfTests ? `${remains}, and a coverage report may not show the difference.` : `${remains}.`;
  const lost = base.lostLines.reduce(
    (sum, { ranges }) => sum + ranges.reduce((lines, { start, end }) => lines + end - start + 1, 0),
    0,
  );
  // A file that is left out is known to the base alone; without a new exclusion a shard may be what is missing.
  const wholeFiles = excludes.length > 0 ? base.ledger.unmapped.lines : 0;
  const left = -Math.min(0, base.ledger.indirect.lines) - Math.min(0, wholeFiles);
  const effects = [
    ...(lost > 0 ? [`${counted(lost, 'unchanged line')} run no more`] : []),
    ...(left > 0 ? [`${counted(left, 'line is', 'lines are')} no longer counted`] : []),
  ];
  if (effects.length > 0) return `${remains}: ${effects.join(', and ')}.`;
  return isOfTests ? `${remains}, and the coverage report does not show the difference.` : `${remains}.`;
}
