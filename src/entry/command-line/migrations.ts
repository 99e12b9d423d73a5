import type { CommandResult } from '../cli.ts';
export async function migrations(_parameters: readonly string[]): Promise<CommandResult> {
  return { output: 'TEMPORARY', exitCode: 0 };
}
