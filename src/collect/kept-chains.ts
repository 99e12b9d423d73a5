import type { CoverageChain } from './coverage-history/coverage-chain.ts';
import type { HealthChain } from './history/health-chain.ts';

/** What is remembered of a repository elsewhere than under its own hidden refs. Whoever opened the chains closes them. */
export interface KeptChains {
  readonly coverage: CoverageChain;
  readonly health: HealthChain;
}
