/** What this thread computes for `work`, in milliseconds: what else the machine does meanwhile is left out. */
export function processorTime(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/**
 * How many times the work grows when the input doubles to `length`: 2 where it follows the length, 4 where each part looks
 * at all others. Memory and its collector move single runs, so the lowest of five tries counts.
 */
export function growth(work: (length: number) => void, length: number): number {
  let lowest = Number.POSITIVE_INFINITY;
  work(length / 4);
  for (let tries = 0; tries < 5 && lowest > 2; tries += 1) {
    // Of less than 10 ms the clock tells too little.
    const half = Math.max(
      10,
      processorTime(() => work(length / 2)),
    );
    lowest = Math.min(lowest, processorTime(() => work(length)) / half);
  }
  return lowest;
}
