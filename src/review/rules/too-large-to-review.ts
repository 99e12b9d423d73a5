import type { Change } from '../../core/change.ts';
import { findings, notApplicable, notAvailable, pass, type Verdict } from '../../core/outcome.ts';
import { isUnavailable, type Part } from '../../core/part.ts';
import { thousands } from '../../core/quantity-text.ts';
import { quoteName } from '../../core/quote-name.ts';
import type { ReviewFacts } from '../../core/review-facts.ts';
import { defineRule } from '../../core/rule.ts';
import { whyNotOrdinary } from '../measure/change-class.ts';
import { changeSize, sizedFiles } from '../measure/change-size.ts';
import { effectiveLines } from '../measure/effective-lines.ts';
import { quantileOf, shareAtMost } from '../measure/quantile-sketch.ts';
import { type SplitProposal, splitProposal } from '../measure/split-proposal.ts';
import { usualHere } from '../measure/usual.ts';
import { counted, percent } from '../wording.ts';

const foldersNamed = 3;

export const tooLargeToReview = defineRule({
  id: 'review/too-large-to-review',
  since: '0.1.0',
  level: 'notice',
  question: 'Is the change larger than nearly all that are merged here, and where could it be cut?',
  docs: {
    triggered:
      'The lines that somebody has to read are more than 95 % of the pull requests merged here in the last 180 days had. Lock files, generated and vendored files, snapshots, documentation, moved blocks and white space are not counted.',
    why: 'Reviewers find fewer defects for each line as a change grows, and comments thin out towards its last files. Which size is too much differs between teams, so the repository’s own history is the measure.',
    fix: 'Cut it along the folders or commits named, so that each part can be read and merged by itself; where that cannot be done, name the files to read first.',
    quietWhen:
      'The change has fewer lines than the threshold, it was merged already, or it is a revert, backport, release or mechanical change or by a bot. With fewer than 60 merged pull requests nothing is called usual.',
  },
  sources: [
    {
      title: 'Bosu, Greiler, Bird: Characteristics of useful code reviews (MSR 2015)',
      url: 'https://doi.org/10.1109/MSR.2015.21',
      supports: 'The share of useful comments falls with the number of files in a change.',
    },
    {
      title: 'Fregnan et al.: First come first served: the impact of file position on code review (FSE 2022)',
      url: 'https://doi.org/10.1145/3540250.3549177',
      supports: 'Later files get fewer comments, and a defect in the last one is found less often.',
    },
  ],
  thresholds: {
    largestShare: {
      fallback: 0.05,
      unit: 'ratio',
      meaning: 'The change is among this share of the largest merged here.',
    },
    minimumLines: {
      fallback: 400,
      unit: 'lines',
      meaning: 'A change with fewer lines to read is never called too large.',
      source: {
        title: 'Cohen: Code review at Cisco Systems (SmartBear, 2006)',
        url: 'https://studylib.net/doc/8835390',
        supports:
          'Defects found for each line fell in changes above 200 to 400 lines; a vendor’s study of one company.',
      },
    },
  },
  needs: ['pullRequest', 'review'],
  identity: () => ['pull request'],
  evaluate({ pullRequest, review, change }, { largestShare, minimumLines }): Verdict {
    const why = whyNotOrdinary(pullRequest);
    if (why !== undefined) return notApplicable(why);
    if (pullRequest.state === 'merged') return notApplicable('the pull request is merged');
    const size = changeSize(change, review);
    if (!size) return notAvailable('the size of the change is not known');
    if (size.lines < minimumLines)
      return pass(`${counted(size.lines, 'line')} to read, below ${minimumLines}`);
    const usual = usualHere(review);
    if ('instead' in usual) return usual.instead;
    const { baseline } = usual;
    const smaller = shareAtMost(baseline.lines, size.lines) ?? 0;
    if (smaller <= 1 - usual.tail(largestShare)) {
      return pass(
        `${counted(size.lines, 'line')} to read; ${percent(1 - smaller)} of ${thousands(baseline.n)} merged changes are larger`,
      );
    }
    const large = quantileOf(baseline.lines, 0.95) ?? 0;
    const notCounted =
      size.leftOut > 0 ? ` (not counted: ${thousands(size.leftOut)} in ${size.reasons.join(', ')})` : '';
    const cut = cutText(change, review);
    return findings([
      {
        about: {},
        confidence: 'high',
        observation: `${counted(size.lines, 'line')} to read${notCounted}; 95 % of ${thousands(baseline.n)} changes merged here have at most ${thousands(Math.trunc(large))}.`,
        impact: cut ?? whyNoCut(change, review),
        action: cut === undefined ? 'Which files are best read first?' : 'Could one of these parts go first?',
        measurements: [
          { name: 'lines to read', value: size.lines, unit: 'lines' },
          {
            name: 'lines that 95 % of merged changes stay within',
            value: large,
            unit: 'lines',
            base: baseline.n,
          },
        ],
      },
    ]);
  },
});

function whyNoCut(change: Part<Change>, { commitSizes }: ReviewFacts): string {
  return isUnavailable(change) && commitSizes === undefined
    ? 'Its files and commits are not known here, so no place to cut it is proposed.'
    : 'Its files and commits show no place to cut it.';
}

function cutText(change: Part<Change>, review: ReviewFacts): string | undefined {
  const files = isUnavailable(change)
    ? []
    : sizedFiles(change).map((file) => ({ path: file.path, lines: effectiveLines([file], review).lines }));
  const cut: SplitProposal = splitProposal(files, review.commitSizes ?? []);
  const folders =
    cut.folders.length > 1
      ? cut.folders
          .slice(0, foldersNamed)
          .map(({ path, lines }) => `${path === '' ? 'the root' : quoteName(path)} (${thousands(lines)})`)
      : [];
  const rest = cut.folders.length - foldersNamed;
  const parts = [
    ...(folders.length > 0 ? [`by folder: ${folders.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`] : []),
    ...(cut.commit
      ? [
          `by commit: after \`${cut.commit.id.slice(0, 7)}\` (${thousands(cut.commit.before)} before, ${thousands(cut.commit.after)} after)`,
        ]
      : []),
  ];
  return parts.length > 0 ? `It could be cut ${parts.join('; ')}.` : undefined;
}
