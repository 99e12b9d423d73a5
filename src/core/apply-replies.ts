import type { Finding } from './finding.ts';
import { mapFindings } from './map-findings.ts';
import { quoteName } from './quote-name.ts';
import type { Reply } from './replies.ts';
import type { RuleResult } from './report.ts';

/** Marks the findings that a reply ends for this pull request. */
export function withReplies(
  results: readonly RuleResult[],
  replies: readonly Reply[],
): readonly RuleResult[] {
  return mapFindings(results, (finding) => answered(finding, replies));
}

function answered(finding: Finding, replies: readonly Reply[]): Finding {
  const reply = replies.find(
    (candidate) =>
      candidate.fingerprint === finding.fingerprint &&
      whyNotFollowed(candidate, finding) === undefined &&
      candidate.kind !== 'explain' &&
      candidate.kind !== 'unclear',
  );
  if (!reply || finding.waiver) return finding;
  return {
    ...finding,
    waiver: {
      reason:
        reply.kind === 'noise' ? `not useful here${reply.reason ? `: ${reply.reason}` : ''}` : reply.reason,
      from: 'reply',
      ...(reply.kind === 'noise' && { isNoise: true }),
    },
  };
}

/** Where replies could not be read, what they ended on this head before stays ended. */
export function withEarlierReplies(
  results: readonly RuleResult[],
  earlier: readonly RuleResult[],
): readonly RuleResult[] {
  const waivers = new Map(
    earlier
      .flatMap(({ outcome }) => (outcome.kind === 'findings' ? outcome.findings : []))
      .flatMap(({ fingerprint, waiver }) =>
        waiver?.from === 'reply' ? [[fingerprint, waiver] as const] : [],
      ),
  );
  return mapFindings(results, (finding) => {
    const waiver = finding.waiver ?? waivers.get(finding.fingerprint);
    return waiver ? { ...finding, waiver } : finding;
  });
}

/** Replies that end nothing, each with its reason: a command is never dropped in silence. */
export function repliesNotFollowed(
  results: readonly RuleResult[],
  replies: readonly Reply[],
): readonly string[] {
  const found = new Map(
    results
      .flatMap(({ outcome }) => (outcome.kind === 'findings' ? outcome.findings : []))
      .map((finding) => [finding.fingerprint, finding]),
  );
  return replies.flatMap((reply) => {
    const finding = found.get(reply.fingerprint);
    if (reply.kind === 'explain' || !finding) return [];
    const why = whyNotFollowed(reply, finding);
    return why === undefined
      ? []
      : [`the reply \`/vitals ${reply.kind}\` for ${quoteName(reply.fingerprint)} was not followed: ${why}`];
  });
}

function whyNotFollowed(reply: Reply, finding: Finding): string | undefined {
  if (reply.mayDecide === 'unknown')
    return 'GitHub did not tell whether its account may write to the repository';
  if (!reply.mayDecide) return 'its account may not write to the repository';
  if (reply.kind === 'waive' && reply.reason.length < 3)
    return 'it gives no reason (`/vitals waive ID: reason`)';
  if (reply.isByAuthor && finding.level === 'failure')
    return 'a finding of level failure is waived by somebody other than the author';
  return undefined;
}
