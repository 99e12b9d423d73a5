import type { CoverageFacts } from './coverage-facts.ts';
import type { Facts } from './facts.ts';
import { isUnavailable, type Part } from './part.ts';

type IsKept = (path: string) => boolean;

/** The facts with those paths alone of the change, its migrations, its tests and its coverage. */
export function withPaths(facts: Facts, isKept: IsKept): Facts {
  const { change, migrations, coverage, tests } = facts;
  const kept = <T extends { readonly path: string }>(items: readonly T[]) =>
    items.filter(({ path }) => isKept(path));
  return {
    ...facts,
    change: isUnavailable(change) ? change : { ...change, files: kept(change.files) },
    migrations: isUnavailable(migrations) ? migrations : { ...migrations, files: kept(migrations.files) },
    coverage: coverageWith(coverage, isKept),
    ...(tests && {
      tests: isUnavailable(tests)
        ? tests
        : {
            ...tests,
            files: kept(tests.files),
            pragmas: kept(tests.pragmas),
            thresholds: kept(tests.thresholds),
            ...(tests.habits && { habits: kept(tests.habits) }),
            notRead: kept(tests.notRead),
          },
    }),
  };
}

/** A module stays when a kept file of the change lies in it, or its folder itself is kept. */
function coverageWith(coverage: Part<CoverageFacts>, isKept: IsKept): Part<CoverageFacts> {
  if (isUnavailable(coverage)) return coverage;
  const changed = coverage.changed.filter(({ path }) => isKept(path));
  const touched = new Set(changed.flatMap(({ module }) => module ?? []));
  const { base, modules } = coverage;
  return {
    ...coverage,
    changed,
    ...(modules && {
      modules: modules.filter(({ name }) => touched.has(name) || isKept(name) || isKept(`${name}/-`)),
    }),
    ...(base && {
      base: isUnavailable(base)
        ? base
        : { ...base, lostLines: base.lostLines.filter(({ path }) => isKept(path)) },
    }),
  };
}
