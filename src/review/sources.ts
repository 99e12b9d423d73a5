import type { Source } from '../core/rule.ts';

/** The same work supports different claims in different rules. */
export function mcIntosh(supports: string): Source {
  return {
    title:
      'McIntosh, Kamei, Adams, Hassan: An empirical study of the impact of modern code review practices on software quality (EMSE 2016)',
    url: 'https://doi.org/10.1007/s10664-015-9381-9',
    supports,
  };
}

export const krutauz: Source = {
  title:
    'Krutauz, Dey, Rigby, Mockus: Do code review measures explain the incidence of post-release defects? (2020)',
  url: 'https://arxiv.org/abs/2005.09217',
  supports: 'That relation did not hold up in a replication, so the rule asks and does not predict.',
};
