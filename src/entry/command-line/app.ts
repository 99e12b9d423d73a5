import { usualWork } from '../../app/jobs/start-work.ts';
import { runApp } from '../../app/run-app.ts';
import type { CommandResult } from '../cli.ts';
import { readOptions } from './read-options.ts';

const options = {
  host: { type: 'string', default: '' },
  port: { type: 'string', default: '' },
  data: { type: 'string', default: '' },
} as const;

/** Runs the GitHub App server until it is told to end. Options win over the environment. */
export async function app(parameters: readonly string[]): Promise<CommandResult> {
  const { values } = readOptions(parameters, options, 'app', 0);
  const environment = {
    ...process.env,
    ...(values.host && { HOST: values.host }),
    ...(values.port && { PORT: values.port }),
    ...(values.data && { REVIEW_VITALS_DATA: values.data }),
  };
  const exitCode = await runApp({
    environment,
    workingFolder: process.cwd(),
    parts: { work: usualWork },
  });
  // A job that was handed back may still run; its work is safe in the queue.
  process.exit(exitCode);
}
