import type { Change } from '../../core/change.ts';
import { findings, notApplicable, notAvailable, pass, type Verdict } from '../../core/outcome.ts';
import { isUnavailable } from '../../core/part.ts';
import { quoteName } from '../../core/quote-name.ts';
import type { ReviewFacts } from '../../core/review-facts.ts';
import { defineRule } from '../../core/rule.ts';
import { whyNotOrdinary } from '../measure/change-class.ts';
import { sizedFiles } from '../measure/change-size.ts';
import { effectiveLines } from '../measure/effective-lines.ts';
import { type GroupFamiliarity, groupFamiliarity } from '../measure/familiarity.ts';
import { lastHumanApproval } from '../measure/last-human-approval.ts';
import { type SecondLook, secondLook } from '../measure/second-look.ts';
import { mcIntosh } from '../sources.ts';
import { counted, percent } from '../wording.ts';

const looksNamed = 2;

export const noFamiliarReview = defineRule({
  id: 'review/no-familiar-review',
  since: '0.1.0',
  level: 'notice',
  question: 'Does anybody who reviewed the change know the files it touches?',
  docs: {
    triggered:
      'Humans approved a change, and of its lines in files with a history hardly any lie in a file that one of those who reviewed it has changed or reviewed within the history read, while others have.',
    why: 'Who knows a file sees what a change leaves out. Reading unknown files is also how knowledge spreads, so this is worth a question, not an objection.',
    fix: 'A further look from the team or folder named.',
    quietWhen:
      'One of those who reviewed knows the files, nobody but the authors has worked on them, few lines change, nobody has approved, or it is a revert, backport, release or mechanical change or by a bot.',
  },
  sources: [
    mcIntosh(
      'Components whose reviewers lacked expertise in them had more defects after release in some of three projects.',
    ),
    {
      title:
        'Hajari et al.: Factoring expertise, workload, and turnover into code review recommendation (2023)',
      url: 'https://arxiv.org/abs/2312.17236',
      supports: 'Suggestions that weigh knowledge against load keep both expertise and workload in balance.',
    },
  ],
  thresholds: {
    familiarShare: {
      fallback: 0.1,
      unit: 'ratio',
      meaning:
        'Below this share of its lines in known files, the reviewing group is called unfamiliar with the change.',
    },
    minimumLines: {
      fallback: 50,
      unit: 'lines',
      meaning: 'A change with fewer lines in files with a history is not judged.',
    },
  },
  needs: ['pullRequest', 'review', 'change'],
  identity: () => ['pull request'],
  evaluate({ pullRequest, review, change }, { familiarShare, minimumLines }): Verdict {
    const why = whyNotOrdinary(pullRequest);
    if (why !== undefined) return notApplicable(why);
    if (!lastHumanApproval(review)) return notApplicable('no human approval stands');
    if (review.familiarity === undefined) return notAvailable('who has worked on these files was not read');
    if (isUnavailable(review.familiarity)) return notAvailable(review.familiarity.unavailable);
    const found = groupFamiliarity(review.familiarity, readableLines(change, review), review);
    if (!found) return notApplicable('nobody but its authors has worked on these files');
    if (found.lines < minimumLines) {
      return pass(`${counted(found.lines, 'line')} in files with a history, below ${minimumLines}`);
    }
    if (found.share >= familiarShare) {
      return pass(
        `${counted(found.familiar, 'line')} of ${found.lines} lie in files that those who reviewed have worked on`,
      );
    }
    const { queue } = review;
    const looks = secondLook(
      found.strange,
      queue === undefined || isUnavailable(queue) ? undefined : queue,
      looksNamed,
    );
    return findings([
      {
        about: {},
        confidence: 'medium',
        observation: observationOf(found, review.familiarity.since),
        impact: impactOf(looks, found),
        action: 'Is a further look from there worth the wait?',
        measurements: [
          {
            name: 'lines in files known to those who reviewed',
            value: found.familiar,
            unit: 'lines',
            base: found.lines,
          },
        ],
      },
    ]);
  },
});

function readableLines(change: Change, review: ReviewFacts): ReadonlyMap<string, number> {
  return new Map(sizedFiles(change).map((file) => [file.path, effectiveLines([file], review).lines]));
}

function observationOf({ familiar, lines, share }: GroupFamiliarity, since: string): string {
  const known = familiar === 0 ? 'None' : `${familiar} (${percent(share)})`;
  return `${known} of ${counted(lines, 'changed line')} ${familiar < 2 ? 'lies' : 'lie'} in a file that those who reviewed have worked on since ${since.slice(0, 7)}; files without a history are left out.`;
}

function impactOf(looks: readonly SecondLook[], { strange }: GroupFamiliarity): string {
  const names = looks.map(({ name }) => quoteName(name)).join(' and ');
  const whose =
    looks[0]?.from === 'team'
      ? `${names} ${looks.length === 1 ? 'owns' : 'own'} most of them`
      : `Others have worked in ${names}`;
  return `${whose}; the largest part is ${quoteName(strange[0]?.path ?? '')}.`;
}
