import { findings, notApplicable, notAvailable, pass, type Verdict } from '../../core/outcome.ts';
import { isUnavailable } from '../../core/part.ts';
import { thousands } from '../../core/quantity-text.ts';
import { quoteName } from '../../core/quote-name.ts';
import { defineRule } from '../../core/rule.ts';
import { whyNotOrdinary } from '../measure/change-class.ts';
import { changeSize } from '../measure/change-size.ts';
import { inheritedLook } from '../measure/inherited-look.ts';
import { reviewWindow } from '../measure/review-window.ts';
import { riskOf } from '../measure/risky-path.ts';
import { humanRemarks } from '../measure/silent-approval.ts';
import { speedPercentile } from '../measure/speed-percentile.ts';
import { usualHere } from '../measure/usual.ts';
import { krutauz, mcIntosh } from '../sources.ts';
import { counted, duration, percent } from '../wording.ts';

export const approvedFasterThanUsual = defineRule({
  id: 'review/approved-faster-than-usual',
  since: '0.1.0',
  level: 'warning',
  question: 'Was the change open for reading as long as changes of its size usually are here?',
  docs: {
    triggered:
      'A change of some size that touches a path which usually needs care (schema, access control, payments, delivery) was approved by a human sooner after it became ready than nearly all changes of similar size merged here in the last 180 days, and no human wrote a remark at its lines.',
    why: 'The time between "ready" and the approval is all the time anybody had to read. It is an upper bound: it says nothing about how long somebody did read, and a short one can be fine where the change was read before.',
    fix: 'A second look at the lines on the path that needs care, before the merge.',
    quietWhen:
      'The change is small, a remark was made at its lines, no path of it needs particular care, it was read in the pull request it is stacked on, or it is a revert, backport, release or mechanical change or by a bot. With fewer than 60 merged pull requests nothing is called usual.',
  },
  sources: [
    mcIntosh(
      'Components with many hastily reviewed changes had more defects after release in some of three projects.',
    ),
    krutauz,
  ],
  thresholds: {
    fastestShare: {
      fallback: 0.05,
      unit: 'ratio',
      meaning: 'The window is at most as long as that of this share of changes of similar size.',
    },
    minimumLines: {
      fallback: 50,
      unit: 'lines',
      meaning: 'A change with fewer lines to read is not judged.',
    },
  },
  needs: ['pullRequest', 'review'],
  identity: () => ['pull request'],
  evaluate({ pullRequest, review, change }, { fastestShare, minimumLines }): Verdict {
    const why = whyNotOrdinary(pullRequest);
    if (why !== undefined) return notApplicable(why);
    const window = reviewWindow(review);
    if (window === undefined) return notApplicable('no human approval stands');
    const inherited = inheritedLook(review);
    if (inherited) return notApplicable(`it was read with #${inherited.number}, on which it is stacked`);
    if (isUnavailable(change)) return notAvailable(change.unavailable);
    const size = changeSize(change, review);
    if (!size || size.lines < minimumLines) {
      return pass(`${counted(size?.lines ?? 0, 'line')} to read, below ${minimumLines}`);
    }
    const risky = change.files.flatMap(({ path }) => {
      const risk = riskOf(path);
      return risk ? [{ path, risk }] : [];
    });
    const [first] = risky;
    if (!first) return pass('no path of the change is one that usually needs care');
    const { inlineComments } = humanRemarks(review);
    if (inlineComments > 0) return pass(`${counted(inlineComments, 'remark')} by humans at its lines`);
    const usual = usualHere(review);
    if ('instead' in usual) return usual.instead;
    const speed = speedPercentile(window, size.lines, usual.baseline);
    if (!speed) return notApplicable('too few changes of similar size were merged here to compare with');
    if (speed.share > usual.tail(fastestShare)) {
      return pass(
        `open for ${duration(window)} before the approval; ${percent(1 - speed.share)} of ${thousands(speed.n)} changes of similar size were open longer`,
      );
    }
    return findings([
      {
        about: {},
        confidence: 'medium',
        place: { path: first.path },
        ...(risky.length > 1 && { otherPlaces: risky.slice(1, 10).map(({ path }) => ({ path })) }),
        observation: `This change of ${counted(size.lines, 'line')} was open for ${duration(window)} before its human approval; half of ${thousands(speed.n)} changes of similar size here were open for ${duration(speed.usualWindow)} or longer.`,
        impact: `It touches ${first.risk} (${quoteName(first.path)}), and no remark stands at its lines.`,
        action:
          pullRequest.state === 'merged'
            ? 'Is a look at that path after the merge worth its time?'
            : 'Would a second look at that path before the merge do?',
        measurements: [
          { name: 'review window', value: window, unit: 'minutes' },
          { name: 'usual review window', value: speed.usualWindow, unit: 'minutes' },
          {
            name: 'changes of similar size open as short or shorter',
            value: speed.share,
            unit: 'ratio',
            base: speed.n,
          },
          { name: 'lines to read', value: size.lines, unit: 'lines' },
        ],
      },
    ]);
  },
});
