import { expect, it } from 'vitest';
import { parseSettings } from '../../src/config/parse-settings.ts';
import { withWaivers } from '../../src/core/apply-settings.ts';
import { findingsOf } from '../../src/core/report.ts';
import { answers } from '../../src/render/answers.ts';
import { rules } from '../../src/rules.ts';
import { facts, finding, report, reportWith } from '../support/facts.ts';

const asked = facts({
  replies: [
    {
      kind: 'explain',
      fingerprint: 'a7f3kq',
      reason: '',
      mayDecide: false,
      isByAuthor: true,
      commentId: 41,
    },
  ],
});

it('an answer says everything, how to end the finding here, and how to end it for longer', () => {
  expect(answers(reportWith([finding()]), asked, 'default')).toEqual([
    {
      commentId: 41,
      body: [
        '<!-- review-vitals:answer default 41 -->',
        '**`a7f3kq`: 3 of 4 changed lines in `src/refund.ts` are not run by any test.**',
        'The rest of this file is run to 92 %. Is the path after a partial refund covered somewhere this report cannot see?',
        '- changed lines not run: 3 of 4 lines',
        'What it measures, its sources and when it stays quiet: [coverage/changed-lines-not-run](https://github.com/review-vitals/review-vitals/blob/main/docs/rules/coverage/changed-lines-not-run.md). To end it for this pull request: `/vitals waive a7f3kq: reason`. For longer, in `.github/review-vitals.yml`:',
        '```yaml\nwaivers:\n  - rule: coverage/changed-lines-not-run\n    path: "src/refund.ts"\n    reason: "why this is fine here"\n    until: 2027-02-20\n```',
      ].join('\n\n'),
    },
  ]);
});

it.each(['src/refund.ts', 'app/[id]/a "b".tsx', 'src/{x}*.ts', 'a\n- b: c.sql', 'ü/`.sql'])(
  'the entry for %j is read as it is meant',
  (path) => {
    const found = finding({ place: { path } });
    const [answer] = answers(reportWith([found]), asked, 'default');
    const yaml = /`{3,}yaml\n([\s\S]*?)\n`{3,}/.exec(answer?.body ?? '')?.[1] ?? '';
    const { settings, problems } = parseSettings(yaml, 'f', rules);
    expect(problems).toEqual([]);
    const { results } = reportWith([found]);
    const now = asked.now;
    expect(findingsOf(report({ results: withWaivers(results, settings, now) }))).toEqual([]);
    const other = reportWith([finding({ place: { path: 'elsewhere/x.ts' } })]).results;
    expect(findingsOf(report({ results: withWaivers(other, settings, now) }))).toHaveLength(1);
  },
);

it('an id that nothing has is told, and nothing is made up', () => {
  expect(answers(report(), asked, 'default')).toEqual([
    {
      commentId: 41,
      body: '<!-- review-vitals:answer default 41 -->\n\nThere is no finding `a7f3kq` on this head; it may have been addressed since.',
      unknown: 'a7f3kq',
    },
  ]);
});

it('what is no command is answered with those there are', () => {
  const unclear = facts({
    replies: [
      {
        kind: 'unclear',
        fingerprint: '',
        reason: 'wave `a7f`',
        mayDecide: false,
        isByAuthor: false,
        commentId: 42,
      },
    ],
  });
  expect(answers(reportWith([finding()]), unclear, 'default')).toEqual([
    {
      commentId: 42,
      body: '<!-- review-vitals:answer default 42 -->\n\n`` /vitals wave `a7f` `` is no command. There are `/vitals waive ID: reason`, `/vitals noise ID` and `/vitals explain ID`; the ID stands beside each finding, six characters long.',
      unknown: '',
    },
  ]);
});
