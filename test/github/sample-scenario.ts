import type { Scenario } from './start-github.ts';

/** `line 1` … `line N`, with some lines changed. */
export function numbered(count: number, changed: Readonly<Record<number, string>> = {}): string {
  return Array.from({ length: count }, (_, index) => `${changed[index + 1] ?? `line ${index + 1}`}\n`).join(
    '',
  );
}

/**
 * acme/shop with one pull request by ann: `a.txt` (60 lines) changed in lines 10 and 40, `new.txt` added, `gone.txt`
 * removed. The hunks of `a.txt` are lines 7–13 and 37–43.
 */
export const sampleScenario: Scenario = {
  now: '2026-11-02T09:00:00Z',
  users: { ann: { name: 'Ann' }, bob: {}, 'renovate[bot]': {} },
  repositories: [
    {
      name: 'acme/shop',
      collaborators: { ann: 'write', bob: 'write' },
      labels: [{ name: 'bug' }],
      git: [
        { commit: 'Start', files: { 'a.txt': numbered(60), 'gone.txt': 'bye\n', 'other.txt': 'other\n' } },
      ],
      pullRequests: [
        {
          title: 'Change two lines',
          body: 'Because.',
          author: 'ann',
          head: 'feature',
          commits: [
            {
              commit: 'Change two lines',
              as: 'change',
              files: {
                'a.txt': numbered(60, { 10: 'ten', 40: 'forty' }),
                'new.txt': 'one\ntwo\n',
                'gone.txt': null,
              },
            },
          ],
        },
      ],
    },
  ],
};
