import { describe, expect, it } from 'vitest';
import type { Settings } from '../src/core/settings.ts';
import { reportOn } from '../src/report-on.ts';
import { change, changedFile, facts, finding, reportWith } from './support/facts.ts';

const ended: Settings = {
  waivers: [
    {
      rule: 'coverage/changed-lines-not-run',
      path: 'src/**',
      reason: 'Generated soon.',
      until: '2026-12-31',
    },
  ],
};

/** What is said of the settings that a change brings, on a head of which an earlier run knows one finding. */
function remarkOn(now: Settings, proposed: Settings, path: string): string | undefined {
  const { remarks } = reportOn(
    facts({
      change: change({ files: [changedFile({ path })] }),
      earlierResults: reportWith([finding()]).results,
      settings: { settings: now, from: [], problems: [], proposed: { settings: proposed, problems: [] } },
    }),
  );
  return remarks.find((remark) => remark.startsWith('the change edits the settings'));
}

describe('settings that a change deletes', () => {
  const file = '.github/review-vitals.yml';
  it.each([
    ['deleted', changedFile({ path: file, status: 'deleted' })],
    ['renamed', changedFile({ path: 'old.yml', previousPath: file, status: 'renamed' })],
  ])('are judged without them where the file is %s', (_, deleted) => {
    const { remarks } = reportOn(
      facts({
        change: change({ files: [deleted] }),
        earlierResults: reportWith([finding()]).results,
        settings: {
          settings: ended,
          from: [],
          problems: [],
          proposed: { settings: {}, problems: [], isRemoved: true },
        },
      }),
    );
    expect(remarks).toContain(
      'the change deletes the settings; without them this run would have 1 finding (1 of level warning or failure) instead of 0 findings (0 of level warning or failure).',
    );
  });
});

describe('settings that a change edits', () => {
  const file = '.github/review-vitals.yml';
  const would = (then: string, now: string) =>
    `the change edits the settings; with them this run would have ${then} of level warning or failure) instead of ${now} of level warning or failure).`;

  it('change nothing where they say nothing about what was found, now or by an earlier run', () => {
    expect(remarkOn({}, {}, file)).toBe(would('1 finding (1', '1 finding (1'));
  });

  it('are counted beside the waivers that are in force already', () => {
    expect(remarkOn(ended, ended, file)).toBe(would('0 findings (0', '0 findings (0'));
    expect(remarkOn(ended, {}, file)).toBe(would('1 finding (1', '0 findings (0'));
    expect(remarkOn({}, ended, file)).toBe(would('0 findings (0', '1 finding (1'));
  });

  it('are not spoken of when only the base has changed them since the branch began', () => {
    expect(remarkOn({}, ended, 'src/refund.ts')).toBeUndefined();
  });
});
