import type { DeadlineReport } from '../../core/deadline-report.ts';

const sources: Readonly<Record<DeadlineReport['from'], string>> = {
  settings: 'the sprint calendar of the settings',
  milestones: 'the due dates of milestones',
  iterations: 'the iterations of the project',
  releases: 'the releases',
};

/** How it is asked, for whoever wants to know. */
export const deadlineMethod =
  'Compared is how long a change lay open before its first human approval (an upper bound on reading): the last quarter of each sprint’s approvals against the rest, among changes of similar size. Chance is what comes out when the end is put elsewhere in each sprint. A sprint that always ends on the same day of the week cannot be told from that day.';

/**
 * One sentence on review near deadlines, whatever was found. It says "no drop was seen" only where a drop by half would
 * have shown and the interval leaves room for none, and else how many sprints are missing.
 */
export function deadlineSentence(report: DeadlineReport): string {
  const { from, sprints, approvals, ratio, interval, power, moreSprints, verdict } = report;
  const base = `${sprints} sprints after ${sources[from]}, ${approvals} approvals`;
  const size = `the window near the end is ${decimal(ratio)} times the one before (95 % interval ${decimal(interval[0])} to ${decimal(interval[1])})`;
  switch (verdict) {
    case 'drops':
      return `Review windows are shorter near deadlines: ${size}; ${base}.`;
    case 'unseen':
      if (interval[1] < 1)
        return `Review windows are shorter near deadlines, but not by so much, or not in both halves of the time, that it is called a drop: ${size}; ${base}.`;
      return `No drop of review windows near deadlines was seen: ${size}; windows of half the length would have shown in ${Math.floor(power * 100)} of 100 such samples (${base}).`;
    case 'open':
      return `Whether review windows get shorter near deadlines cannot be told yet${
        moreSprints === undefined || moreSprints === 0
          ? ''
          : `; it needs about ${moreSprints} more ${moreSprints === 1 ? 'sprint' : 'sprints'}`
      } (${base}).`;
  }
}

function decimal(value: number): string {
  return String(Math.floor(value * 100 + 1e-9) / 100);
}
