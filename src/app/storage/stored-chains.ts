import { coverageChainOver } from '../../collect/coverage-history/coverage-chain.ts';
import { healthChainOver } from '../../collect/history/health-chain.ts';
import type { KeptChains } from '../../collect/kept-chains.ts';
import type { RepositoryJob } from '../queue/jobs.ts';
import type { Storage } from './storage.ts';
import { storedChain } from './stored-chain.ts';

/** What is remembered of a repository, in our own database; nothing has to be closed. */
export function storedChains(storage: Pick<Storage, 'db'>, place: RepositoryJob): KeptChains {
  return {
    coverage: coverageChainOver(storedChain(storage, place, 'coverage')),
    health: healthChainOver(storedChain(storage, place, 'health')),
  };
}
