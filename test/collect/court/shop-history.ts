import { collectBranchCourt } from '../../../src/collect/court/collect-branch-court.ts';
import type { BranchCourtRequest } from '../../../src/collect/court/court-request.ts';
import type { CourtFacts } from '../../../src/core/court-facts.ts';
import { isUnavailable, unavailable } from '../../../src/core/part.ts';
import { createGitRepository, type GitRepository } from '../../support/git-repository.ts';

const tax = [
  'export const rate = 0.19;',
  'export const free = 100;',
  'export const tax = (p: number) => p * rate;',
];
export const text = (...lines: readonly string[]) => `${lines.join('\n')}\n`;

/** Seven pull requests of a shop: one is fixed in time, one taken back, one fixed too late to count. */
export function shopHistory(): GitRepository {
  const repository = createGitRepository();
  const on = (date: string) => ({ date: `${date}T12:00:00Z` });
  repository.commit({ 'README.md': 'shop\n' }, { message: 'Begin', ...on('2025-01-01') });
  repository.commit({ 'src/tax.ts': text(...tax) }, { message: 'Add tax (#1)', ...on('2025-01-10') });
  repository.commit(
    { 'src/ship.ts': text('export const days = 3;') },
    { message: 'Add shipping (#2)', ...on('2025-01-12') },
  );
  repository.commit(
    { 'src/pay.ts': text('export const card = true;') },
    { message: 'Add cards (#3)', ...on('2025-01-14') },
  );
  repository.commit(
    {
      'src/tax.ts': text(
        ...tax.slice(0, 2),
        'export const tax = (p: number) => Math.max(0, p - free) * rate;',
      ),
    },
    { message: 'Fix tax below the free amount (#4)', ...on('2025-02-01') },
  );
  repository.commit(
    { 'src/ship.ts': null },
    { message: 'Revert "Add shipping (#2)" (#5)', ...on('2025-02-03') },
  );
  repository.commit(
    { 'src/pay.ts': text('export const card = false;') },
    { message: 'fix: cards are off (#6)', ...on('2025-09-20') },
  );
  repository.commit(
    { 'src/new.ts': text('export const x = 1;') },
    { message: 'Add x (#7)', ...on('2025-10-01') },
  );
  return repository;
}

/** The court on a clone, asked by one rule that always passes. */
export async function courtOn(
  place: Pick<BranchCourtRequest, 'checkout' | 'scratchFolder'>,
  over: Partial<BranchCourtRequest> = {},
): Promise<CourtFacts> {
  const facts = await collectBranchCourt({
    now: '2025-10-02T00:00:00Z',
    seed: 1,
    repository: { name: 'shop' },
    watchedDays: 180,
    learnedDays: 180,
    rules: ['a/rule'],
    judge: (moments) => ({ 'a/rule': moments.length > 0 ? 'passed' : 'spoke' }),
    ...place,
    since: '2024-01-01T00:00:00Z',
    most: 100,
    github: unavailable('nobody asked'),
    ...over,
  });
  if (isUnavailable(facts)) throw new Error(facts.unavailable);
  return facts;
}
