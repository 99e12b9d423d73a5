import type { DeadlineReport } from '../../core/deadline-report.ts';
import type { HealthAction } from '../../core/health-report.ts';

/** What the weekly issue proposes when review windows are shorter near deadlines; nothing where that is not shown. */
export function deadlineAction({
  verdict,
  sprints,
  approvals,
  atEnd,
  ratio,
  interval: [low, high],
  p,
}: DeadlineReport): Omit<HealthAction, 'about'> | undefined {
  if (verdict !== 'drops') return undefined;
  return {
    observation: `Near the end of ${sprints} sprints, pull requests were approved after ${decimal(ratio)} times the usual window for their size (95 % interval ${decimal(low)} to ${decimal(high)}; ${atEnd} of ${approvals} approvals).`,
    impact: `Any other stretch of the sprints would show this in ${Math.max(1, Math.ceil(p * 1000))} of 1000 cases.`,
    action:
      'What would have to move in the sprint plan for the last reviews to get as much room as the others?',
  };
}

function decimal(value: number): string {
  return String(Math.floor(value * 100 + 1e-9) / 100);
}
