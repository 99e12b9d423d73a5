/** Does the work and prints how long it took, without the start of the program. */
export async function timed(work: () => unknown): Promise<void> {
  const started = performance.now();
  const result = await work();
  const milliseconds = performance.now() - started;
  // Said so that the work cannot be skipped, and so that a reader that read nothing is noticed.
  console.log(JSON.stringify({ milliseconds, result }));
}
