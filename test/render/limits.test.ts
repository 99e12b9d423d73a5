import { describe, expect, it } from 'vitest';
import { jobSummary } from '../../src/render/check-run.ts';
import { conversation } from '../../src/render/conversation.ts';
import { cutList, cutToLength } from '../../src/render/limits.ts';
import { mostShown, readSummaryMarker } from '../../src/render/marker.ts';
import { facts, finding, reportWith } from '../support/facts.ts';

const settings = { comment: 'on-findings', failOn: 'never', instance: 'default' } as const;

/** As many findings as a rule with a long name reports one a file. */
function many(count: number, folder = 'src') {
  return reportWith(
    Array.from({ length: count }, (_, n) =>
      finding({
        rule: 'coverage/unchanged-lines-lost-coverage',
        fingerprint: n.toString(36).padStart(6, '0'),
        place: { path: `${folder}/file-${n}.ts`, line: 10 },
      }),
    ),
  );
}

describe('a summary comment about very many findings', () => {
  it.each([425, 426, mostShown, mostShown + 1, 2000])('of %i is known again', (count) => {
    const body = conversation(many(count), facts(), settings).summary(undefined) ?? '';
    expect(body.length).toBeLessThan(65_536);
    expect(readSummaryMarker(body)?.instance).toBe('default');
    expect(readSummaryMarker(body)?.shown).toHaveLength(Math.min(count, mostShown));
  });

  it('says what did not fit, and where it is', () => {
    const body = conversation(many(2000), facts(), settings).summary(undefined) ?? '';
    expect(body).toMatch(/_One section did not fit into this text; the job summary has all of it\._$/);
    expect(body).toContain('**2,000 things to look at** in this change.');
  });

  it('gives no count that it no longer knows when all of them are addressed', () => {
    const before = readSummaryMarker(conversation(many(2000), facts(), settings).summary(undefined) ?? '');
    const rule = 'coverage/unchanged-lines-lost-coverage';
    const passed = reportWith([], [{ rule, level: 'warning', outcome: { kind: 'pass', seen: 'all run' } }]);
    const body = conversation(passed, facts(), settings).summary(before);
    expect(body).toContain('\nAll findings are addressed as of `bbbbbbb`.');
  });
});

describe('a comment of which everything is waived', () => {
  const waived = (count: number, reason: string) =>
    reportWith(
      Array.from({ length: count }, (_, n) =>
        finding({
          fingerprint: n.toString(36).padStart(6, '0'),
          place: { path: `src/${n}.ts` },
          waiver: { reason, from: 'reply' },
        }),
      ),
    );
  const shown = Array.from({ length: mostShown }, (_, n) => ({
    rule: 'coverage/changed-lines-not-run',
    fingerprint: n.toString(36).padStart(6, '0'),
  }));

  it('fits, and says how many of them it leaves out', () => {
    const body =
      conversation(waived(mostShown, '[👩🏽‍🚀] '.repeat(60)), facts(), settings).summary({
        shown,
        ended: [],
      }) ?? '';
    expect(body.length).toBeLessThan(60_000);
    expect(body).toMatch(/\n- \d{3} more waived; the job summary has all of them$/);
  });

  it('cuts a reason that settings give at length, between characters', () => {
    const body = conversation(waived(1, '🚀'.repeat(9_000)), facts(), settings).summary({ shown, ended: [] });
    expect(body).toContain(`(${'🚀'.repeat(249)}…)`);
  });
});

describe('a job summary', () => {
  const bytes = (text: string) => Buffer.byteLength(text);

  it('of 500 findings has all of them', () => {
    const text = jobSummary(many(500), []);
    expect(text).toContain('\n500. ');
    expect(text).not.toContain('did not fit');
  });

  it.each(['src', '資料'.repeat(40)])(
    'of 2,000 findings in %s stays below 1 MiB and says how many are left out',
    (folder) => {
      const text = jobSummary(many(2000, folder), []);
      expect(bytes(text)).toBeLessThan(1024 * 1024);
      const shown = [...text.matchAll(/^\d+\. \*\*/gm)].length;
      expect(shown).toBeGreaterThan(400);
      const left = (2000 - shown).toLocaleString('en');
      expect(text).toContain(
        `_${left} more findings did not fit into this text; the report as JSON (the output \`report\`) has all of it._`,
      );
      expect(text).toContain('#### What was checked');
    },
  );
});

describe('a text that is cut', () => {
  it('keeps what fits, in its order, and counts the sections that do not', () => {
    expect(cutToLength(['a'.repeat(30), 'b'.repeat(300), 'c'], 200)).toBe(
      `${'a'.repeat(30)}\n\nc\n\n_One section did not fit into this text; the job summary has all of it._`,
    );
    const sections = Array.from({ length: 1235 }, () => 'x'.repeat(50));
    expect(cutToLength(sections, 220)).toMatch(/\n\n_1,234 sections did not fit into this text; /);
  });

  it('is whole exactly at the limit', () => {
    expect(cutList(['ab', 'cd'], 6)).toEqual({ kept: ['ab', 'cd'], left: 0 });
    expect(cutList(['ab', 'cd'], 5)).toEqual({ kept: ['ab'], left: 1 });
    expect(cutList(['資'], 3)).toEqual({ kept: [], left: 1 });
    expect(cutList([], 0)).toEqual({ kept: [], left: 0 });
  });
});
