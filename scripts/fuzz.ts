import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { parserProperties } from '../test/hostile/parsers.ts';

/**
 * Tries every parser with random input until the time is over: `npm run fuzz -- --minutes 10`. The seed rises from round to
 * round, and is printed with a failure; `--seed N --only WORDS` repeats it.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: '' },
    only: { type: 'string', default: '' },
  },
});
const minutes = Number(values.minutes);
const chosen = parserProperties.filter(({ name }) => name.includes(values.only));
if (!(minutes > 0) || !/^\d*$/.test(values.seed) || chosen.length === 0) {
  console.error('Use: npm run fuzz -- [--minutes N] [--seed N] [--only WORDS OF A PROPERTY]');
  process.exit(2);
}
const end = performance.now() + minutes * 60_000;
const runsPerRound = 100;
const failed = new Map<string, string>();
let seed = values.seed === '' ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const first = seed;
let inputs = 0;
do {
  for (const { name, input, holds } of chosen) {
    if (failed.has(name)) continue;
    const result = await fc.check(
      fc.asyncProperty(input, async (value) => (await holds(value as never)) !== false),
      {
        seed,
        numRuns: runsPerRound,
        endOnFailure: false,
        interruptAfterTimeLimit: Math.max(1_000, end - performance.now()),
      },
    );
    inputs += result.numRuns;
    if (!result.failed || result.interrupted) continue;
    const shown = JSON.stringify(result.counterexample)?.slice(0, 2_000);
    failed.set(
      name,
      `seed ${seed}: ${shown}\n  ${String(result.errorInstance ?? 'it does not hold').slice(0, 500)}`,
    );
    console.error(`FAILED  ${name}\n  ${failed.get(name)}`);
  }
  seed += 1;
} while (performance.now() < end && values.seed === '');
console.log(
  `${inputs} inputs for ${chosen.length} properties, seeds ${first} to ${seed - 1}: ${failed.size} failed.`,
);
process.exitCode = failed.size > 0 ? 1 : 0;
