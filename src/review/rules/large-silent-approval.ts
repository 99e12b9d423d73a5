import { findings, notApplicable, notAvailable, pass, type Verdict } from '../../core/outcome.ts';
import { thousands } from '../../core/quantity-text.ts';
import { defineRule } from '../../core/rule.ts';
import { whyNotOrdinary } from '../measure/change-class.ts';
import { changeSize } from '../measure/change-size.ts';
import { inheritedLook } from '../measure/inherited-look.ts';
import { standingHumanApprovals } from '../measure/last-human-approval.ts';
import { quantileOf, shareAtMost } from '../measure/quantile-sketch.ts';
import { reviewWindow } from '../measure/review-window.ts';
import { humanRemarks, wordsOfARemark } from '../measure/silent-approval.ts';
import { speedPercentile } from '../measure/speed-percentile.ts';
import { usualHere } from '../measure/usual.ts';
import { counted, duration, percent } from '../wording.ts';

export const largeSilentApproval = defineRule({
  id: 'review/large-silent-approval',
  since: '0.1.0',
  level: 'notice',
  question: 'Did anybody say anything about a change that is large for this repository?',
  docs: {
    triggered:
      'A change larger than most merged here was approved by humans without a remark at its lines and with fewer than 15 words, and sooner than half of the changes of similar size.',
    why: 'A silent approval is normal: most changes in many repositories have nothing else. On a large change that was also approved quickly it is the one sign there is that parts of it may not have been read.',
    fix: 'One sentence by a reviewer about what was looked at, or a second reviewer for the part that matters most.',
    quietWhen:
      'Anybody who wrote none of the change made a remark, the change is not large for this repository, it took as long as usual, it was read in the pull request it is stacked on, or it is a revert, backport, release or mechanical change or by a bot. With fewer than 60 merged pull requests nothing is called usual.',
  },
  sources: [
    {
      title: 'Graphite: Pull requests merged after minimal review',
      url: 'https://graphite.dev/research/prs-merged-after-minimal-review',
      supports:
        'Nearly half of merged pull requests are approved without a comment, so silence alone is no finding.',
    },
    {
      title: 'Thongtanunam et al.: Investigating code review practices in defective files (MSR 2015)',
      url: 'https://doi.org/10.1109/MSR.2015.23',
      supports: 'Files that later had defects had been reviewed with less discussion in one project.',
    },
  ],
  thresholds: {
    largestShare: {
      fallback: 0.1,
      unit: 'ratio',
      meaning: 'The change is among this share of the largest merged here.',
    },
    fasterShare: {
      fallback: 0.5,
      unit: 'ratio',
      meaning: 'Its review window is at most as long as that of this share of changes of similar size.',
    },
    minimumLines: {
      fallback: 100,
      unit: 'lines',
      meaning: 'A change with fewer lines to read is never called large.',
    },
  },
  needs: ['pullRequest', 'review'],
  identity: () => ['pull request'],
  evaluate({ pullRequest, review, change }, { largestShare, fasterShare, minimumLines }): Verdict {
    const why = whyNotOrdinary(pullRequest);
    if (why !== undefined) return notApplicable(why);
    if (standingHumanApprovals(review).length === 0) return notApplicable('no human approval stands');
    const inherited = inheritedLook(review);
    if (inherited) return notApplicable(`it was read with #${inherited.number}, on which it is stacked`);
    const { words, inlineComments } = humanRemarks(review);
    if (inlineComments > 0) return pass(`${counted(inlineComments, 'remark')} by humans at its lines`);
    if (words >= wordsOfARemark) return pass(`${counted(words, 'word')} by humans about the change`);
    const size = changeSize(change, review);
    if (!size) return notAvailable('the size of the change is not known');
    if (size.lines < minimumLines)
      return pass(`${counted(size.lines, 'line')} to read, below ${minimumLines}`);
    const usual = usualHere(review);
    if ('instead' in usual) return usual.instead;
    const { baseline } = usual;
    const smaller = shareAtMost(baseline.lines, size.lines) ?? 0;
    if (smaller < 1 - usual.tail(largestShare)) {
      return pass(`${percent(smaller)} of ${thousands(baseline.n)} merged changes were as small or smaller`);
    }
    const window = reviewWindow(review) ?? 0;
    const speed = speedPercentile(window, size.lines, baseline);
    if (!speed) return notApplicable('too few changes of similar size were merged here to compare with');
    if (speed.share > fasterShare) {
      return pass(`open for ${duration(window)} before the approval, as long as usual for its size`);
    }
    const typical = quantileOf(baseline.lines, 0.5) ?? 0;
    return findings([
      {
        about: {},
        confidence: 'low',
        observation: `${counted(size.lines, 'line')} were approved after ${duration(window)} with ${words === 0 ? 'no words' : counted(words, 'word')} and no remark at a line; about ${percent(smaller)} of ${thousands(baseline.n)} changes merged here are smaller.`,
        impact: `Half of the changes here have at most ${thousands(Math.trunc(typical))} lines, and half of those of this size were open for ${duration(speed.usualWindow)} or longer.`,
        action: 'Which part of it was looked at most closely?',
        measurements: [
          { name: 'lines to read', value: size.lines, unit: 'lines' },
          { name: 'words by humans', value: words, unit: 'words' },
          { name: 'review window', value: window, unit: 'minutes' },
          { name: 'merged changes as small or smaller', value: smaller, unit: 'ratio', base: baseline.n },
        ],
      },
    ]);
  },
});
