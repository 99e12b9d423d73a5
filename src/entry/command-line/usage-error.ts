/** The command line could not be understood, or the command could not run: exit code 2 with one sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
